"""The verdict, what it rests on, and how it is explained (CMP-3, CMP-4)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.complaints.models.path import Complaint, Demand, Liability, Validity


class BasisSort(models.TextChoices):
    LAW = "law", _("Law or regulation")
    CONTRACT = "contract", _("Contract clause")
    POLICY = "policy", _("Our own policy")
    STANDARD = "standard", _("Standard")


class Basis(models.Model):
    """An entry of the policy library, in our own words with its source; it holds from its first day to its last."""

    sort = models.CharField(max_length=12, choices=BasisSort.choices)
    title = models.CharField(max_length=160)
    source = models.CharField(max_length=200)
    clause = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    active = models.BooleanField(default=True)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("sort", "title", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="complaints_basis_forward",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.clause}".strip()

    @property
    def subject(self) -> tuple[str, int]:
        return ("basis", self.pk)


class Finding(models.Model):
    """One verdict. A later one takes its place and leaves it as it was."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="findings")
    validity = models.CharField(max_length=8, choices=Validity.choices)
    demand = models.CharField(max_length=12, choices=Demand.choices)
    liability = models.CharField(max_length=12, choices=Liability.choices)
    our_share = models.PositiveSmallIntegerField(default=0)
    reasons = models.TextField()
    decided_by = models.PositiveBigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(replaced_at=None), name="complaints_one_finding_in_force"
            ),
            models.CheckConstraint(condition=Q(our_share__lte=100), name="complaints_share_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.validity} {self.demand} {self.liability}"


class Ground(models.Model):
    """What one aspect of a finding rests on, with the words as they were that day."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="grounds")
    aspect = models.CharField(max_length=10)
    basis = models.ForeignKey(Basis, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=260)
    text = models.TextField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.aspect}: {self.title}"


class ExplanationSort(models.TextChoices):
    OURS = "ours", pgettext_lazy("explanation", "Ours: admit, apologise, mend")
    THEIRS_PROVEN = "theirs_proven", pgettext_lazy("explanation", "Theirs, with evidence: show it tactfully")
    THEIRS_UNPROVEN = (
        "theirs_unproven",
        pgettext_lazy("explanation", "Theirs, without evidence: look ahead"),
    )
    CANNOT_BE_MET = (
        "cannot_be_met",
        pgettext_lazy("explanation", "Cannot be met: empathy, the rule, other ways"),
    )


class ExplanationTemplate(models.Model):
    """How to say it, one per sort and language. {customer} {reference} {reasons} {bases} {agent} are filled in."""

    sort = models.CharField(max_length=16, choices=ExplanationSort.choices)
    language = models.CharField(max_length=8, default="zh-hans")
    text = models.TextField()
    hint = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["sort", "language"], name="complaints_explanation_once")
        ]

    def __str__(self) -> str:
        return f"{self.sort} {self.language}"

    @property
    def subject(self) -> tuple[str, int]:
        return ("explanation_template", self.pk)


class Explanation(models.Model):
    """What the customer was told about the verdict, and how."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="explanations")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="+")
    sort = models.CharField(max_length=16, choices=ExplanationSort.choices)
    text = models.TextField()
    how = models.CharField(max_length=20)
    message_id = models.PositiveBigIntegerField(null=True, blank=True)
    told_by = models.PositiveBigIntegerField(null=True, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.text[:80]
