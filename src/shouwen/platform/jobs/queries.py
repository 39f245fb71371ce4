"""Reads on jobs."""

from django.db.models import QuerySet

from shouwen.platform.jobs.models import Job, Schedule


def dead() -> QuerySet[Job]:
    return Job.objects.filter(state="dead")


def waiting(limit: int = 50) -> list[Job]:
    return list(Job.objects.filter(state="queued").order_by("run_at", "id")[:limit])


def last_unfinished(name: str, upto: int | None = None) -> int | None:
    """The number of the last job called `name` that waits or is being done, of those up to number `upto`; None when
    there is none. A dead one is not waited for."""
    left = Job.objects.filter(name=name, state__in=["queued", "running"])
    if upto is not None:
        left = left.filter(pk__lte=upto)
    return left.order_by("-pk").values_list("pk", flat=True).first()


def schedules() -> list[Schedule]:
    return list(Schedule.objects.order_by("name"))
