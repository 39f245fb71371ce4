"""Due times that waited for a year's notice, computed again when it is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shouwen.kernel import worktime
from shouwen.platform.access import Actor
from shouwen.platform.ledger import bus
from shouwen.promises.events import ClocksRedated, PromiseRedated
from shouwen.promises.models import Clock, ClockState, Promise, PromiseState, StatutoryClock, StatutoryState
from shouwen.promises.queries import policy
from shouwen.promises.rules import promising as rules
from shouwen.promises.services import breaking, pausing, statutory

BATCH = 200


@dataclass(frozen=True)
class Moved:
    """How many provisional due times were looked at, and how many moved."""

    clocks: int = 0
    clocks_moved: int = 0
    promises: int = 0
    promises_moved: int = 0


@transaction.atomic
def provisional_dues(*, at: datetime, by: Actor) -> Moved:
    """Compute every provisional due time again: of live clocks from their records, of open promises from the
    working time that was said. A promise said as a fixed time stays as it was said."""
    clocks = moved_clocks = promises = moved_promises = 0
    for batch in _clocks():
        clocks += len(batch)
        moved = pausing.recompute(batch, at)
        moved_clocks += len(moved)
        if moved:
            fact = ClocksRedated([clock.pk for clock in moved], [list(clock.subject) for clock in moved])
            bus.announce(fact, subjects=[clock.subject for clock in moved], by=by, at=at)
    open_ones = Promise.objects.select_for_update().filter(state=PromiseState.OPEN, provisional=True)
    for promise in open_ones.order_by("pk"):
        promises += 1
        moved_promises += _again(promise, at, by)
    waiting = StatutoryClock.objects.select_for_update(of=("self",)).select_related("template")
    for limit in waiting.filter(state=StatutoryState.RUNNING, provisional=True).order_by("pk"):
        clocks += 1
        moved_clocks += statutory.read_again(limit, at)
    return Moved(clocks, moved_clocks, promises, moved_promises)


def _clocks() -> Iterator[list[Clock]]:
    """Live provisional clocks in batches of their id; a clock that stays provisional is seen once."""
    last = 0
    live = Clock.objects.filter(state__in=[ClockState.RUNNING, ClockState.PAUSED], provisional=True)
    while True:
        rows = live.filter(pk__gt=last).order_by("pk").select_for_update().prefetch_related("pauses")
        batch = list(rows[:BATCH])
        if not batch:
            return
        last = batch[-1].pk
        yield batch


def _again(promise: Promise, at: datetime, by: Actor) -> bool:
    before = promise.due_at
    calendar = policy.current().calendar(promise.calendar_id)
    if promise.counted_seconds:
        found = worktime.due(calendar, promise.made_at, promise.counted_seconds)
        promise.due_at, promise.provisional = found.due, found.provisional
    else:
        promise.provisional = False
    moments = rules.warning_moments(promise.made_at, promise.due_at, calendar)
    promise.half_at, promise.most_at = moments.half_at, moments.most_at
    promise.look_at = moments.next_after(at, promise.due_at)
    promise.save(update_fields=["due_at", "provisional", "half_at", "most_at", "look_at"])
    if promise.due_at == before:
        return False
    was, becomes = before.isoformat(), promise.due_at.isoformat()
    bus.announce(
        PromiseRedated(promise.pk, was, becomes),
        by=by,
        at=at,
        before={"due_at": was},
        after={"due_at": becomes},
        **breaking.about(promise),
    )
    return True
