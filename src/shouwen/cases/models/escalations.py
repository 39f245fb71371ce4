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
    REPEATED = "repeated", _("Repeated contact")
    EMOTION = "emotion", _("Rising anger")
    THREAT = "threat", _("Threat")
    ASKS_SUPERIOR = "asks_superior", _("Asks for a superior")
    LIMIT = "limit", _("Colleague's limit reached")
    NO_GUIDELINE = "no_guideline", _("No guideline covers it")


class Escalation(models.Model):
    """One raise: 1 the team's supervisors, 2 all supervisors, 3 the chief service managers, or who is named there.

    `tell_at`: they are told only then, when service begins again. `climb_at`: unsettled, it goes one level up.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalations")
    level = models.PositiveSmallIntegerField()
    trigger = models.CharField(max_length=16, choices=Trigger.choices)
    reason = models.CharField(max_length=1000)
    said = models.JSONField(default=list)
    """What the product found, as [code, values]; empty when a person raised it."""
    raised_by = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    settled_by = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    ruling = models.CharField(max_length=1000, blank=True)
    urgent = models.BooleanField(default=False)
    tell_at = models.DateTimeField(null=True, blank=True)
    climb_at = models.DateTimeField(null=True, blank=True)
    cause_key = models.CharField(max_length=60, unique=True, null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-level", "-id"], condition=Q(settled_at=None), name="cases_escalation_waiting"
            ),
            models.Index(
                fields=["tell_at"],
                condition=Q(settled_at=None, tell_at__isnull=False),
                name="cases_escalation_tell",
            ),
            models.Index(
                fields=["climb_at"],
                condition=Q(settled_at=None, climb_at__isnull=False),
                name="cases_escalation_climb",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} ↑{self.level}"


class EscalationPlan(models.Model):
    """The organisation's ladder: one row. Without it things are as `rules.ladder.Ladder` says."""

    version = models.PositiveIntegerField(default=0)
    rules = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    service_hours = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"v{self.version}"


class Dispute(models.Model):
    """Two departments disagree who answers for something; the chief service manager's ruling binds both.

    `task` is what they argue about, where it was asked already; after the ruling it is for the department named.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="disputes")
    task = models.ForeignKey("cases.Task", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    one = models.ForeignKey("people.Department", on_delete=models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey("people.Department", on_delete=models.PROTECT, related_name="+", db_index=False)
    question = models.CharField(max_length=1000)
    raised_by = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answerable = models.ForeignKey(
        "people.Department", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ruling = models.CharField(max_length=1000, blank=True)
    ruled_by = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-id"], condition=Q(ruled_at=None), name="cases_dispute_open")]

    def __str__(self) -> str:
        return self.question[:80]


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
