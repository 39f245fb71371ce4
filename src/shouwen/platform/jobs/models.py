"""Job: one piece of work to do at or after a time. Schedule: when a recurring one runs next."""

from django.db import models
from django.db.models import Q


class Job(models.Model):
    name = models.CharField(max_length=80)
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=200, null=True, unique=True)
    run_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="queued")  # queued | running | dead
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)  # when its number went to the broker, where there is one

    class Meta:
        indexes = [
            models.Index(fields=["run_at", "id"], condition=Q(state="queued"), name="jobs_job_queued"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="jobs_job_running"),
            models.Index(fields=["-id"], condition=Q(state="dead"), name="jobs_job_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Schedule(models.Model):
    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField(db_index=True)
    last_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name
