"""Running deadlines and their pauses."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from shouwen.promises.models.calendars import Calendar
from shouwen.promises.models.catalogue import ServiceStandard


class ClockSort(models.TextChoices):
    FIRST_REPLY = "first_reply", pgettext_lazy("clock", "First reply")
    NEXT_REPLY = "next_reply", pgettext_lazy("clock", "Next reply")
    SOLUTION = "solution", pgettext_lazy("clock", "Solution")
    TASK = "task", pgettext_lazy("clock", "Task")


class ClockState(models.TextChoices):
    RUNNING = "running", pgettext_lazy("clock", "Running")
    PAUSED = "paused", pgettext_lazy("clock", "Paused")
    MET = "met", pgettext_lazy("clock", "Met")
    BREACHED = "breached", pgettext_lazy("clock", "Breached")
    STOPPED = "stopped", pgettext_lazy("clock", "Stopped")


class Clock(models.Model):
    """A deadline on a calendar. `look_at` is the next moment the tick has to look at it (warning, then due);
    empty when nothing is left to do for it.

    A new target or calendar in mid-case moves `counted_from` forward and keeps what was used before in
    `used_before` (open seconds), so that no time is lost or counted twice.
    """

    subject_kind = models.CharField(max_length=20)
    subject_id = models.PositiveBigIntegerField()
    sort = models.CharField(max_length=11, choices=ClockSort.choices)
    started_at = models.DateTimeField()
    counted_from = models.DateTimeField()
    used_before = models.PositiveIntegerField(default=0)
    target_seconds = models.PositiveIntegerField()
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="+")
    standard = models.ForeignKey(
        ServiceStandard, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    due_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=ClockState.choices, default=ClockState.RUNNING)
    settled_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_at", "id")
        indexes = (
            models.Index(fields=["state", "due_at"], name="promises_clock_due"),
            models.Index(fields=["look_at"], condition=Q(look_at__isnull=False), name="promises_clock_look"),
            models.Index(fields=["subject_kind", "subject_id"], name="promises_clock_subject"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "sort"],
                condition=Q(state__in=["running", "paused"]),
                name="promises_one_live_clock_per_sort",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.sort}"

    @property
    def subject(self) -> tuple[str, int]:
        return (self.subject_kind, self.subject_id)

    @property
    def is_live(self) -> bool:
        return self.state in (ClockState.RUNNING, ClockState.PAUSED)


class ClockPause(models.Model):
    """A time during which the clock stood, for instance while we waited for the customer."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="pauses")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("from_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["clock"], condition=Q(to_at__isnull=True), name="promises_one_open_pause"
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_at} – {self.to_at or ''}"
