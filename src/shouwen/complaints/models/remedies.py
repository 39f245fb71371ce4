"""What is offered, who may grant it, and what it came to (CMP-5, ESC-2). Amounts are minor units."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.complaints.models.path import Complaint, Stage


class Remedy(models.TextChoices):
    REFUND = "refund", _("Refund")
    REPLACEMENT = "replacement", _("Replacement")
    WAIVER = "waiver", _("Waiver")
    COMPENSATION = "compensation", _("Compensation")
    APOLOGY = "apology", _("Apology")


class Acceptance(models.TextChoices):
    UNKNOWN = "unknown", pgettext_lazy("acceptance", "Not known")
    GUESSED = "guessed", pgettext_lazy("acceptance", "We think yes")
    SAID = "said", pgettext_lazy("acceptance", "The customer says yes")
    REFUSED = "refused", pgettext_lazy("acceptance", "The customer says no")


class Period(models.TextChoices):
    DAY = "day", pgettext_lazy("period", "a day")
    MONTH = "month", pgettext_lazy("period", "a month")


class Option(models.Model):
    """One way out, so that several can be held against each other.

    amount         what the customer is given, which authority is asked for
    effort         what carrying it out costs beside that
    gain_amount    what it is worth to the customer in money, as far as it can be said
    declined_cost  what it would cost us if nothing were agreed
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="options")
    remedy = models.CharField(max_length=12, choices=Remedy.choices)
    title = models.CharField(max_length=200)
    amount = models.BigIntegerField(default=0)
    effort = models.BigIntegerField(default=0)
    gain = models.TextField()
    gain_amount = models.BigIntegerField(default=0)
    worry = models.TextField(blank=True)
    if_declined = models.TextField(blank=True)
    declined_cost = models.BigIntegerField(default=0)
    acceptance = models.CharField(max_length=8, choices=Acceptance.choices, default=Acceptance.UNKNOWN)
    acceptance_note = models.CharField(max_length=400, blank=True)
    added_by = models.PositiveBigIntegerField(null=True, blank=True)
    added_at = models.DateTimeField()
    chosen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0, effort__gte=0, gain_amount__gte=0, declined_cost__gte=0),
                name="complaints_option_not_negative",
            ),
            models.UniqueConstraint(
                fields=["complaint"],
                condition=Q(chosen_at__isnull=False),
                name="complaints_one_option_chosen",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def cost(self) -> int:
        return self.amount + self.effort


class AuthorityLimit(models.Model):
    """One cell of the authority matrix: what a role may grant at once, and altogether in a period."""

    role = models.CharField(max_length=20)
    remedy = models.CharField(max_length=12, choices=Remedy.choices)
    each = models.BigIntegerField()
    together = models.BigIntegerField()
    period = models.CharField(max_length=5, choices=Period.choices, default=Period.MONTH)

    class Meta:
        ordering = ("remedy", "each", "role")
        constraints = [
            models.UniqueConstraint(fields=["role", "remedy"], name="complaints_one_limit_per_role"),
            models.CheckConstraint(
                condition=Q(each__gte=0, together__gte=0), name="complaints_limit_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.remedy} {self.each}"

    @property
    def subject(self) -> tuple[str, int]:
        return ("authority_limit", self.pk)


class ApprovalState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("approval", "Asked")
    GRANTED = "granted", pgettext_lazy("approval", "Granted")
    DECLINED = "declined", pgettext_lazy("approval", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("approval", "Withdrawn")


class Approval(models.Model):
    """A question to those with authority: about an option of a complaint, or within any other case by its `title`.
    `decided_at - asked_at` is the time to decision."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    complaint = models.ForeignKey(Complaint, null=True, on_delete=models.CASCADE, related_name="approvals")
    option = models.ForeignKey(Option, null=True, on_delete=models.CASCADE, related_name="approvals")
    title = models.CharField(max_length=200, blank=True)
    remedy = models.CharField(max_length=12, choices=Remedy.choices)
    amount = models.BigIntegerField()
    hands = models.PositiveSmallIntegerField(default=1)
    why = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=ApprovalState.choices, default=ApprovalState.ASKED)
    asked_by = models.PositiveBigIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["asked_at", "id"], condition=Q(state="asked"), name="complaints_asked"),
            models.Index(fields=["decided_at"], name="complaints_decided"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["option"],
                condition=Q(state__in=["asked", "granted"]),
                name="complaints_one_live_approval",
            ),
            models.UniqueConstraint(
                fields=["case", "remedy"],
                condition=Q(state="asked", complaint=None),
                name="complaints_asked_once_in_a_case",
            ),
            models.CheckConstraint(
                condition=Q(complaint=None, option=None) | Q(complaint__isnull=False, option__isnull=False),
                name="complaints_option_has_its_complaint",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.remedy} {self.amount}"

    @property
    def subject(self) -> tuple[str, int]:
        return ("approval", self.pk)


class Signature(models.Model):
    """One person's yes or no."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="signatures")
    by = models.PositiveBigIntegerField()
    yes = models.BooleanField()
    word = models.CharField(max_length=1000, blank=True)
    full = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["approval", "by"], name="complaints_signed_once")]

    def __str__(self) -> str:
        return f"{self.by}: {self.yes}"


class Grant(models.Model):
    """A line of the compensation ledger. It is never changed, only settled or released.

    `in_stage` is where its complaint stood when it was granted; empty where there is no complaint.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    complaint = models.ForeignKey(Complaint, null=True, on_delete=models.PROTECT, related_name="grants")
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="grant")
    remedy = models.CharField(max_length=12, choices=Remedy.choices)
    amount = models.BigIntegerField()
    granted_by = models.PositiveBigIntegerField()
    granted_at = models.DateTimeField()
    in_stage = models.CharField(max_length=12, choices=Stage.choices, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.PositiveBigIntegerField(null=True, blank=True)
    settled_ref = models.CharField(max_length=120, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_why = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("-granted_at", "-id")
        indexes = [
            models.Index(fields=["-granted_at", "-id"], name="complaints_ledger"),
            models.Index(fields=["remedy", "-granted_at", "-id"], name="complaints_ledger_remedy"),
            models.Index(
                fields=["-granted_at", "-id"],
                condition=Q(released_at__isnull=False),
                name="complaints_ledger_gone",
            ),
            models.Index(
                fields=["-granted_at", "-id"],
                condition=Q(settled_at=None, released_at=None),
                name="complaints_ledger_open",
            ),
            models.Index(fields=["granted_by", "remedy", "granted_at"], name="complaints_granted_by"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(released_at__isnull=True),
                name="complaints_settled_or_released",
            )
        ]

    def __str__(self) -> str:
        return f"{self.remedy} {self.amount}"


class Budget(models.Model):
    """What may be granted in a month, over everything."""

    month = models.DateField(unique=True)
    amount = models.BigIntegerField()

    class Meta:
        ordering = ("-month",)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.amount}"

    @property
    def subject(self) -> tuple[str, int]:
        return ("compensation_budget", self.pk)
