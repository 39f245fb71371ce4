"""Reads on jobs."""

from django.db.models import QuerySet

from shouwen.platform.jobs.models import Job, Schedule


def dead() -> QuerySet[Job]:
    return Job.objects.filter(state="dead")


def waiting(limit: int = 50) -> list[Job]:
    return list(Job.objects.filter(state="queued").order_by("run_at", "id")[:limit])


def schedules() -> list[Schedule]:
    return list(Schedule.objects.order_by("name"))
