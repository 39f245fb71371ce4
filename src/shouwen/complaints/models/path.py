"""A complaint on its way: where it stands, what it weighs, how it was received and how it ends."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.kernel.references import reference


class Stage(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("stage", "Received")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("stage", "Acknowledged")
    FACTS = "facts", pgettext_lazy("stage", "Facts and evidence")
    NATURE = "nature", pgettext_lazy("stage", "Nature decided")
    EXPLAINED = "explained", pgettext_lazy("stage", "Explained")
    PROPOSED = "proposed", pgettext_lazy("stage", "Solution proposed")
    AGREED = "agreed", pgettext_lazy("stage", "Agreed")
    CARRIED_OUT = "carried_out", pgettext_lazy("stage", "Carried out")
    CONFIRMED = "confirmed", pgettext_lazy("stage", "Confirmed")
    REVIEWED = "reviewed", pgettext_lazy("stage", "Reviewed")


class State(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("complaint", "In work")
    CLOSED = "closed", pgettext_lazy("complaint", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("complaint", "Withdrawn")
    NO_COMPLAINT = "no_complaint", pgettext_lazy("complaint", "Not a complaint after all")


class Validity(models.TextChoices):
    VALID = "valid", _("Valid complaint")
    INVALID = "invalid", _("Invalid complaint")


class Demand(models.TextChoices):
    REASONABLE = "reasonable", pgettext_lazy("demand", "Reasonable")
    PARTLY = "partly", pgettext_lazy("demand", "Partly reasonable")
    NOT_NOW = "not_now", pgettext_lazy("demand", "Reasonable, but not possible now")
    UNREASONABLE = "unreasonable", pgettext_lazy("demand", "Unreasonable")


class Liability(models.TextChoices):
    OURS = "ours", _("Ours")
    CUSTOMER = "customer", _("The customer's")
    SHARED = "shared", _("Shared")
    THIRD_PARTY = "third_party", _("A third party's")
    NONE = "none", _("Nobody's")


class Cause(models.TextChoices):
    PRODUCT = "product", _("Product or material")
    DELIVERY = "delivery", _("Service carried out badly")
    DELAY = "delay", _("Too slow")
    PROMISE = "promise", _("Promise not kept")
    INFORMATION = "information", _("Said wrongly or not at all")
    ATTITUDE = "attitude", _("Manner and attitude")
    PRICE = "price", _("Price or invoice")
    POLICY = "policy", _("Our own rule")
    OUTSIDE = "outside", _("Outside cause")
    MISUNDERSTANDING = "misunderstanding", _("Misunderstanding")


LEVELS = ((1, _("small")), (2, _("middling")), (3, _("great")))


class Complaint(models.Model):
    """One complaint beside its case. The verdict of the newest finding is repeated here for lists and figures.

    `about_staff_id` is the colleague complained about, who decides nothing here. `due_at` is when the present
    stage should be passed. Amounts are minor units of the house's currency.

    Kept figures, which say what can be counted (`services.keeping` writes them, a test holds them against each other):
    customer_id  the customer of the case
    granted      what was granted in it and not released
    recovered    it had a recovery whose customer was asked whether it helped
    again        the customer complained again within 180 days after it was closed
    """

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.RECEIVED)
    stage_since = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    overdue_told_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    # receipt
    remedy_sought = models.TextField(blank=True)
    wanted_amount = models.BigIntegerField(null=True, blank=True)
    about_staff_id = models.PositiveBigIntegerField(null=True, blank=True)
    anonymous = models.BooleanField(default=False)
    happened_on = models.DateField(null=True, blank=True)
    received_by = models.PositiveBigIntegerField(null=True, blank=True)
    # acknowledgement
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_how = models.CharField(max_length=200, blank=True)
    # assessment
    severity = models.PositiveSmallIntegerField(null=True, blank=True)
    complexity = models.PositiveSmallIntegerField(null=True, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    safety = models.BooleanField(default=False)
    immediate = models.BooleanField(default=False)
    assessment_note = models.TextField(blank=True)
    assessed_at = models.DateTimeField(null=True, blank=True)
    assessed_by = models.PositiveBigIntegerField(null=True, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    urgent_settled_at = models.DateTimeField(null=True, blank=True)
    urgent_settled_note = models.TextField(blank=True)
    # investigation
    investigator_id = models.PositiveBigIntegerField(null=True, blank=True)
    investigator_since = models.DateTimeField(null=True, blank=True)
    interest_checked = models.CharField(max_length=400, blank=True)
    no_evidence_reason = models.TextField(blank=True)
    customer_asked_at = models.DateTimeField(null=True, blank=True)
    customer_asked_word = models.TextField(blank=True)
    # the verdict in force
    validity = models.CharField(max_length=8, choices=Validity.choices, blank=True)
    demand = models.CharField(max_length=12, choices=Demand.choices, blank=True)
    liability = models.CharField(max_length=12, choices=Liability.choices, blank=True)
    # the end
    performed_at = models.DateTimeField(null=True, blank=True)
    performed_note = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ways_named_at = models.DateTimeField(null=True, blank=True)
    ways_named = models.TextField(blank=True)
    cause = models.CharField(max_length=20, choices=Cause.choices, blank=True)
    cause_note = models.TextField(blank=True)
    lesson = models.TextField(blank=True)
    measure = models.TextField(blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    end_note = models.TextField(blank=True)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    # kept for the figures, so that none of them has to be looked up complaint by complaint
    customer_id = models.PositiveBigIntegerField(null=True, blank=True)
    granted = models.BigIntegerField(default=0)
    recovered = models.BooleanField(default=False)
    again = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["opened_at", "state", "validity", "liability", "cause", "granted", "customer_id"],
                name="complaints_figures",
            ),
            models.Index(fields=["customer_id", "opened_at"], name="complaints_of_customer"),
            models.Index(
                fields=["closed_at", "recovered", "again"],
                condition=Q(state="closed", validity="valid"),
                name="complaints_recoveries",
            ),
            models.Index(
                fields=["-opened_at", "-id"],
                condition=Q(state="closed", validity="valid", again=True),
                name="complaints_again",
            ),
            models.Index(
                fields=["-opened_at", "-id"],
                condition=Q(state="closed", validity="valid", recovered=True),
                name="complaints_helped",
            ),
            models.Index(fields=["-opened_at", "-id"], name="complaints_newest"),
            models.Index(fields=["state", "-opened_at", "-id"], name="complaints_state"),
            models.Index(
                fields=["stage", "-opened_at", "-id"], condition=Q(state="active"), name="complaints_stage"
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state="active", due_at__isnull=False),
                name="complaints_due",
            ),
            models.Index(fields=["liability", "-opened_at", "-id"], name="complaints_liability"),
            models.Index(
                fields=["investigator_id"],
                condition=Q(investigator_id__isnull=False),
                name="complaints_investigated",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=5), name="complaints_weight_1_to_5"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False), name="complaints_closed_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return reference(self.case_id)

    @property
    def subject(self) -> tuple[str, int]:
        return ("complaint", self.pk)

    @property
    def is_active(self) -> bool:
        return self.state == State.ACTIVE

    @property
    def is_urgent(self) -> bool:
        """Something must be done at once, and nobody has said that it was."""
        return (self.immediate or self.safety) and self.urgent_settled_at is None


class StageVisit(models.Model):
    """One time a complaint stood in a stage. Kept for the figures: `lasted`, from `entered_at` to `left_at` by the wall
    clock, and `left_before`, when the same complaint left the same stage the time before."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="visits")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    entered_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.PositiveBigIntegerField(null=True, blank=True)
    lasted = models.DurationField(null=True, blank=True)
    left_before = models.DateTimeField(null=True, blank=True)
    passed = models.BooleanField(default=False)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(
                fields=["left_at", "stage", "complaint", "lasted", "left_before"],
                name="complaints_visits_ended",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(left_at=None), name="complaints_one_open_visit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.stage}"


class StageSetting(models.Model):
    """How long a stage may take in working minutes, and which roles may pass it."""

    stage = models.CharField(max_length=12, choices=Stage.choices, unique=True)
    minutes = models.PositiveIntegerField()
    roles = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.stage

    @property
    def subject(self) -> tuple[str, int]:
        return ("complaint_stage", self.pk)
