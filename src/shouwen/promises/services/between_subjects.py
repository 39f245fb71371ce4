"""Promises and expectations follow what they are about, when two subjects turn out to be one."""

from django.db import transaction

from shouwen.promises.models import Expectation, Promise
from shouwen.promises.rules.words import Subject


@transaction.atomic
def move_between(*, from_subject: Subject, to_subject: Subject) -> dict[str, list[int]]:
    """Give everything promised and expected about one subject to another; what it was, for `put_back`."""
    moved = {}
    for name, model in (("promises", Promise), ("expectations", Expectation)):
        rows = model._default_manager.filter(subject_kind=from_subject[0], subject_id=from_subject[1])
        moved[name] = list(rows.values_list("pk", flat=True))
        rows.update(subject_kind=to_subject[0], subject_id=to_subject[1])
    return moved


@transaction.atomic
def put_back(*, moved: dict[str, list[int]], from_subject: Subject, to_subject: Subject) -> None:
    """Undo `move_between`, as far as they are still there."""
    for name, model in (("promises", Promise), ("expectations", Expectation)):
        rows = model._default_manager.filter(
            pk__in=moved.get(name, []), subject_kind=from_subject[0], subject_id=from_subject[1]
        )
        rows.update(subject_kind=to_subject[0], subject_id=to_subject[1])
