"""Before a promise is made: what was found in a text, how long such work took, what speaks against the
time."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from shouwen.kernel import worktime
from shouwen.people import queries as people
from shouwen.platform.access import Actor
from shouwen.promises import policies
from shouwen.promises.models import Promise, PromiseState
from shouwen.promises.queries import policy
from shouwen.promises.rules import finder, leeway
from shouwen.promises.rules.leeway import Leeway

SAMPLE: Final = 200
FRESH_SECONDS: Final = 600.0
_known: dict[str, tuple[float, Leeway | None]] = {}


def find_promises(
    text: str, at: datetime, *, zone: str, calendar_id: int | None = None
) -> list[finder.FoundPromise]:
    """Promises said in a reply, with due times by the calendar."""
    return finder.find(text, at, policy.current().calendar(calendar_id), ZoneInfo(zone))


def leeway_for(work: str) -> Leeway | None:
    """How long four of five finished promises of this kind of work took, from the last 200; None with
    too few. Worked out anew every ten minutes."""
    known = _known.get(work)
    moment = time.monotonic()
    if known is not None and moment - known[0] < FRESH_SECONDS:
        return known[1]
    calendar = policy.current().calendar(None)
    rows = Promise.objects.filter(work=work, state=PromiseState.KEPT, delivered_at__isnull=False)
    times = rows.order_by("-id").values_list("made_at", "delivered_at")[:SAMPLE]
    took = [
        worktime.between(calendar, made, done) for made, done in times if done is not None and done >= made
    ]
    found = leeway.leeway(work, took)
    _known[work] = (moment, found)
    return found


def forget_leeway() -> None:
    _known.clear()


def suggest_due(text: str, at: datetime, *, calendar_id: int | None = None) -> datetime | None:
    """A due time that leaves as much room as such work really takes; None when too little is known."""
    found = leeway_for(leeway.work_of(text))
    if found is None:
        return None
    calendar = policy.current().calendar(calendar_id)
    due = worktime.due(calendar, at, found.seconds).due
    return at + leeway.rounded(due - at)


@dataclass(frozen=True)
class Doubt:
    """Something to think of before promising; it never blocks. `suggestion` is a better time, if there
    is one."""

    code: str
    sentence: Any
    suggestion: datetime | None = None


def doubts(
    *,
    text: str,
    due_at: datetime,
    deliver_by: int | None = None,
    calendar_id: int | None = None,
    at: datetime,
    by: Actor,
) -> list[Doubt]:
    """What speaks against a promise: nobody works then, such work takes longer, the deliverer is off
    duty, the promise of money is not this person's to make (PRO-2)."""
    calendar = policy.current().calendar(calendar_id)
    found = []
    if not _open_at(calendar, due_at):
        found.append(Doubt("closed", _("The due time lies outside working hours.")))
    known = leeway_for(leeway.work_of(text))
    if known is not None and due_at > at and worktime.between(calendar, at, due_at) < known.seconds:
        sentence = _("Four of five promises like this took longer (from %(n)s).") % {"n": known.n}
        found.append(Doubt("short", sentence, suggest_due(text, at, calendar_id=calendar_id)))
    if leeway.work_of(text) == "refund" and not by.can(policies.COMMIT_MONEY):
        found.append(Doubt("money", _("A promise of money needs a supervisor's consent.")))
    if deliver_by is not None and deliver_by != by.user_id:
        deliverer = people.staff(deliver_by)
        if deliverer.presence == "offline":
            name = {"name": deliverer.name}
            found.append(Doubt("absent", _("%(name)s is not on duty now.") % name))
    return found


def _open_at(calendar: worktime.Calendar, moment: datetime) -> bool:
    """Open in the minute that ends at `moment`: due at closing time is in time."""
    return worktime.between(calendar, moment - timedelta(minutes=1), moment) > 0
