"""How a case ends: we say what we did, the customer says whether that solved it and how it felt."""

from django.db import models
from django.db.models import Q

from shouwen.cases.models.case import Case


class Resolution(models.Model):
    """Our account of what was done. `close_at`: when silence closes the case as unconfirmed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="resolutions")
    summary = models.TextField()
    resolved_by = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField()
    close_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    message_id = models.PositiveBigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["close_at"], condition=Q(ended_at=None), name="cases_resolution_open")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="cases_one_open_resolution"
            )
        ]

    def __str__(self) -> str:
        return self.summary[:80]


class Confirmation(models.Model):
    """The customer's own word. `levels` are perceptions 1–5 per dimension; missing ones were not answered."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="confirmations")
    resolution = models.ForeignKey(Resolution, null=True, on_delete=models.PROTECT, related_name="+")
    solved = models.BooleanField()
    levels = models.JSONField(default=dict)
    word = models.CharField(max_length=2000, blank=True)
    given_by = models.CharField(max_length=20, default="customer")
    recorded_by = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.case_id}: {'solved' if self.solved else 'not yet'}"
