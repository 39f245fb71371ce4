"""Personal words out of the ledger, when a person is forgotten: that something happened, when and by whom stays."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from shouwen.platform import db
from shouwen.platform.ledger.models import Event, EventSubject

BATCH = 500
GONE = "—"
# What is no word of anybody's: codes of ours, and moments.
_PLAIN = re.compile(r"[a-z]{2,}(_[a-z]+)*|[A-D]|\d{4}-\d{2}-\d{2}(T[0-9:.+Z-]+)?|")
# Codes stand under these names only; anything else that looks like one may be somebody's name.
_CODES = frozenset(
    (
        "at",
        "channel",
        "delivery",
        "direction",
        "due",
        "due_at",
        "expires_at",
        "kind",
        "presence",
        "review_on",
        "sort",
        "state",
        "subject_kind",
        "tier",
        "trigger",
        "was",
        "was_due_at",
        "zone",
    )
)
_COLLEAGUES = frozenset(("owner", "owner_name", "to_name", "from_name"))


def _without_words(value: Any, name: str = "") -> Any:
    """The same, with every text gone that is no code; numbers and truths are ids and figures of ours."""
    if isinstance(value, dict):
        return {key: _without_words(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_without_words(one, name) for one in value]
    if isinstance(value, str):
        ours = name in _COLLEAGUES or (name in _CODES and _PLAIN.fullmatch(value))
        return value if ours else GONE
    return value


@transaction.atomic
def redact(subjects: Sequence[tuple[str, int]]) -> int:
    """Blank the texts in all events about these subjects; how many events there were."""
    count = 0
    for kind, pk in subjects:
        about = EventSubject.objects.filter(kind=kind, subject_id=pk).order_by("event_id")
        ids = list(about.values_list("event_id", flat=True))
        for start in range(0, len(ids), BATCH):
            for event in Event.objects.filter(pk__in=ids[start : start + BATCH]):
                event.data = _without_words(event.data)
                event.before, event.after = _without_words(event.before), _without_words(event.after)
                if event.by_kind == "customer":
                    event.by_name = ""
                db.update(event, "data", "before", "after", "by_name")
                count += 1
    return count
