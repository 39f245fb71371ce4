"""Event: an immutable row per fact. EventSubject: what it is about, several per event."""

from django.db import models
from django.db.models import Q


class Event(models.Model):
    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=12)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    topics = models.JSONField(default=list)
    pending = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(pending=True), name="ledger_event_pending")]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class EventSubject(models.Model):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "subject_id", "event"], name="ledger_subject_events")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject_id}"
