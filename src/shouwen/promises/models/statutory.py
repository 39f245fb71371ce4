"""Time limits that a law or a regulator sets: their templates as dated versions, and the running ones."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TermUnit(models.TextChoices):
    CALENDAR_DAYS = "calendar_days", _("Calendar days")
    WORKING_DAYS = "working_days", _("Working days")
    WEEKS = "weeks", _("Weeks")


class StatutoryTemplate(models.Model):
    """One dated version of a time limit. What it says is data: an installation puts in a newer rule itself.

    `extensions` lists in their order what may be added: [{"count": 15, "why": "…"}]. Days count from the day
    after receipt; the limit ends at `ends_at` (minutes of the local day, 1440 its end). `rolls` moves a last
    day that is a day off to the next working day.
    """

    code = models.SlugField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    authority = models.CharField(max_length=80)
    count = models.PositiveIntegerField()
    unit = models.CharField(max_length=13, choices=TermUnit.choices)
    country = models.CharField(max_length=2)
    zone = models.CharField(max_length=64)
    ends_at = models.PositiveIntegerField(default=1440)
    rolls = models.BooleanField(default=False)
    extensions = models.JSONField(default=list)
    source = models.CharField(max_length=300)
    source_version = models.CharField(max_length=120, blank=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("authority", "code", "-version")
        constraints = (
            models.UniqueConstraint(fields=["code", "version"], name="promises_statutory_version_once"),
            models.CheckConstraint(condition=Q(count__gt=0), name="promises_statutory_counts"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="promises_statutory_forward",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    @property
    def subject(self) -> tuple[str, int]:
        return ("statutory_template", self.pk)


class StatutoryState(models.TextChoices):
    RUNNING = "running", pgettext_lazy("clock", "Running")
    MET = "met", pgettext_lazy("clock", "Met")
    BREACHED = "breached", pgettext_lazy("clock", "Breached")
    STOPPED = "stopped", pgettext_lazy("clock", "Stopped")


class StatutoryClock(models.Model):
    """A time limit that runs for a subject, by the version in force when it was received."""

    subject_kind = models.CharField(max_length=20)
    subject_id = models.PositiveBigIntegerField()
    template = models.ForeignKey(StatutoryTemplate, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=StatutoryState.choices, default=StatutoryState.RUNNING)
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("due_at", "id")
        indexes = (
            models.Index(
                fields=["look_at"], condition=Q(look_at__isnull=False), name="promises_statutory_look"
            ),
            models.Index(fields=["subject_kind", "subject_id"], name="promises_statutory_subject"),
            models.Index(fields=["state", "due_at", "id"], name="promises_statutory_due"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "code"],
                condition=Q(settled_at__isnull=True),
                name="promises_one_live_statutory",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.code}"

    @property
    def subject(self) -> tuple[str, int]:
        return (self.subject_kind, self.subject_id)


class StatutoryExtension(models.Model):
    """More time, as the law allows it: which step, why, by whom."""

    clock = models.ForeignKey(StatutoryClock, on_delete=models.CASCADE, related_name="extensions")
    count = models.PositiveIntegerField()
    why = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=400)
    extended_by = models.PositiveBigIntegerField(null=True, blank=True)
    extended_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"+{self.count}"
