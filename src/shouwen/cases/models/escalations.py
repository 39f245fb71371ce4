"""Escalations (ESC-1) and the notices that tell people what waits for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models.case import Case


class Trigger(models.TextChoices):
    BY_HAND = "by_hand", _("By hand")
    TIME = "time", _("Time")
    HANDOFFS = "handoffs", _("Handoffs")
    BROKEN_PROMISE = "broken_promise", _("Broken promise")
    RULE = "rule", _("Rule")
    REOPENED = "reopened", _("Not solved again")


class Escalation(models.Model):
    """One raise by one level: 1 the team's supervisors, 2 all supervisors, 3 the chief service managers."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalations")
    level = models.PositiveSmallIntegerField()
    trigger = models.CharField(max_length=16, choices=Trigger.choices)
    reason = models.CharField(max_length=1000)
    raised_by = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    settled_by = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    ruling = models.CharField(max_length=1000, blank=True)
    cause_key = models.CharField(max_length=60, unique=True, null=True)

    class Meta:
        indexes = [models.Index(fields=["-id"], condition=Q(settled_at=None), name="cases_escalation_open")]

    def __str__(self) -> str:
        return f"{self.case_id} ↑{self.level}"


class Notice(models.Model):
    """Something that waits for one person. `params` fill the sentence of its kind."""

    user_id = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=30)
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="+")
    params = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    cause_key = models.CharField(max_length=80, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user_id", "-id"], name="cases_notice_user"),
            models.Index(fields=["user_id"], condition=Q(read_at=None), name="cases_notice_unread"),
        ]
        constraints = [models.UniqueConstraint(fields=["user_id", "cause_key"], name="cases_notice_once")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"
