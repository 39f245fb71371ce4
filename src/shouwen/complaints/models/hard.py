"""What makes a complaint hard: deadlock, outside bodies, several complainants; and what comes after (CMP-6, CMP-7)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.complaints.models.nature import Basis
from shouwen.complaints.models.path import Complaint
from shouwen.complaints.models.remedies import Option


class Move(models.TextChoices):
    SET_ASIDE = "set_aside", _("Set aside for a time")
    CHANGE_PERSON = "change_person", _("Another person goes on")
    HOLD_PRINCIPLE = "hold_principle", _("Hold to the principle")
    CONCEDE = "concede", _("Concede")


class Outcome(models.TextChoices):
    OPEN = "open", pgettext_lazy("deadlock", "Not known yet")
    WORKED = "worked", pgettext_lazy("deadlock", "It went on")
    FAILED = "failed", pgettext_lazy("deadlock", "It did not help")


class DeadlockMove(models.Model):
    """One way out of a deadlock, with its condition and what came of it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="moves")
    sort = models.CharField(max_length=16, choices=Move.choices)
    reason = models.TextField()
    until = models.DateTimeField(null=True, blank=True)
    to_id = models.PositiveBigIntegerField(null=True, blank=True)
    basis = models.ForeignKey(Basis, null=True, on_delete=models.PROTECT, related_name="+")
    option = models.ForeignKey(Option, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.OPEN)
    outcome_note = models.TextField(blank=True)
    made_by = models.PositiveBigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(
                fields=["until"],
                condition=Q(outcome="open", until__isnull=False, reminded_at=None),
                name="complaints_set_aside",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(outcome="open"), name="complaints_one_open_move"
            ),
            models.CheckConstraint(
                condition=~Q(sort="set_aside") | Q(until__isnull=False),
                name="complaints_set_aside_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.sort


class RecoverySort(models.TextChoices):
    APOLOGY = "apology", pgettext_lazy("recovery", "A personal apology")
    MENDED = "mended", pgettext_lazy("recovery", "Put right beyond what was asked")
    GESTURE = "gesture", pgettext_lazy("recovery", "A gesture")
    VISIT = "visit", pgettext_lazy("recovery", "A visit")


class Recovery(models.Model):
    """What we do after our own failure, and the contact that asks whether it helped."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="recoveries")
    customer_id = models.PositiveBigIntegerField()
    sort = models.CharField(max_length=8, choices=RecoverySort.choices)
    text = models.TextField()
    planned_by = models.PositiveBigIntegerField(null=True, blank=True)
    planned_at = models.DateTimeField()
    follow_up_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    followed_at = models.DateTimeField(null=True, blank=True)
    followed_by = models.PositiveBigIntegerField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    word = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name_plural = "recoveries"
        indexes = [
            models.Index(
                fields=["follow_up_at"],
                condition=Q(followed_at=None, reminded_at=None),
                name="complaints_follow_up",
            ),
            models.Index(fields=["customer_id"], name="complaints_recovered"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Body(models.TextChoices):
    HOTLINE = "12315", _("12315 consumer hotline")
    REGULATOR = "regulator", _("Regulator")
    MEDIA = "media", _("Media")
    COURT = "court", _("Court or arbitration")
    OTHER = "other", pgettext_lazy("outside body", "Other")


class OutsideMatter(models.Model):
    """An outside body that deals with the same complaint, with its own reference and its own time: a day they named,
    or the statutory clock `clock_id` that runs for the complaint."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="outside")
    body = models.CharField(max_length=10, choices=Body.choices)
    name = models.CharField(max_length=120)
    reference = models.CharField(max_length=120, blank=True)
    asks = models.TextField(blank=True)
    came_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    clock_id = models.PositiveBigIntegerField(null=True, blank=True)
    recorded_by = models.PositiveBigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["due_at"], condition=Q(answered_at=None), name="complaints_outside_due")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.reference}"


class Member(models.Model):
    """One of several complainants in one complaint; with a case of their own where there is one."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=120, blank=True)
    representative = models.BooleanField(default=False)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    """When they were told the decision as it was explained last."""

    class Meta:
        ordering = ("-representative", "id")
        constraints = [models.UniqueConstraint(fields=["complaint", "case"], name="complaints_member_once")]

    def __str__(self) -> str:
        return self.name
