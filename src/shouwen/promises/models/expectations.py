"""What a customer expects, and how it was set right before the service began (PRO-5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExpectationSort(models.TextChoices):
    REASONABLE = "reasonable", _("Reasonable")
    TOO_HIGH = "too_high", _("Too high")
    MISTAKEN = "mistaken", _("Mistaken")
    UNREASONABLE = "unreasonable", _("Unreasonable demand")


class Expectation(models.Model):
    """`managed` says how it was set right, `agreed` what was agreed, `levels` 1–5 per dimension."""

    subject_kind = models.CharField(max_length=20)
    subject_id = models.PositiveBigIntegerField()
    customer_id = models.PositiveBigIntegerField(null=True, blank=True)
    text = models.TextField()
    sort = models.CharField(max_length=12, choices=ExpectationSort.choices)
    managed = models.TextField(blank=True)
    agreed = models.TextField(blank=True)
    levels = models.JSONField(default=dict)
    recorded_by = models.PositiveBigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["subject_kind", "subject_id"], name="promises_expectation_about"),
            models.Index(fields=["customer_id"], name="promises_expectation_customer"),
        )

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def subject(self) -> tuple[str, int]:
        return (self.subject_kind, self.subject_id)
