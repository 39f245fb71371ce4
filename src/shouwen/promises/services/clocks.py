"""Starting and settling clocks. These stand on the path of every contact and reply, so they count
statements."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.platform import db
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.ledger import bus
from shouwen.promises import queries
from shouwen.promises.events import ClockMet
from shouwen.promises.models import Clock, ClockState
from shouwen.promises.queries import policy
from shouwen.promises.rules import clocks as rules
from shouwen.promises.rules import words
from shouwen.promises.rules.standards import About, Target, targets_for
from shouwen.promises.rules.words import Subject

LIVE = (ClockState.RUNNING, ClockState.PAUSED)

# Written out because every reply runs it: putting the same statement together in the ORM takes more
# than ten times as long as the database needs for it. Both databases set all columns from the row as it was.
SETTLE = """
UPDATE promises_clock SET
  settled_at = %s,
  breached_at = CASE WHEN state = 'running' AND due_at < %s THEN due_at ELSE breached_at END,
  look_at = CASE WHEN state = 'running' AND due_at < %s THEN due_at ELSE NULL END,
  state = CASE WHEN state = 'breached' OR (state = 'running' AND due_at < %s) THEN 'breached' ELSE 'met' END
WHERE subject_kind = %s AND subject_id = %s AND sort = %s
  AND (state IN ('running', 'paused') OR (state = 'breached' AND settled_at IS NULL))
"""


def start_clocks(
    *,
    subject: Subject,
    case_kind: str,
    tier: str,
    channel: str,
    item_id: int | None = None,
    team_id: int | None = None,
    sorts: Iterable[str] = (words.FIRST_REPLY, words.SOLUTION),
    at: datetime,
) -> list[Clock]:
    """Start the clocks that the standards in force at `at` give this contact; nearest due first.

    One insert and no question, as long as the standards are in memory. A sort for which no standard says
    anything gets no clock. Subjects must be new: a live clock of the same sort is a programming error.
    """
    made = plan_clocks(
        case_kind=case_kind,
        tier=tier,
        channel=channel,
        item_id=item_id,
        team_id=team_id,
        sorts=sorts,
        at=at,
    )
    for clock in made:
        clock.subject_kind, clock.subject_id = subject
    db.insert_all(made)
    return made


def plan_clocks(
    *,
    case_kind: str,
    tier: str,
    channel: str,
    item_id: int | None = None,
    team_id: int | None = None,
    sorts: Iterable[str] = (words.FIRST_REPLY, words.SOLUTION),
    at: datetime,
) -> list[Clock]:
    """The clocks a contact will have, nearest due first, before it has an id; `insert_with_clocks` writes them.

    Time counts by the calendar that the standard names, else by the team's, else by the default one.
    """
    held = policy.current()
    about = About(case_kind, tier, channel, item_id)
    targets = targets_for(held.standards, about, sorts, at)
    made = [_ready(held, ("", 0), target, at, team_id) for target in targets.values()]
    return sorted(made, key=lambda clock: clock.due_at)


def insert_with_clocks(row: models.Model, clocks: Sequence[Clock], *, kind: str) -> None:
    """Insert what the planned clocks belong to, a new row known as a `kind`, and them with it."""
    for clock in clocks:
        clock.subject_kind = kind
    db.insert_with(row, clocks, by="subject_id")


def start_clock(
    *,
    subject: Subject,
    sort: str = words.TASK,
    target_seconds: int,
    calendar_id: int | None = None,
    team_id: int | None = None,
    at: datetime,
) -> Clock:
    """Start one clock with its own target, for instance the internal one of a task (OLA)."""
    if not 0 < target_seconds <= words.LONGEST_TARGET:
        raise Invalid(_("A time must be more than zero and at most a year."), field="target_seconds")
    held = policy.current()
    target = Target(sort, target_seconds, 0, calendar_id)
    made = _ready(held, subject, target, at, team_id)
    made.save(force_insert=True)
    return made


def start_next_reply(
    *,
    subject: Subject,
    case_kind: str,
    tier: str,
    channel: str,
    item_id: int | None = None,
    team_id: int | None = None,
    at: datetime,
) -> Clock | None:
    """The customer wrote again: the reply to it has its clock, unless one for a reply is running already.

    It counts from the first message that waits, so a second message does not give us more time.
    """
    sorts = (words.FIRST_REPLY, words.NEXT_REPLY)
    if queries.of(subject).filter(sort__in=sorts, state__in=LIVE).exists():
        return None
    made = start_clocks(
        subject=subject,
        case_kind=case_kind,
        tier=tier,
        channel=channel,
        item_id=item_id,
        team_id=team_id,
        sorts=(words.NEXT_REPLY,),
        at=at,
    )
    return made[0] if made else None


def meet(*, subject: Subject, sort: str, at: datetime, by: Actor = SYSTEM, announce: bool = False) -> bool:
    """What the clock waited for has happened. True when there was one to settle.

    One update. In time it is met; too late it is breached, and when the tick has not said so yet, its next
    round does (`look_at` stays). The fact `clock_met` is announced only when asked for: a reply, a resolution
    or a delivery has a fact of its own that says the same on the timeline.
    """
    kind, pk = subject
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, [moment, moment, moment, moment, kind, pk, sort])
        settled = cursor.rowcount
    if settled and announce:
        with transaction.atomic():
            bus.announce(ClockMet(sort, *subject), subjects=[subject], by=by, at=at)
    return bool(settled)


def stop_all(*, subject: Subject, at: datetime, sorts: Iterable[str] | None = None) -> int:
    """The deadline no longer applies (closed, merged, cancelled). How many were stopped."""
    live = queries.of(subject).filter(state__in=LIVE)
    if sorts is not None:
        live = live.filter(sort__in=list(sorts))
    return live.update(state=ClockState.STOPPED, settled_at=at, look_at=None)


def _ready(
    held: policy.Policy, subject: Subject, target: Target, at: datetime, team_id: int | None = None
) -> Clock:
    kind, pk = subject
    calendar_id = held.calendar_id(target.calendar_id, team_id)
    reading = rules.read(held.calendars[calendar_id], at, target.seconds)
    return Clock(
        subject_kind=kind,
        subject_id=pk,
        sort=target.sort,
        started_at=at,
        counted_from=at,
        target_seconds=target.seconds,
        calendar_id=calendar_id,
        standard_id=target.standard_id or None,
        due_at=reading.due_at,
        look_at=reading.warn_at,
        provisional=reading.provisional,
        state=ClockState.RUNNING,
    )
