"""Clocks that stand while we wait for the customer, and clocks that get another target in mid-case."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from shouwen.promises import queries
from shouwen.promises.models import Clock, ClockPause, ClockState
from shouwen.promises.queries import policy
from shouwen.promises.rules import clocks as rules
from shouwen.promises.rules import words
from shouwen.promises.rules.standards import About, targets_for
from shouwen.promises.rules.words import Subject

PAUSING = (words.NEXT_REPLY, words.SOLUTION, words.TASK)
"""A first reply is owed whatever the customer does; it does not pause."""
REPLIES = (words.FIRST_REPLY, words.NEXT_REPLY)


@transaction.atomic
def pause(*, subject: Subject, reason: str, at: datetime, sorts: Iterable[str] = PAUSING) -> int:
    """Let the running clocks stand from `at`. A clock already past its due time is left to the tick."""
    running = [
        clock
        for clock in queries.locked_live(subject, sorts)
        if clock.state == ClockState.RUNNING and clock.due_at > at
    ]
    if not running:
        return 0
    ClockPause.objects.bulk_create(
        [ClockPause(clock=clock, from_at=at, reason=reason[:200]) for clock in running]
    )
    Clock.objects.filter(pk__in=[clock.pk for clock in running]).update(state=ClockState.PAUSED, look_at=None)
    return len(running)


@transaction.atomic
def resume(*, subject: Subject, at: datetime, sorts: Iterable[str] = PAUSING) -> list[Clock]:
    """Let the standing clocks run on from `at`; their due times are computed again from the records."""
    standing = [clock for clock in queries.locked_live(subject, sorts) if clock.state == ClockState.PAUSED]
    if not standing:
        return []
    ids = [clock.pk for clock in standing]
    ClockPause.objects.filter(clock_id__in=ids, to_at__isnull=True).update(to_at=at)
    for clock in standing:
        _read_again(clock, at)
        clock.state = ClockState.RUNNING
    _store(standing)
    return sorted(standing, key=lambda clock: clock.due_at)


@transaction.atomic
def unmeet(
    *, subject: Subject, met_at: datetime, at: datetime, sorts: Iterable[str] = REPLIES
) -> list[Clock]:
    """What met these clocks at `met_at` was taken back: they run, stand or are overdue again as they were, and
    what was started since stops: the older one counts."""
    known = queries.of(subject).filter(sort__in=list(sorts))
    met = list(known.filter(settled_at=met_at).select_for_update().prefetch_related("pauses"))
    if not met:
        return []
    since = known.filter(started_at__gte=met_at, state__in=[ClockState.RUNNING, ClockState.PAUSED])
    since.update(state=ClockState.STOPPED, settled_at=at, look_at=None)
    for clock in met:
        if clock.state != ClockState.MET:
            continue  # it had passed its time before; only the settling is taken back
        stands = any(pause.to_at is None for pause in clock.pauses.all())
        clock.state = ClockState.PAUSED if stands else ClockState.RUNNING
        _read_again(clock, at)
    _store([clock for clock in met if clock.is_live])
    Clock.objects.filter(pk__in=[clock.pk for clock in met]).update(settled_at=None)
    return met


@transaction.atomic
def retarget(
    *,
    subject: Subject,
    case_kind: str,
    tier: str,
    channel: str,
    item_id: int | None = None,
    team_id: int | None = None,
    at: datetime,
) -> list[Clock]:
    """The case is another kind, tier or item now: its live clocks get the standard that was in force when
    they started, and keep the time they have used. Where no standard says anything the clock stays."""
    held = policy.current()
    about = About(case_kind, tier, channel, item_id)
    live = queries.locked_live(subject, words.STANDARD_SORTS)
    changed = []
    for clock in live:
        target = targets_for(held.standards, about, (clock.sort,), clock.started_at).get(clock.sort)
        if target is None or (target.seconds, target.standard_id) == (
            clock.target_seconds,
            clock.standard_id,
        ):
            continue
        clock.used_before = _used(clock, at)
        clock.counted_from = max(at, clock.started_at)
        clock.target_seconds = target.seconds
        clock.standard_id = target.standard_id
        clock.calendar_id = held.calendar_id(target.calendar_id, team_id)
        clock.warned_at = None
        _read_again(clock, at)
        changed.append(clock)
    _store(changed)
    return changed


def _used(clock: Clock, at: datetime) -> int:
    calendar = policy.current().calendar(clock.calendar_id)
    return rules.used_seconds(calendar, clock.counted_from, clock.used_before, _pauses(clock), at)


def _pauses(clock: Clock) -> list[tuple[datetime, datetime | None]]:
    return [(pause.from_at, pause.to_at) for pause in clock.pauses.all()]


def _read_again(clock: Clock, at: datetime) -> None:
    """Due and warning moments from the records; a pause still open counts as ending at `at`."""
    reading = rules.read(
        policy.current().calendar(clock.calendar_id),
        clock.counted_from,
        clock.target_seconds,
        used_before=clock.used_before,
        pauses=_pauses(clock),
        at=at,
    )
    clock.due_at, clock.provisional = reading.due_at, reading.provisional
    clock.look_at = reading.due_at if clock.warned_at else reading.warn_at


def _store(clocks: list[Clock]) -> None:
    for clock in clocks:
        if clock.state == ClockState.PAUSED:
            clock.look_at = None
    fields = ["used_before", "counted_from", "target_seconds", "standard_id", "calendar_id"]
    Clock.objects.bulk_update(
        clocks, [*fields, "due_at", "provisional", "look_at", "warned_at", "state"], batch_size=100
    )


def recompute(clocks: list[Clock], at: datetime) -> list[Clock]:
    """Read the given locked clocks again after their calendar or a notice changed; those whose due
    time moved."""
    moved = []
    for clock in clocks:
        before = clock.due_at
        _read_again(clock, at)
        if clock.due_at != before:
            moved.append(clock)
    _store(clocks)
    return moved
