"""Delivers announced facts to their handlers, in order, a few events in one transaction with their marks.

A handler that fails does not hold the others: its work is rolled back and tried
again as a job (`ledger.redeliver`) with back-off, ending on the dead-letter page.
"""

import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import close_old_connections, connection, transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.events import rebuild
from shouwen.platform import db
from shouwen.platform.access import now
from shouwen.platform.courtesy import make_way
from shouwen.platform.jobs import enqueue, job
from shouwen.platform.ledger import bus
from shouwen.platform.ledger.models import Event, EventSubject

log = structlog.get_logger(__name__)
BATCH = 10  # short transactions: SQLite has one writer, and people are waiting for it
SWEEP_SECONDS = 2.0
OLDEST = db.Read(lambda: Event.objects.filter(pending=True).order_by("pk").values_list("at")[:1])
TURN = 0x73685177  # any number, the same in every process of ours

_wake = threading.Event()
_stop = threading.Event()
_thread: threading.Thread | None = None


def late() -> float | None:
    """For how many seconds the oldest event has been waiting; None when none is."""
    oldest = OLDEST.first()
    return None if oldest is None else (now() - oldest[0]).total_seconds()


def _contexts(events: list[Event]) -> list[bus.Context]:
    subjects: dict[int, list[bus.Subject]] = defaultdict(list)
    rows = EventSubject.objects.filter(event_id__in=[event.pk for event in events]).order_by("pk")
    for event_id, kind, subject_id in rows.values_list("event_id", "kind", "subject_id"):
        subjects[event_id].append((kind, subject_id))
    return [
        bus.Context(event.pk, event.at, event.by_kind, event.by_id, event.by_name, tuple(subjects[event.pk]))
        for event in events
    ]


def _hand(event: Event, handler: bus.Handler, context: bus.Context) -> None:
    """Give the event to one handler, all or nothing. A fact that no room knows any more is nobody's."""
    with transaction.atomic():
        fact = rebuild(event.name, event.data)
        if fact is not None:
            handler.fn(fact, context)


def _hand_together(events: list[Event]) -> None:
    """Everything to everybody, with no way back for one alone."""
    with db.in_one_piece(), bus.gathering():
        for event, context in zip(events, _contexts(events), strict=True):
            fact = rebuild(event.name, event.data)
            if fact is not None:
                for handler in bus.handlers_of(event.name):
                    handler.fn(fact, context)


def _hand_one_by_one(events: list[Event]) -> None:
    """Each handler by itself; who fails is tried again by a job."""
    for event, context in zip(events, _contexts(events), strict=True):
        for handler in bus.handlers_of(event.name):
            try:
                _hand(event, handler, context)
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

    0 also when another process is just delivering; with `wait` its end is waited for. All are handed over in
    one piece first; when anything in it fails, everything is undone and done again one by one.
    """
    return 0 if late() is None else _deliver_pending(wait=wait)  # a look without the writer's lock


def _deliver_pending(*, wait: bool) -> int:
    try:
        return _deliver(_hand_together, wait=wait)
    except Exception as trouble:
        log.info("a batch is handed over one by one", why=repr(trouble))
    return _deliver(_hand_one_by_one, wait=wait)


@transaction.atomic
def _deliver(hand: Callable[[list[Event]], None], *, wait: bool) -> int:
    if not _my_turn(wait=wait):
        return 0
    events = list(Event.objects.filter(pending=True).order_by("id")[:BATCH])
    hand(events)
    Event.objects.filter(pk__in=[event.pk for event in events]).update(pending=False)
    return len(events)


def deliver_all(limit: int = 10_000) -> int:
    """Deliver until nothing is pending, including what handlers announce. For tests and commands."""
    done = 0
    while done < limit and (count := deliver_batch(wait=True)):
        done += count
    return done


@job("ledger.redeliver", attempts=10, label=_("Do again what failed after an event"))
def redeliver(*, event_id: int, handler: str) -> None:
    event = Event.objects.get(pk=event_id)
    for known in bus.handlers_of(event.name):
        if known.key == handler:
            _hand(event, known, _contexts([event])[0])
            return
    # renamed in a new version, perhaps: the failed job says so, instead of forgetting in silence
    raise LookupError(f"nobody is called {handler!r} to hear {event.name} #{event_id}")


def _run() -> None:
    while not _stop.is_set():
        try:
            close_old_connections()
            waiting = late()
            if waiting is not None:
                make_way(waiting)
            if waiting is None or _deliver_pending(wait=False) == 0:
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
