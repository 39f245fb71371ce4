"""What happened: each party's account, and what proves it (CMP-2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.complaints.models.path import Complaint


class Party(models.TextChoices):
    CUSTOMER = "customer", pgettext_lazy("party", "The customer")
    OURS = "ours", pgettext_lazy("party", "Our side")
    PROVIDER = "provider", pgettext_lazy("party", "A provider")
    THIRD_PARTY = "third_party", pgettext_lazy("party", "A third party")
    WITNESS = "witness", pgettext_lazy("party", "A witness")


class EvidenceSort(models.TextChoices):
    PHOTO = "photo", _("Photo")
    RECORDING = "recording", _("Recording")
    LOG = "log", _("System log")
    INSPECTION = "inspection", _("Inspection")
    DOCUMENT = "document", _("Document")
    MESSAGE = "message", pgettext_lazy("evidence", "Message")


class Account(models.Model):
    """What one party says happened. `confirmed_at`: the customer was asked and says it is so."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="accounts")
    party = models.CharField(max_length=12, choices=Party.choices)
    who = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    recorded_by = models.PositiveBigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text[:80]


class Interest(models.Model):
    """A colleague said to have an interest of their own. Until it is lifted they don't look into the complaint."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="interests")
    staff_id = models.PositiveBigIntegerField()
    note = models.CharField(max_length=400, blank=True)
    declared_by = models.PositiveBigIntegerField(null=True, blank=True)
    declared_at = models.DateTimeField()
    lifted_by = models.PositiveBigIntegerField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_why = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["complaint", "staff_id"],
                condition=models.Q(lifted_at=None),
                name="complaints_one_interest",
            ),
        )

    def __str__(self) -> str:
        return self.note or str(self.staff_id)


class Evidence(models.Model):
    """Something that shows what happened. `party` is whose it is, `file` what was handed in."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="evidence")
    sort = models.CharField(max_length=12, choices=EvidenceSort.choices)
    party = models.CharField(max_length=12, choices=Party.choices)
    title = models.CharField(max_length=200)
    shows = models.TextField(blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField(null=True, blank=True)
    added_by = models.PositiveBigIntegerField(null=True, blank=True)
    added_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.title
