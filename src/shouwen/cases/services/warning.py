"""Promises near their time: one notice for each of us, moment and level, however many cases were promised it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.cases.models import Case, Notice
from shouwen.cases.services import noticing
from shouwen.platform.ledger import bus


@dataclass(frozen=True)
class Near:
    """One promise of a case of whose time `share` per cent are gone at `at`."""

    promise_id: int
    case_id: int
    text: str
    share: int
    due_at: str
    deliver_by: int | None
    at: datetime


def warn_of_promise(fact: Any, at: datetime) -> None:
    """Who must deliver is warned at half and at most of the time; the owner too when that is somebody else.

    What an incident promised to two hundred customers for one moment is one notice: those heard of together
    are gathered, and what comes later joins the notice that is there.
    """
    near = Near(fact.promise_id, fact.subject_id, fact.text, fact.share, fact.due_at, fact.deliver_by, at)
    if not bus.put_off(warn_together, near):
        warn_together([near])


def warn_together(promises: Sequence[Near]) -> None:
    cases = Case.objects.in_bulk({each.case_id for each in promises})
    gathered: dict[tuple[int, str, int], list[Near]] = defaultdict(list)
    for each in promises:
        if (case := cases.get(each.case_id)) is not None:
            for user_id in {each.deliver_by, case.owner_id} - {None}:
                gathered[user_id or 0, each.due_at, each.share].append(each)
    for (user_id, due, share), some in sorted(gathered.items()):
        _warn(user_id, f"warn:{share}:{due}", some)


def _warn(user_id: int, cause_key: str, some: list[Near]) -> None:
    first, ids = some[0], sorted({each.promise_id for each in some})
    one_case = first.case_id if len({each.case_id for each in some}) == 1 else None
    row = Notice(
        user_id=user_id,
        kind="promise_warned" if len(ids) == 1 else "promises_warned",
        case_id=one_case,
        params={
            "text": first.text,
            "share": first.share,
            "due": first.due_at,
            "number": len(ids),
            "promises": ids,
            "whose": "mine" if all(each.deliver_by == user_id for each in some) else "team",
        },
        at=first.at,
        cause_key=cause_key,
    )
    if not noticing.leave(row):
        _join(row)


def _join(row: Notice) -> None:
    """The notice of the same moment and level holds these too, and is unread again. Nothing new: nothing is done."""
    known = Notice.objects.select_for_update().get(user_id=row.user_id, cause_key=row.cause_key)
    ids = sorted({*known.params["promises"], *row.params["promises"]})
    if ids == known.params["promises"]:
        return
    known.kind, known.at, known.read_at = "promises_warned", row.at, None
    known.case_id = known.case_id if known.case_id == row.case_id else None
    whose = "mine" if known.params["whose"] == row.params["whose"] == "mine" else "team"
    known.params = {**known.params, "number": len(ids), "promises": ids, "whose": whose}
    known.save(update_fields=["kind", "at", "read_at", "case", "params"])
    noticing.tell_live([row.user_id])
