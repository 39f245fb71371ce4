"""Threads that do the jobs, and one that keeps the schedules. The same in the server and in `shouwen worker`."""

import threading
import traceback
from datetime import datetime

import structlog
from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import translation

from shouwen.platform.access import now
from shouwen.platform.jobs import registry, services
from shouwen.platform.jobs.models import Schedule

log = structlog.get_logger(__name__)
THREADS = 2
IDLE_SECONDS = 1.0

_wake = threading.Event()
_stop = threading.Event()
_threads: list[threading.Thread] = []


def run_one(at: datetime) -> bool:
    """Claim and do one job; False when none is due."""
    found = services.claim(at)
    if found is None:
        return False
    error = ""
    try:
        known = registry.work(found.name)
        if known is None:
            raise LookupError(f"no room has a job called {found.name!r}")
        with translation.override(settings.LANGUAGE_CODE):
            known.fn(**found.args)
    except Exception:
        error = traceback.format_exc()
        log.warning("job failed", job=found.name, id=found.pk, attempt=found.attempts, error=error[-600:])
    services.settle(found, error=error, at=now())
    return True


def run_all(at: datetime, limit: int = 10_000) -> int:
    """Do everything that is due at `at`. For tests and commands."""
    done = 0
    while done < limit and run_one(at):
        done += 1
    return done


def run_schedules(at: datetime) -> int:
    """Run every recurring work whose time has come; each is claimed by moving its time on first."""
    ran = 0
    known = set(Schedule.objects.values_list("name", flat=True))
    Schedule.objects.bulk_create(
        [Schedule(name=name, next_at=at) for name in registry.recurring() if name not in known],
        ignore_conflicts=True,
    )
    for name, entry in registry.recurring().items():
        claimed = Schedule.objects.filter(name=name, next_at__lte=at).update(
            next_at=at + entry.period, last_at=at
        )
        if not claimed:
            continue
        ran += 1
        error = ""
        try:
            with translation.override(settings.LANGUAGE_CODE):
                entry.fn(at=at)
        except Exception:
            error = traceback.format_exc()[-4000:]
            log.exception("schedule failed", schedule=name)
        if error:
            Schedule.objects.filter(name=name).update(last_error=error)
    return ran


def _work() -> None:
    while not _stop.is_set():
        try:
            close_old_connections()
            if not run_one(now()):
                _wake.wait(IDLE_SECONDS)
                _wake.clear()
        except Exception:
            log.exception("worker failed")
            _stop.wait(1)
    connection.close()


def _keep_time() -> None:
    # known schedules are read once; after that only those due are touched
    due: dict[str, datetime] = {}
    while not _stop.is_set():
        try:
            close_old_connections()
            at = now()
            if any(due.get(name, at) <= at for name in registry.recurring()):
                run_schedules(at)
                services.sweep(at)
                due = dict(Schedule.objects.values_list("name", "next_at"))
        except Exception:
            log.exception("schedules failed")
        _stop.wait(1)
    connection.close()


def start() -> None:
    _stop.clear()
    services.wake_with(_wake.set)
    _threads[:] = [threading.Thread(target=_work, name=f"job-{n}", daemon=True) for n in range(THREADS)]
    _threads.append(threading.Thread(target=_keep_time, name="schedules", daemon=True))
    for thread in _threads:
        thread.start()


def stop() -> None:
    _stop.set()
    _wake.set()
    for thread in _threads:
        thread.join(10)
