"""What the clock starts: warnings at 50 and 80 per cent, broken promises, breached clocks.

A row says itself when it must be looked at next (`look_at`, indexed), so a round with nothing to do is three
index look-ups and takes no writer's lock. Rows are locked and looked at again inside the transaction; two
rounds at once share the work and never do one thing twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from shouwen.platform.access import SYSTEM
from shouwen.platform.ledger import bus
from shouwen.promises.events import ClockBreached, ClockWarned
from shouwen.promises.models import Clock, ClockState, Promise, PromiseState, StatutoryClock
from shouwen.promises.rules import promising as rules
from shouwen.promises.services import breaking, statutory

BATCH = 100
"""Rows in one transaction: SQLite has one writer, and people are waiting for it."""


@dataclass
class Round:
    """What one round did."""

    warned: int = 0
    broken: int = 0
    clocks_warned: int = 0
    clocks_breached: int = 0


def tick(at: datetime) -> Round:
    """Everything that is due at `at`: warn, break, warn of clocks, breach clocks."""
    done = Round()
    _in_batches(Promise, lambda promise: _look_at_promise(promise, at, done), at)
    _in_batches(Clock, lambda clock: _look_at_clock(clock, at, done), at)
    _in_batches(StatutoryClock, lambda clock: statutory.look_at(clock, at), at)
    return done


def _in_batches(model: type[Any], settle: Callable[[Any], None], at: datetime) -> None:
    while True:
        waiting = model.objects.filter(look_at__lte=at).order_by("look_at", "pk")
        ids = list(waiting.values_list("pk", flat=True)[:BATCH])
        if not ids:
            return
        with transaction.atomic():
            rows = model.objects.filter(pk__in=ids, look_at__lte=at)
            if connection.features.has_select_for_update_skip_locked:
                rows = rows.select_for_update(skip_locked=True)
            found = list(rows)
            for row in found:
                settle(row)
        # Fewer than a batch: that was all, or another round holds the rest and sees to it.
        if len(found) < BATCH:
            return


def _look_at_promise(promise: Promise, at: datetime, done: Round) -> None:
    if promise.state != PromiseState.OPEN:
        promise.look_at = None
        promise.save(update_fields=["look_at"])
    elif promise.due_at <= at:
        breaking.break_one(promise, at)
        done.broken += 1
    else:
        breaking.warn_one(promise, rules.share_reached(at, promise.half_at, promise.most_at) or 50, at)
        done.warned += 1


def _look_at_clock(clock: Clock, at: datetime, done: Round) -> None:
    if clock.state == ClockState.BREACHED or (clock.state == ClockState.RUNNING and clock.due_at <= at):
        clock.state, clock.look_at = ClockState.BREACHED, None
        clock.breached_at = clock.breached_at or clock.due_at
        clock.save(update_fields=["state", "look_at", "breached_at"])
        _announce(ClockBreached, clock, at)
        done.clocks_breached += 1
    elif clock.state == ClockState.RUNNING:
        clock.warned_at, clock.look_at = at, clock.due_at
        clock.save(update_fields=["warned_at", "look_at"])
        _announce(ClockWarned, clock, at)
        done.clocks_warned += 1
    else:
        clock.look_at = None
        clock.save(update_fields=["look_at"])


def _announce(fact: type[ClockWarned] | type[ClockBreached], clock: Clock, at: datetime) -> None:
    kind, pk = clock.subject
    bus.announce(
        fact(clock.pk, clock.sort, kind, pk, clock.due_at.isoformat()),
        subjects=[clock.subject],
        by=SYSTEM,
        at=at,
    )
