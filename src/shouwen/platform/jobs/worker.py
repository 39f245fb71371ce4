"""Threads that do the jobs, and one that keeps the schedules. The same in the server and in `shouwen worker`.

With a broker the numbers of the jobs come from there; while it is away the threads look for jobs as without it.
"""

import threading
import time
import traceback
from datetime import datetime

import structlog
from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import translation

from shouwen.platform.access import now
from shouwen.platform.courtesy import make_way
from shouwen.platform.jobs import registry, sending, services
from shouwen.platform.jobs.models import Job, Schedule

log = structlog.get_logger(__name__)
THREADS = 2
IDLE_SECONDS = 1.0
RENEW_SECONDS = 15.0

_wake = threading.Event()
_stop = threading.Event()
_threads: list[threading.Thread] = []
_doing: dict[int, tuple[Job, float]] = {}  # what this process is doing, and since when


def run_one(at: datetime, job_id: int | None = None, *, looked: bool = False) -> bool:
    """Claim and do one job, or that one; False when none is due. `looked`: one has just been seen to be."""
    found = services.claim(at, job_id, looked=looked)
    if found is None:
        return False
    error = ""
    _doing[found.pk] = found, time.monotonic()
    try:
        with translation.override(settings.LANGUAGE_CODE):
            registry.wanted(found.name).fn(**found.args)
    except (Exception, SystemExit):  # a job that calls exit() ends itself, not the worker
        error = traceback.format_exc()
        log.warning("job failed", job=found.name, id=found.pk, attempt=found.attempts, error=error[-600:])
    finally:
        _doing.pop(found.pk, None)
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
    known = dict(Schedule.objects.values_list("name", "last_error"))
    Schedule.objects.bulk_create(
        [Schedule(name=name, next_at=at) for name in registry.recurring() if name not in known],
        ignore_conflicts=True,
    )
    for name, entry in registry.recurring().items():
        mine = Schedule.objects.filter(name=name)
        if not mine.filter(next_at__lte=at).update(next_at=at + entry.period, last_at=at):
            continue
        ran += 1
        error = ""
        try:
            with translation.override(settings.LANGUAGE_CODE):
                entry.fn(at=at)
        except (Exception, SystemExit):
            error = traceback.format_exc()[-4000:]
            log.exception("schedule failed", schedule=name)
        if error or known.get(name):
            mine.update(last_error=error)
    return ran


def renew_leases() -> None:
    """Say of every job that this process is doing that it still is, until it takes longer than it may."""
    for found, since in list(_doing.values()):
        known = registry.work(found.name)
        if known is not None and time.monotonic() - since < known.lease.total_seconds():
            services.renew(found, now())


def _arrived(job_id: int) -> None:
    """From the broker. What goes wrong here stands in the row, and the number is sent again."""
    try:
        close_old_connections()
        make_way()
        run_one(now(), job_id)
    except Exception:
        log.exception("worker failed", id=job_id)


def _send_due(at: datetime) -> None:
    if (broker := sending.broker()) is not None and broker.reachable:
        for job_id in services.to_send(at):
            broker.send(job_id)


def _work() -> None:
    while not _stop.is_set():
        try:
            close_old_connections()
            waiting = None if sending.delivers() else services.late(now())
            if waiting is not None:
                make_way(waiting)
            if waiting is None or not run_one(now(), looked=True):
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
                due = dict(Schedule.objects.values_list("name", "next_at"))
            _send_due(at)
        except Exception:
            log.exception("schedules failed")
        _stop.wait(1)
    connection.close()


def _keep_leases() -> None:
    """Beside the schedules, since one of those may take its time."""
    while not _stop.wait(RENEW_SECONDS):
        try:
            close_old_connections()
            renew_leases()
            services.sweep(now())
        except Exception:
            log.exception("leases failed")
    connection.close()


def start() -> None:
    _stop.clear()
    services.wake_with(_wake.set)
    _threads[:] = [threading.Thread(target=_work, name=f"job-{n}", daemon=True) for n in range(THREADS)]
    _threads.append(threading.Thread(target=_keep_time, name="schedules", daemon=True))
    _threads.append(threading.Thread(target=_keep_leases, name="leases", daemon=True))
    for thread in _threads:
        thread.start()
    if (broker := sending.start()) is not None:
        broker.work(_arrived, THREADS)


def stop() -> None:
    _stop.set()
    _wake.set()
    sending.stop()
    for thread in _threads:
        thread.join(10)
