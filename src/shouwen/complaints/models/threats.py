"""Threats against our people or our things (ESC-6): what was said, who was told, what was done, how it ended."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ThreatKind(models.TextChoices):
    LEGAL = "legal", pgettext_lazy("threat", "Legal")
    PERSONAL = "personal", pgettext_lazy("threat", "Against a person")
    MEDIA = "media", pgettext_lazy("threat", "Media")
    DETENTION = "detention", pgettext_lazy("threat", "People or goods held")


class ThreatState(models.TextChoices):
    OPEN = "open", _("Nobody has acknowledged it")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("threat", "Somebody sees to it")
    ENDED = "ended", pgettext_lazy("threat", "Ended")


class ThreatOutcome(models.TextChoices):
    AVERTED = "averted", _("Settled without harm")
    AUTHORITIES = "authorities", _("Police, court or regulator deal with it")
    CARRIED_OUT = "carried_out", _("It was carried out")
    UNFOUNDED = "unfounded", _("It was no threat after all")


class StepSort(models.TextChoices):
    CONTACT = "contact", _("Spoke with those who are threatened")
    SAFETY = "safety", _("Made somebody or something safe")
    TALK = "talk", _("Spoke with who threatens")
    OUTSIDE = "outside", _("Told the police, a lawyer or somebody else outside")
    OTHER = "other", pgettext_lazy("threat", "Something else")


class Threat(models.Model):
    """One threat. It stands beside its case, which goes on as before.

    words           as they were said
    held            what or who is held, where that is the threat
    remind_at       when those who were told hear of it again; empty once somebody has acknowledged it
    escalation_id   the sign in the customer's words that proposed it
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ThreatKind.choices)
    state = models.CharField(max_length=12, choices=ThreatState.choices, default=ThreatState.OPEN)
    who = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    held = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    happened_at = models.DateTimeField()
    escalation_id = models.PositiveBigIntegerField(null=True, blank=True)
    registered_by = models.PositiveBigIntegerField()
    registered_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveIntegerField(default=0)
    acknowledged_by = models.PositiveBigIntegerField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=ThreatOutcome.choices, blank=True)
    outcome_note = models.TextField(blank=True)
    ended_by = models.PositiveBigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-id"], condition=~Q(state="ended"), name="complaints_threat_open"),
            models.Index(fields=["state", "-id"], name="complaints_threat_state"),
            models.Index(fields=["kind", "-id"], name="complaints_threat_kind"),
            models.Index(
                fields=["remind_at"], condition=Q(remind_at__isnull=False), name="complaints_threat_remind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.who}"

    @property
    def subject(self) -> tuple[str, int]:
        return ("threat", self.pk)

    @property
    def is_open(self) -> bool:
        return self.state != ThreatState.ENDED

    @property
    def answered_after(self) -> timedelta | None:
        """From the register to the acknowledgement."""
        return self.acknowledged_at - self.registered_at if self.acknowledged_at else None

    def waiting(self, at: datetime) -> timedelta:
        return at - self.registered_at


class ThreatTold(models.Model):
    """Somebody who was told by name; the threat exists for them from then on."""

    threat = models.ForeignKey(Threat, on_delete=models.CASCADE, related_name="told")
    staff_id = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["threat", "staff_id"], name="complaints_told_once")]
        indexes = [models.Index(fields=["staff_id", "threat"], name="complaints_told_whom")]

    def __str__(self) -> str:
        return f"{self.staff_id} of threat {self.threat_id}"


class ThreatStep(models.Model):
    """What somebody did about it. Steps are added and never changed."""

    threat = models.ForeignKey(Threat, on_delete=models.CASCADE, related_name="steps")
    sort = models.CharField(max_length=10, choices=StepSort.choices)
    text = models.TextField()
    done_at = models.DateTimeField()
    recorded_by = models.PositiveBigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("done_at", "id")

    def __str__(self) -> str:
        return self.text[:80]


class ThreatEvidence(models.Model):
    threat = models.ForeignKey(Threat, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=200)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    added_by = models.PositiveBigIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "threat evidence"

    def __str__(self) -> str:
        return self.title


class ThreatSetting(models.Model):
    """For each kind: what to do for safety, in both languages, who is told, and after how many minutes again.

    Without names the team's supervisors and the chief service managers are told.
    """

    kind = models.CharField(max_length=10, choices=ThreatKind.choices, unique=True)
    zh = models.TextField()
    en = models.TextField()
    staff_ids = models.JSONField(default=list, blank=True)
    minutes = models.PositiveIntegerField(default=10)

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def subject(self) -> tuple[str, int]:
        return ("threat_setting", self.pk)

    def guidance(self, language: str) -> list[str]:
        """Line by line, in the wanted language, else in the other."""
        wanted, other = (self.en, self.zh) if language.startswith("en") else (self.zh, self.en)
        return [line.strip() for line in (wanted or other).splitlines() if line.strip()]
