"""Before a promise is made: what was found in a text, how long such work took, what speaks against the
time."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from shouwen.kernel import worktime
from shouwen.people import queries as people
from shouwen.platform.access import Actor
from shouwen.platform.preferences import get as preference
from shouwen.platform.web.faults import sentence as spoken
from shouwen.promises import policies
from shouwen.promises.models import Promise
from shouwen.promises.queries import policy
from shouwen.promises.queries.stock import Stock, busy, stock
from shouwen.promises.queries.wording import span_text
from shouwen.promises.rules import authority, finder, leeway, promising
from shouwen.promises.rules.leeway import Leeway

SAMPLE: Final = 200
FRESH_SECONDS: Final = 600.0
_known: dict[str, tuple[float, tuple[Leeway | None, int]]] = {}


def find_promises(
    text: str, at: datetime, *, zone: str, calendar_id: int | None = None
) -> list[finder.FoundPromise]:
    """Promises said in a reply, with due times by the calendar."""
    return finder.find(text, at, policy.current().calendar(calendar_id), ZoneInfo(zone))


def leeway_for(work: str) -> Leeway | None:
    """How long four of five finished promises of this kind of work took; None with too few."""
    return history_for(work)[0]


def history_for(work: str) -> tuple[Leeway | None, int]:
    """The same with how many are known: of the last 200 that were delivered, in time or late, counted from the
    first time that was named where the time was renegotiated. Worked out anew every ten minutes."""
    known = _known.get(work)
    moment = time.monotonic()
    if known is not None and moment - known[0] < FRESH_SECONDS:
        return known[1]
    calendar = policy.current().calendar(None)
    rows = Promise.objects.filter(work=work, delivered_at__isnull=False)
    begun = Coalesce("previous__made_at", "made_at")
    times = rows.order_by("-id").values_list(begun, "delivered_at")[:SAMPLE]
    took = [
        worktime.between(calendar, made, done) for made, done in times if done is not None and done >= made
    ]
    found = (leeway.leeway(work, took), len(took))
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
    """Something to think of before promising; `refuses` says that the promise would not be taken.
    `suggestion` is a better time, if there is one."""

    code: str
    sentence: Any
    suggestion: datetime | None = None
    refuses: bool = False


@dataclass(frozen=True)
class Advice:
    """All that is known before a promise is made. `n` is how many delivered ones of this kind are known, `fewest`
    how many it takes to propose a time; `proposal` is the proposed one, `stock` the free people then."""

    work: str
    doubts: list[Doubt]
    n: int
    fewest: int
    proposal: datetime | None
    stock: Stock | None

    @property
    def refuses(self) -> bool:
        return any(doubt.refuses for doubt in self.doubts)


def advice(
    *,
    text: str,
    due_at: datetime,
    deliver_by: int | None = None,
    team_id: int | None = None,
    calendar_id: int | None = None,
    at: datetime,
    by: Actor,
) -> Advice:
    """What speaks for and against a promise, before it is made (PRO-2)."""
    promising.check_reach(due_at, at)
    work = leeway.work_of(text)
    team = team_id or min(by.team_ids, default=None)
    there = stock(team, due_at, at) if team else None
    found = doubts(text=text, due_at=due_at, deliver_by=deliver_by, calendar_id=calendar_id, at=at, by=by)
    if there is not None and there.all_ and not there.free:
        said = _(
            "Nobody of %(team)s is free then: all %(all)s are away or already owe something at that hour."
        )
        found.append(Doubt("people", said % {"team": there.team, "all": there.all_}))
    proposal = suggest_due(text, at, calendar_id=calendar_id)
    return Advice(work, found, history_for(work)[1], leeway.FEWEST, proposal, there)


def minimum_lead(work: str) -> timedelta:
    """The shortest time a promise of this kind may have: its own, or the general one."""
    general = timedelta(minutes=preference("promises.minimum_lead_minutes"))
    own = policy.current().allowance(work).lead
    return max(own, general) if own is not None else general


def doubts(
    *,
    text: str,
    due_at: datetime,
    deliver_by: int | None = None,
    calendar_id: int | None = None,
    at: datetime,
    by: Actor,
) -> list[Doubt]:
    """What speaks against a promise: it is too near, this person may not make it, nobody works then, such work
    takes longer, the deliverer is off duty or has their hands full (PRO-2)."""
    work = leeway.work_of(text)
    allowance = policy.current().allowance(work)
    found = []
    lead = minimum_lead(work)
    if due_at < at + lead:
        minutes = {"minutes": int(lead.total_seconds() // 60)}
        too_near = _("Do not promise lightly: at least %(minutes)s minutes from now.") % minutes
        found.append(Doubt("lead", too_near, at + lead, refuses=True))
    objection = may_not(text, by)
    if objection is not None:
        found.append(
            Doubt(objection.code, spoken(objection.sentence), refuses=objection.refuses(allowance.strict))
        )
    elif not allowance.restricted and work == authority.REFUND and not by.can(policies.COMMIT_MONEY):
        found.append(Doubt("money", _("A promise of money needs a supervisor's consent.")))
    if not open_at(due_at, calendar_id):
        closed = _("The due time lies outside working hours.")
        found.append(Doubt("closed", closed, refuses=allowance.strict))
    short = _short(text, due_at, calendar_id, at)
    return [*found, *([short] if short else []), *_about(deliver_by, due_at, by)]


def may_not(text: str, by: Actor) -> authority.Objection | None:
    """Why this person may not promise this; the product itself may."""
    if by.is_system:
        return None
    return authority.objection(policy.current().allowance(leeway.work_of(text)), by.roles, text)


def open_at(moment: datetime, calendar_id: int | None = None) -> bool:
    """Open in the minute that ends at `moment`: due at closing time is in time."""
    calendar = policy.current().calendar(calendar_id)
    return worktime.between(calendar, moment - timedelta(minutes=1), moment) > 0


def _short(text: str, due_at: datetime, calendar_id: int | None, at: datetime) -> Doubt | None:
    known = leeway_for(leeway.work_of(text))
    calendar = policy.current().calendar(calendar_id)
    if known is None or due_at <= at or worktime.between(calendar, at, due_at) >= known.seconds:
        return None
    said = _("One of five promises like this took longer than %(time)s (from %(n)s).") % {
        "time": span_text(known.seconds),
        "n": known.n,
    }
    return Doubt("short", said, suggest_due(text, at, calendar_id=calendar_id))


def _about(deliver_by: int | None, due_at: datetime, by: Actor) -> list[Doubt]:
    found: list[Doubt] = []
    who = deliver_by or by.user_id
    if who is None:
        return found
    if who != by.user_id:
        deliverer = people.staff(who)
        if deliverer.presence == "offline":
            found.append(Doubt("absent", _("%(name)s is not on duty now.") % {"name": deliverer.name}))
    if busy([who], due_at):
        said = _("Something else is owed by %(name)s within half an hour of it.")
        found.append(Doubt("busy", said % {"name": people.name_of(who)}))
    return found
