"""Keeping a case's shown deadline true when promises or clocks changed by themselves."""

from django.db import transaction

from shouwen.cases import queries
from shouwen.cases.services import recording
from shouwen.promises import queries as promises


def sort_label(sort: str) -> str:
    return str(promises.sort_label(sort))


@transaction.atomic
def refresh_deadline(*, case_id: int) -> None:
    if queries.by_pk(case_id) is None:
        return
    case = queries.locked(case_id)
    before = case.due_at, case.due_sort
    recording.look_at_deadlines(case)
    if (case.due_at, case.due_sort) != before:
        case.save(update_fields=["due_at", "due_sort"])
