"""Writes on jobs: queue, claim, settle, sweep, retry."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import NotFound
from shouwen.platform import db
from shouwen.platform.access import Actor, now, permissions, require
from shouwen.platform.jobs import registry
from shouwen.platform.jobs.models import Job

permissions.register("jobs.manage", label=_("See and retry failed jobs"), roles={"administrator"})
_wakers: list[Any] = []
_senders: list[Callable[[int], None]] = []  # at most one: the broker's, see broker.py
DUE = db.Read(
    lambda at: (
        Job.objects.filter(state="queued", run_at__lte=at).order_by("run_at", "pk").values_list("run_at")[:1]
    )
)
THAT = db.Read(lambda pk, at: Job.objects.filter(pk=pk, state="queued", run_at__lte=at).values_list("pk")[:1])
DONE = db.Erase(lambda pk, attempts: Job.objects.filter(pk=pk, state="running", attempts=attempts))
LEASE = timedelta(seconds=60)  # renewed while the work goes on, see worker.py
RESEND = timedelta(seconds=30)  # after which a number that nobody claimed counts as lost on its way
SKEW = timedelta(seconds=2)  # between the clocks of two hosts; less than the first back-off


def wake_with(waker: Any) -> None:
    if waker not in _wakers:
        _wakers.append(waker)


def send_with(*senders: Callable[[int], None]) -> None:
    """From here on the id of each job that is due goes to `senders` after its commit; none: to nobody."""
    _senders[:] = senders


def _wake() -> None:
    for waker in _wakers:
        waker()


def _tell(job_id: int) -> None:
    _wake()
    for sender in _senders:
        sender(job_id)


def enqueue(name: str, args: dict[str, Any], *, at: datetime | None = None, key: str | None = None) -> int:
    """Queue job `name` in the running transaction and return its id. With `key` at most one such job waits:
    a second one leaves the first as it is.
    """
    registry.wanted(name)
    created = now()
    made = Job(name=name, args=args, key=key, run_at=at or created, created_at=created)
    goes = bool(_senders) and made.run_at <= created
    made.sent_at = created if goes else None
    if key is None:
        db.insert(made)
    else:
        # the waiting row is touched, so that nobody claims it before this transaction has ended: a job that
        # began earlier would not see what we are just changing
        db.insert_or_touch(made, "key")
    transaction.on_commit(partial(_tell, made.pk) if goes else _wake)
    return made.pk


def late(at: datetime) -> float | None:
    """For how many seconds the job that is next has been due; None when none is."""
    due = DUE.first(at=at)
    return None if due is None else (at - due[0]).total_seconds()


def claim(at: datetime, job_id: int | None = None, *, looked: bool = False) -> Job | None:
    """The next job that is due, or that one, now running under a lease; None when there is none. `looked`: somebody
    has just seen that one is due."""
    if not looked and (DUE.first(at=at) if job_id is None else THAT.first(pk=job_id, at=at + SKEW)) is None:
        return None  # a look without the writer's lock
    skip = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    which = "" if job_id is None else f"AND id = {int(job_id)}"
    # the key is free again from here on: what changes while this runs may queue the next run
    rows = Job.objects.raw(
        "UPDATE jobs_job SET state = 'running', attempts = attempts + 1, lease_until = %s, key = NULL WHERE id = ("  # noqa: S608
        f"SELECT id FROM jobs_job WHERE state = 'queued' AND run_at <= %s {which} ORDER BY run_at, id LIMIT 1 "
        f"{skip}) RETURNING id, name, args, key, run_at, state, attempts, lease_until, last_error, created_at",
        [_stored(at + LEASE), _stored(at if job_id is None else at + SKEW)],
    )
    return next(iter(rows), None)


def _stored(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def renew(job: Job, at: datetime) -> None:
    """This process still works on `job`."""
    _mine(job).update(lease_until=at + LEASE)


def _mine(job: Job) -> QuerySet[Job]:
    """The row as this claim left it; none when its lease ran out and another has claimed it since."""
    return Job.objects.filter(pk=job.pk, state="running", attempts=job.attempts)


def settle(job: Job, *, error: str = "", at: datetime) -> None:
    """Done: the row goes. Failed: again later, or dead after the last attempt."""
    if not error:
        DONE(pk=job.pk, attempts=job.attempts)
        return
    _mine(job).update(
        state="dead" if job.attempts >= registry.attempts(job.name) else "queued",
        run_at=at + registry.back_off(job.attempts),
        lease_until=None,
        sent_at=None,
        last_error=error[-4000:],
    )


def sweep(at: datetime) -> int:
    """Queue again what a killed process left running; what kills every process that tries it is dead."""
    left = Job.objects.filter(state="running", lease_until__lt=at)
    found = list(left.order_by("pk")[:1000])
    for job in found:
        settle(job, error=job.last_error or "The process ended while it was doing this.", at=at)
    return len(found)


@transaction.atomic
def to_send(at: datetime, limit: int = 200) -> list[int]:
    """The ids of jobs whose time has come, or whose number was lost on its way to a worker: send them now."""
    waiting = Job.objects.filter(state="queued", run_at__lte=at).filter(
        Q(sent_at=None) | Q(sent_at__lt=at - RESEND)
    )
    if not waiting.exists():
        return []
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    ids = list(waiting.order_by("run_at", "id").values_list("pk", flat=True)[:limit])
    Job.objects.filter(pk__in=ids).update(sent_at=at)
    return ids


@transaction.atomic
def retry(*, job_id: int, at: datetime, by: Actor) -> None:
    require(by, "jobs.manage")
    changed = Job.objects.filter(pk=job_id, state="dead").update(
        state="queued", run_at=at, attempts=0, sent_at=None
    )
    if not changed:
        raise NotFound(_("There is no such failed job."))
    transaction.on_commit(_wake)


@transaction.atomic
def discard(*, job_id: int, at: datetime, by: Actor) -> None:
    require(by, "jobs.manage")
    deleted, _rows = Job.objects.filter(pk=job_id, state="dead").delete()
    if not deleted:
        raise NotFound(_("There is no such failed job."))
