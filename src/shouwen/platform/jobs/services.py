"""Writes on jobs: queue, claim, settle, sweep, retry."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import NotFound
from shouwen.platform.access import Actor, now, permissions, require
from shouwen.platform.jobs import registry
from shouwen.platform.jobs.models import Job

permissions.register("jobs.manage", label=_("See and retry failed jobs"), roles={"administrator"})
_wakers: list[Any] = []


def wake_with(waker: Any) -> None:
    if waker not in _wakers:
        _wakers.append(waker)


def _wake() -> None:
    for waker in _wakers:
        waker()


def enqueue(
    name: str, args: dict[str, Any], *, at: datetime | None = None, key: str | None = None
) -> int | None:
    """Queue job `name` in the running transaction. With `key` at most one such job waits: None when one does."""
    if registry.work(name) is None:
        raise LookupError(f"no room has a job called {name!r}")
    created = now()
    made = Job(name=name, args=args, key=key, run_at=at or created, created_at=created)
    if key is None:
        made.save()
    else:
        made.pk = None
        Job.objects.bulk_create([made], ignore_conflicts=True)
    transaction.on_commit(_wake)
    return made.pk


def claim(at: datetime) -> Job | None:
    """The next job that is due, now running under a lease; None when there is none."""
    due = Job.objects.filter(state="queued", run_at__lte=at).order_by("run_at", "id")
    if not due.exists():
        return None  # a look without the writer's lock
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        found = due.first()
        if found is None:
            return None
        known = registry.work(found.name)
        found.state = "running"
        found.attempts += 1
        found.lease_until = at + (known.lease if known else registry.back_off(1))
        # the key is free again from here on: what changes while this runs may queue the next run
        found.key = None
        found.save(update_fields=["state", "attempts", "lease_until", "key"])
        return found


def settle(job: Job, *, error: str = "", at: datetime) -> None:
    """Done: the row goes. Failed: again later, or dead after the last attempt."""
    if not error:
        Job.objects.filter(pk=job.pk).delete()
        return
    known = registry.work(job.name)
    dead = known is None or job.attempts >= known.attempts
    Job.objects.filter(pk=job.pk).update(
        state="dead" if dead else "queued",
        run_at=at + registry.back_off(job.attempts),
        lease_until=None,
        last_error=error[-4000:],
    )


def sweep(at: datetime) -> int:
    """Queue again what a killed process left running."""
    return Job.objects.filter(state="running", lease_until__lt=at).update(state="queued", lease_until=None)


@transaction.atomic
def retry(*, job_id: int, at: datetime, by: Actor) -> None:
    require(by, "jobs.manage")
    changed = Job.objects.filter(pk=job_id, state="dead").update(state="queued", run_at=at, attempts=0)
    if not changed:
        raise NotFound(_("There is no such failed job."))
    transaction.on_commit(_wake)


@transaction.atomic
def discard(*, job_id: int, at: datetime, by: Actor) -> None:
    require(by, "jobs.manage")
    deleted, _rows = Job.objects.filter(pk=job_id, state="dead").delete()
    if not deleted:
        raise NotFound(_("There is no such failed job."))
