"""Delivers announced facts to their handlers, in order, each event in one transaction with its mark.

A handler that fails does not hold the others: its work is rolled back to a savepoint and tried
again as a job (`ledger.redeliver`) with back-off, ending on the dead-letter page.
"""

import threading
from datetime import timedelta

import structlog
from django.db import close_old_connections, connection, transaction

from shouwen.kernel.events import rebuild
from shouwen.platform.access import now
from shouwen.platform.jobs import enqueue, job
from shouwen.platform.ledger import bus
from shouwen.platform.ledger.models import Event, EventSubject

log = structlog.get_logger(__name__)
BATCH = 10  # short transactions: SQLite has one writer, and people are waiting for it
SWEEP_SECONDS = 2.0
TURN = 0x73685177  # any number, the same in every process of ours

_wake = threading.Event()
_stop = threading.Event()
_thread: threading.Thread | None = None


def _context(event: Event) -> bus.Context:
    subjects = tuple(
        EventSubject.objects.filter(event_id=event.pk).order_by("pk").values_list("kind", "subject_id")
    )
    return bus.Context(event.pk, event.at, event.by_kind, event.by_id, event.by_name, subjects)


def _hand(event: Event, handler: bus.Handler) -> None:
    """Give the event to one handler, all or nothing. A fact that no room knows any more is nobody's."""
    with transaction.atomic():
        fact = rebuild(event.name, event.data)
        if fact is not None:
            handler.fn(fact, _context(event))


def _deliver(event: Event) -> None:
    for handler in bus.handlers_of(event.name):
        try:
            _hand(event, handler)
        except Exception:
            log.exception("handler failed", handler=handler.key, fact=event.name, event_id=event.pk)
            enqueue(
                "ledger.redeliver",
                {"event_id": event.pk, "handler": handler.key},
                at=now() + timedelta(seconds=5),
                key=f"redeliver:{event.pk}:{handler.key}"[:200],
            )


def _my_turn(*, wait: bool) -> bool:
    """Whether this process may deliver until its transaction ends: one at a time, or events would overtake."""
    if connection.vendor != "postgresql":
        return True  # the one writer is taken already
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [TURN])
        return bool(cursor.fetchone()[0])


def deliver_batch(*, wait: bool = False) -> int:
    """Deliver up to BATCH pending events; returns how many there were.

    0 also when another process is just delivering; with `wait` its end is waited for.
    """
    if not Event.objects.filter(pending=True).exists():
        return 0  # a look without the writer's lock
    with transaction.atomic():
        if not _my_turn(wait=wait):
            return 0
        events = list(Event.objects.filter(pending=True).order_by("id")[:BATCH])
        for event in events:
            _deliver(event)
        Event.objects.filter(pk__in=[event.pk for event in events]).update(pending=False)
    return len(events)


def deliver_all(limit: int = 10_000) -> int:
    """Deliver until nothing is pending, including what handlers announce. For tests and commands."""
    done = 0
    while done < limit and (count := deliver_batch(wait=True)):
        done += count
    return done


@job("ledger.redeliver", attempts=10)
def redeliver(*, event_id: int, handler: str) -> None:
    event = Event.objects.get(pk=event_id)
    for known in bus.handlers_of(event.name):
        if known.key == handler:
            _hand(event, known)
            return
    # renamed in a new version, perhaps: the failed job says so, instead of forgetting in silence
    raise LookupError(f"nobody is called {handler!r} to hear {event.name} #{event_id}")


def _run() -> None:
    while not _stop.is_set():
        try:
            close_old_connections()
            if deliver_batch() == 0:
                _wake.wait(SWEEP_SECONDS)
                _wake.clear()
        except Exception:
            log.exception("dispatch failed")
            _stop.wait(1)
    connection.close()


def start() -> None:
    global _thread  # noqa: PLW0603
    _stop.clear()
    bus.wake_with(_wake.set)
    _thread = threading.Thread(target=_run, name="dispatch", daemon=True)
    _thread.start()


def stop() -> None:
    _stop.set()
    _wake.set()
    if _thread is not None:
        _thread.join(10)
