"""What a service item covers and until when: warranty, and the statutory right to repair, exchange, return."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.promises.models.catalogue import Bilingual, ServiceItem


class CoverageSort(models.TextChoices):
    WARRANTY = "warranty", pgettext_lazy("coverage", "Warranty")
    RETURN = "return", pgettext_lazy("coverage", "Return")
    EXCHANGE = "exchange", pgettext_lazy("coverage", "Exchange")
    REPAIR = "repair", _("Free repair")


class SpanUnit(models.TextChoices):
    DAYS = "days", _("days")
    MONTHS = "months", _("months")


class CoverageRule(Bilingual, models.Model):
    """`span` in `unit` from the day of purchase. A warranty without a span is the asset's own; with one it is what
    holds where the asset has none of its own. `evidence` is what the customer must show."""

    item = models.ForeignKey(ServiceItem, on_delete=models.CASCADE, related_name="coverage")
    sort = models.CharField(max_length=8, choices=CoverageSort.choices)
    span = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=6, choices=SpanUnit.choices, default=SpanUnit.MONTHS)
    condition = models.CharField(max_length=300, blank=True)
    condition_en = models.CharField(max_length=300, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    evidence_en = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200, blank=True)
    source_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("item_id", "sort")
        constraints = (
            models.UniqueConstraint(fields=["item", "sort"], name="promises_coverage_once"),
            models.CheckConstraint(
                condition=Q(span__isnull=True) | Q(span__gt=0), name="promises_coverage_span"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.sort}"
