"""Abuse of our people (ESC-7): a first notice, a warning, and only then a contact may be ended."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from shouwen.complaints.models.threats import Threat


class AbuseStep(models.TextChoices):
    NOTICE = "notice", pgettext_lazy("abuse", "First notice")
    WARNING = "warning", pgettext_lazy("abuse", "Warning")
    ENDING = "ending", pgettext_lazy("abuse", "Contact ended")


class AbuseWay(models.TextChoices):
    MESSAGE = "message", pgettext_lazy("abuse", "As a message on the case")
    CHAT = "chat", pgettext_lazy("abuse", "In the chat")
    CALL = "call", pgettext_lazy("abuse", "On the phone")
    COUNTER = "counter", pgettext_lazy("abuse", "At the counter or on site")


class AbuseVerdict(models.TextChoices):
    UPHELD = "upheld", pgettext_lazy("abuse", "It stays")
    OVERTURNED = "overturned", pgettext_lazy("abuse", "Taken back")


class AbuseRecord(models.Model):
    """One step towards one customer, in a case of theirs; the case stays open and owned.

    words     what the customer said or did
    told      what they were told
    ways      which other ways in they have, where a contact was ended
    threat    a personal threat, because of which a contact was ended without the steps before
    flag_id   the caution flag that was set with this as its evidence
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=8, choices=AbuseStep.choices)
    way = models.CharField(max_length=8, choices=AbuseWay.choices)
    words = models.TextField()
    told = models.TextField()
    ways = models.TextField(blank=True)
    threat = models.ForeignKey(Threat, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    message_id = models.PositiveBigIntegerField(null=True, blank=True)
    flag_id = models.PositiveBigIntegerField(null=True, blank=True)
    given_by = models.PositiveBigIntegerField()
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    objection = models.TextField(blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    objection_by = models.PositiveBigIntegerField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=AbuseVerdict.choices, blank=True)
    verdict_why = models.TextField(blank=True)
    reviewed_by = models.PositiveBigIntegerField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["given_at"], name="complaints_abuse_given"),
            models.Index(fields=["step", "-id"], name="complaints_abuse_step"),
            models.Index(
                fields=["-id"],
                condition=Q(objected_at__isnull=False, reviewed_at=None),
                name="complaints_abuse_objected",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_step_display())

    @property
    def subject(self) -> tuple[str, int]:
        return ("abuse", self.pk)

    def stands(self, at: datetime) -> bool:
        """Neither taken back nor run out."""
        return self.verdict != AbuseVerdict.OVERTURNED and self.expires_at > at

    @property
    def awaits_review(self) -> bool:
        return self.objected_at is not None and self.reviewed_at is None


class AbuseTemplate(models.Model):
    """How a step is said: polite and firm. {customer} {reference} {agent} {ways} are filled in."""

    step = models.CharField(max_length=8, choices=AbuseStep.choices)
    language = models.CharField(max_length=10)
    text = models.TextField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["step", "language"], name="complaints_abuse_template_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} · {self.language}"

    @property
    def subject(self) -> tuple[str, int]:
        return ("abuse_template", self.pk)


__all__ = ["AbuseRecord", "AbuseStep", "AbuseTemplate", "AbuseVerdict", "AbuseWay"]
