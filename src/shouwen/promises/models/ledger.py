"""The promise ledger: everything that was said to a customer with a time (PRO-1)."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from shouwen.promises.models.calendars import Calendar


class PromiseState(models.TextChoices):
    OPEN = "open", pgettext_lazy("promise", "Open")
    KEPT = "kept", pgettext_lazy("promise", "Kept")
    RENEGOTIATED = "renegotiated", pgettext_lazy("promise", "Renegotiated")
    BROKEN = "broken", pgettext_lazy("promise", "Broken")
    WITHDRAWN = "withdrawn", pgettext_lazy("promise", "Withdrawn")


class Promise(models.Model):
    """One promise. A renegotiated one stays as it was and the new one points back to it by `previous`.

    `owed` is True while the customer still waits for it: open, or broken and not delivered since.
    `look_at` is the next moment the tick has to look at it (half, most, due). `cause` is the coded
    reason of a broken one. `counted_seconds` on
    `calendar` is how the due time was reached when it was said as a length of working time ("within
    two working days"); then a new official notice may move it.
    """

    subject_kind = models.CharField(max_length=20)
    subject_id = models.PositiveBigIntegerField()
    customer_id = models.PositiveBigIntegerField(null=True, blank=True)
    text = models.CharField(max_length=400)
    work = models.CharField(max_length=12, default="other")
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    calendar = models.ForeignKey(Calendar, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    counted_seconds = models.PositiveIntegerField(null=True, blank=True)
    made_by = models.PositiveBigIntegerField(null=True, blank=True)
    deliver_by = models.PositiveBigIntegerField(null=True, blank=True)
    team_id = models.PositiveBigIntegerField(null=True, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    message_id = models.PositiveBigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=PromiseState.choices, default=PromiseState.OPEN)
    owed = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    cause = models.CharField(max_length=12, blank=True)
    previous = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewal"
    )
    told_message_id = models.PositiveBigIntegerField(null=True, blank=True)
    customer_told_at = models.DateTimeField(null=True, blank=True)
    half_at = models.DateTimeField()
    most_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True, blank=True)
    warned_half_at = models.DateTimeField(null=True, blank=True)
    warned_most_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_at", "id")
        indexes = (
            models.Index(
                fields=["look_at"], condition=Q(look_at__isnull=False), name="promises_promise_look"
            ),
            models.Index(fields=["state", "due_at", "id"], name="promises_state_due"),
            models.Index(fields=["subject_kind", "subject_id"], name="promises_subject"),
            models.Index(fields=["made_by", "due_at", "id"], name="promises_maker"),
            models.Index(fields=["deliver_by", "due_at", "id"], name="promises_deliverer"),
            models.Index(fields=["team_id", "due_at", "id"], name="promises_of_team"),
            models.Index(fields=["due_at", "id"], name="promises_due"),
            # What is owed is a small part of what was ever promised; boards and badges read it alone.
            models.Index(fields=["due_at", "id"], condition=Q(owed=True), name="promises_owed_all"),
            models.Index(
                fields=["deliver_by", "due_at"], condition=Q(owed=True), name="promises_owed_deliverer"
            ),
            models.Index(fields=["team_id", "due_at"], condition=Q(owed=True), name="promises_owed_team"),
            models.Index(fields=["customer_id"], name="promises_customer"),
            # All that the figures are counted from, so that no row has to be read for them.
            models.Index(
                fields=["settled_at", "state", "made_by", "team_id", "work", "cause", "deliver_by"],
                condition=Q(settled_at__isnull=False),
                name="promises_figures",
            ),
            models.Index(fields=["work", "state", "-id"], name="promises_work"),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def subject(self) -> tuple[str, int]:
        return (self.subject_kind, self.subject_id)

    @property
    def is_open(self) -> bool:
        return self.state == PromiseState.OPEN

    def is_overdue(self, at: datetime) -> bool:
        return self.owed and self.due_at <= at
