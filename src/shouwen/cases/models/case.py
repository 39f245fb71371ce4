"""The case itself. What lists show stands in the row, so that a list is one indexed read."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.references import reference


class State(models.TextChoices):
    NEW = "new", _("New")
    OPEN = "open", _("In work")
    WAITING = "waiting", _("Waiting for the customer")
    RESOLVED = "resolved", _("Resolved, to be confirmed")
    CONFIRMED = "confirmed", _("Confirmed by the customer")
    CLOSED_UNCONFIRMED = "unconfirmed", _("Closed without confirmation")
    MERGED = "merged", _("Merged")


class Awaiting(models.TextChoices):
    US = "us", _("Our answer")
    CUSTOMER = "customer", _("The customer's answer")
    NOBODY = "nobody", _("Nobody")


ACTIVE = (State.NEW, State.OPEN, State.WAITING)
CLOSED = (State.CONFIRMED, State.CLOSED_UNCONFIRMED, State.MERGED)
_active = Q(active=True)


class Case(models.Model):
    """One thing a customer wants from us.

    `active` repeats "new, open or waiting" so that partial indexes can hold the lists people work in.
    `due_at`/`due_sort` is the nearest of the running clocks and open promises; `last_*` is the newest
    thing said; `awaiting_since` since when it is the turn of whom `awaiting` says. `first_asked`
    is who was asked first; `owner` is answerable now.
    """

    subject_line = models.CharField(max_length=300)
    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=20)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    active = models.BooleanField(default=True)
    awaiting = models.CharField(max_length=10, choices=Awaiting.choices, default=Awaiting.US)
    awaiting_since = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(
        "people.Staff", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    owned_since = models.DateTimeField(null=True, blank=True)
    first_asked = models.ForeignKey(
        "people.Staff", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    team = models.ForeignKey(
        "people.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    service_item = models.ForeignKey(
        "promises.ServiceItem",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    asset = models.ForeignKey(
        "customers.Asset", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    impact = models.PositiveSmallIntegerField(default=2)
    urgency = models.PositiveSmallIntegerField(default=2)
    priority = models.PositiveSmallIntegerField(default=3)
    tier = models.CharField(max_length=1, default="C")
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_words = models.CharField(max_length=200, blank=True)
    last_direction = models.CharField(max_length=8, default="inbound")
    last_author = models.CharField(max_length=80, blank=True)
    message_count = models.PositiveIntegerField(default=0)
    first_replied_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    due_sort = models.CharField(max_length=12, blank=True)
    handoff_count = models.PositiveSmallIntegerField(default=0)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    escalation_level = models.PositiveSmallIntegerField(default=0)
    emotion = models.CharField(max_length=8, default="calm")
    resolved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    tags = models.JSONField(default=list)
    fields = models.JSONField(default=dict)
    restricted = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    first_message_id: int | None = None  # known only to who has just opened it

    class Meta:
        indexes = [
            models.Index(fields=["-last_at", "-id"], name="cases_newest"),
            models.Index(fields=["-opened_at", "-id"], name="cases_opened"),
            models.Index(fields=["-last_at", "-id"], condition=_active, name="cases_active"),
            models.Index(fields=["owner", "-last_at", "-id"], condition=_active, name="cases_mine"),
            models.Index(
                fields=["team", "-last_at", "-id"], condition=_active & Q(owner=None), name="cases_unowned"
            ),
            models.Index(
                fields=["due_at", "id"], condition=_active & Q(due_at__isnull=False), name="cases_due"
            ),
            models.Index(
                fields=["-last_at", "-id"],
                condition=_active & Q(escalation_level__gt=0),
                name="cases_escalated",
            ),
            models.Index(
                fields=["owner", "-last_at", "-id"], condition=Q(state="resolved"), name="cases_resolved"
            ),
            models.Index(
                fields=["awaiting", "awaiting_since", "id"], condition=_active, name="cases_awaiting"
            ),
            models.Index(
                fields=["resolved_at", "id"], condition=Q(state="resolved"), name="cases_resolved_at"
            ),
            models.Index(fields=["kind", "-last_at", "-id"], name="cases_kind"),
            models.Index(fields=["customer", "-last_at", "-id"], name="cases_customer"),
            models.Index(
                fields=["snoozed_until"], condition=Q(snoozed_until__isnull=False), name="cases_snoozed"
            ),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="cases_merged"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(priority__gte=1, priority__lte=4), name="cases_priority_1_to_4"
            ),
            models.CheckConstraint(
                condition=Q(active=True, state__in=ACTIVE) | Q(active=False) & ~Q(state__in=ACTIVE),
                name="cases_active_says_the_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(closed_at__isnull=False),
                name="cases_confirmed_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.subject_line}"

    @property
    def reference(self) -> str:
        return reference(self.pk)

    @property
    def subject(self) -> tuple[str, int]:
        return ("case", self.pk)

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED

    def now_awaits(self, whom: str, at: datetime) -> None:
        """Whose turn it is; since when stays as it was while it is the same one's."""
        if self.awaiting != whom or self.awaiting_since is None:
            self.awaiting, self.awaiting_since = whom, at

    def set_state(self, state: str) -> None:
        """Change the state and what repeats it."""
        self.state = state
        self.active = state in ACTIVE
