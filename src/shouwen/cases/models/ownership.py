"""Who answers to the customer: offers to the free, and handoffs that somebody accepted (CAS-2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models.case import Case


class Offer(models.Model):
    """A new case was shown to a free agent, and why to them. It ends when somebody takes it or it goes on."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="offers")
    staff = models.ForeignKey("people.Staff", on_delete=models.CASCADE, related_name="+", db_index=False)
    offered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    why = models.JSONField(default=list)
    step = models.CharField(max_length=10, default="first")

    class Meta:
        indexes = [models.Index(fields=["staff", "-id"], condition=Q(ended_at=None), name="cases_offer_open")]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.staff_id}"


class HandoffState(models.TextChoices):
    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Handoff(models.Model):
    """Change of owner: asked with a reason and a summary; nothing changes until the other accepts."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handoffs")
    by = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    owner_before = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    to = models.ForeignKey("people.Staff", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400)
    summary = models.TextField()
    state = models.CharField(max_length=10, choices=HandoffState.choices, default=HandoffState.ASKED)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=400, blank=True)
    customer_told_at = models.DateTimeField(null=True, blank=True)
    told_message_id = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["to", "-id"], condition=Q(state="asked"), name="cases_handoff_waiting")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="asked"), name="cases_one_open_handoff"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.to_id} ({self.state})"
