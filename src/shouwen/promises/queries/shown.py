"""Promises as lines of a ledger: with the words of what they are about and the names of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shouwen.customers import queries as customers
from shouwen.people import queries as people
from shouwen.platform.access import Actor
from shouwen.promises import policies, subjects
from shouwen.promises.models import Promise, PromiseState
from shouwen.promises.queries.wording import left_text
from shouwen.promises.subjects import Line


@dataclass(frozen=True)
class Shown:
    """A promise with its words. `pace` is grey, amber, red, paused or done, as a chip shows it."""

    promise: Promise
    about: Line
    customer: str
    maker: str
    deliverer: str
    pace: str
    left: str
    overdue: bool
    may_settle: bool


def shown(promises: Iterable[Promise], actor: Actor, at: datetime) -> list[Shown]:
    """Lines for those whose subject the actor may see, in the given order. Three questions for any number."""
    rows = list(promises)
    about = subjects.lines([row.subject for row in rows], actor)
    staff = people.names(pk for row in rows for pk in (row.made_by, row.deliver_by) if pk)
    known = customers.names([row.customer_id for row in rows if row.customer_id])
    return [
        Shown(
            row,
            about[row.subject],
            known.get(row.customer_id or 0, ""),
            staff.get(row.made_by or 0, ""),
            staff.get(row.deliver_by or 0, ""),
            pace(row, at),
            left_text(row.due_at, at),
            row.is_overdue(at),
            row.owed and policies.settles_plainly(actor, row),
        )
        for row in rows
        if row.subject in about
    ]


def pace(promise: Promise, at: datetime) -> str:
    if promise.state == PromiseState.BROKEN:
        return "red" if promise.owed else "done"
    if promise.state != PromiseState.OPEN:
        return "done"
    if at >= promise.most_at:
        return "red"
    return "amber" if at >= promise.half_at else "grey"
