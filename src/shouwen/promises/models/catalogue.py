"""The service catalogue and its standards, as dated versions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy

from shouwen.promises.models.calendars import Calendar


def reads_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


class Bilingual:
    """Texts that may have an English version beside them: `covered` and `covered_en`."""

    def said(self, name: str) -> str:
        """The text in the language of whoever reads it; the Chinese one where nobody wrote the English."""
        own: str = getattr(self, name)
        return own if reads_chinese() else getattr(self, f"{name}_en") or own


class Tier(models.TextChoices):
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"


class ServiceItem(Bilingual, models.Model):
    """One entry of the catalogue: what, for whom, what it covers and what not, what it costs (PRO-6).

    `sends_notice`: the expectation notice goes to the customer by itself, once, before the service begins
    (PRO-5). `public`: it stands on the catalogue page that everybody can read.
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    description = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    for_whom = models.CharField(max_length=200, blank=True)
    for_whom_en = models.CharField(max_length=200, blank=True)
    price_note = models.CharField(max_length=200, blank=True)
    price_note_en = models.CharField(max_length=200, blank=True)
    covered = models.TextField(blank=True)
    covered_en = models.TextField(blank=True)
    not_covered = models.TextField(blank=True)
    not_covered_en = models.TextField(blank=True)
    evidence_needed = models.TextField(blank=True)
    evidence_needed_en = models.TextField(blank=True)
    expectation_notice = models.TextField(blank=True)
    expectation_notice_en = models.TextField(blank=True)
    sends_notice = models.BooleanField(default=False)
    public = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("-active", "name", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def local_name(self) -> str:
        return self.said("name")

    @property
    def subject(self) -> tuple[str, int]:
        return ("service_item", self.pk)


class ServiceStandard(models.Model):
    """One dated version of a standard. Empty fields hold for all; empty times come from the next less
    specific standard; no calendar means the default one. Times are open seconds."""

    item = models.ForeignKey(
        ServiceItem, null=True, blank=True, on_delete=models.PROTECT, related_name="standards"
    )
    case_kind = models.CharField(max_length=30, blank=True)
    tier = models.CharField(max_length=1, blank=True, choices=Tier.choices)
    channel = models.CharField(max_length=20, blank=True)
    first_reply_seconds = models.PositiveIntegerField(
        pgettext_lazy("clock", "First reply"), null=True, blank=True
    )
    next_reply_seconds = models.PositiveIntegerField(
        pgettext_lazy("clock", "Next reply"), null=True, blank=True
    )
    solution_seconds = models.PositiveIntegerField(pgettext_lazy("clock", "Solution"), null=True, blank=True)
    calendar = models.ForeignKey(
        Calendar, null=True, blank=True, on_delete=models.PROTECT, related_name="standards"
    )
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("item_id", "case_kind", "tier", "channel", "-valid_from")
        indexes = (
            models.Index(fields=["item", "case_kind", "tier", "channel"], name="promises_standard_about"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="promises_standard_forward",
            ),
            models.CheckConstraint(
                condition=Q(first_reply_seconds__gt=0)
                | Q(next_reply_seconds__gt=0)
                | Q(solution_seconds__gt=0),
                name="promises_standard_says_something",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id or '*'}/{self.case_kind or '*'}/{self.tier or '*'}/{self.channel or '*'}"

    @property
    def targets(self) -> tuple[tuple[str, int | None], ...]:
        return (
            ("first_reply", self.first_reply_seconds),
            ("next_reply", self.next_reply_seconds),
            ("solution", self.solution_seconds),
        )
