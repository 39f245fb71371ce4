"""Tables of the telephone: systems that report calls, lines, extensions of staff, calls and their events."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CallState(models.TextChoices):
    RINGING = "ringing", _("Ringing")
    TALKING = "talking", _("Talking")
    HELD = "held", _("On hold")
    ENDED = "ended", _("Ended")


class CallDirection(models.TextChoices):
    INCOMING = "incoming", _("Incoming")
    OUTGOING = "outgoing", _("Outgoing")


class PhoneSystem(models.Model):
    """A telephone system that reports calls to /hooks/phone/<key>/, signed with the sealed `secret`."""

    name = models.CharField(max_length=80)
    key = models.CharField(max_length=40, unique=True)
    secret = models.CharField(max_length=400)
    dial = models.CharField(max_length=200, default="tel:{number}")
    active = models.BooleanField(default=True)
    last_event_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        """By what its refused requests are found."""
        return f"phone:{self.pk}"


class Line(models.Model):
    """A number that customers dial. Who does not get through is called back within `call_back_minutes` of the
    team's working time; 0 promises nothing."""

    number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    team_id = models.PositiveBigIntegerField(null=True, blank=True)
    call_back_minutes = models.PositiveIntegerField(default=60)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Extension(models.Model):
    """The telephone on somebody's desk."""

    number = models.CharField(max_length=20, unique=True)
    staff_id = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return self.number


class Call(models.Model):
    """One call, as its events tell it; all figures are computed from them again with each.

    staff_ids    whose extensions ring, or who is talking; `staff_id` is who answered last
    wait         seconds from the first ring to the answer (to the end of a missed call)
    missed       incoming, ended, answered by nobody; `called_back_at` is when somebody reached the caller
    promise_id   of the call-back, in the ledger of promises; `subject` is the case
    merges       whose it was before customers were merged: [[merge, customer], …]
    permitted    what the caller agreed to, with the time: {"hold": "…", "transfer": "…"}
    """

    system = models.ForeignKey(PhoneSystem, on_delete=models.PROTECT, related_name="calls")
    external_id = models.CharField(max_length=120)
    direction = models.CharField(max_length=8, choices=CallDirection.choices, default=CallDirection.INCOMING)
    number = models.CharField(max_length=40, blank=True)
    line = models.ForeignKey(Line, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    customer_id = models.PositiveBigIntegerField(null=True, blank=True)
    staff_id = models.PositiveBigIntegerField(null=True, blank=True)
    staff_ids = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=CallState.choices, default=CallState.RINGING)
    started_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    wait = models.PositiveIntegerField(default=0)
    talk = models.PositiveIntegerField(default=0)
    hold = models.PositiveIntegerField(default=0)
    transferred_to = models.CharField(max_length=40, blank=True)
    recording = models.URLField(max_length=500, blank=True)
    permitted = models.JSONField(default=dict)
    missed = models.BooleanField(default=False)
    tries = models.PositiveIntegerField(default=0)
    called_back_at = models.DateTimeField(null=True, blank=True)
    promise_id = models.PositiveBigIntegerField(null=True, blank=True)
    subject_kind = models.CharField(max_length=20, blank=True)
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    message_id = models.PositiveBigIntegerField(null=True, blank=True)
    merges = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("system", "external_id"), name="channels_call_once"),
            models.CheckConstraint(
                condition=Q(missed=False) | Q(answered_at=None), name="channels_missed_is_unanswered"
            ),
        ]
        indexes = [
            models.Index(fields=("-started_at", "-id"), name="channels_call_newest"),
            models.Index(fields=("customer_id", "-started_at"), name="channels_call_customer"),
            models.Index(fields=("subject_kind", "subject_id"), name="channels_call_subject"),
            models.Index(fields=("staff_id", "-started_at", "-id"), name="channels_call_staff"),
            models.Index(
                fields=("started_at",), condition=Q(ended_at__isnull=True), name="channels_call_live"
            ),
            models.Index(
                fields=("number", "-id"),
                condition=Q(missed=True, called_back_at__isnull=True),
                name="channels_call_owed",
            ),
            models.Index(
                fields=("-started_at", "-id"),
                condition=Q(missed=True, called_back_at__isnull=True),
                name="channels_call_missed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.number} {self.state}"

    @property
    def subject(self) -> tuple[str, int] | None:
        return (self.subject_kind, self.subject_id) if self.subject_id else None

    @property
    def held_unasked(self) -> bool:
        """On hold, and nobody wrote down that the caller agreed."""
        return bool(self.hold) and "hold" not in self.permitted

    @property
    def passed_on_unasked(self) -> bool:
        return bool(self.transferred_to) and "transfer" not in self.permitted


class CallEvent(models.Model):
    """What a telephone system reported, as it came. `event_id` is the system's own: the same twice is one."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="events")
    event_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    extension = models.CharField(max_length=20, blank=True)
    to = models.CharField(max_length=40, blank=True)
    url = models.URLField(max_length=500, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("call", "event_id"), name="channels_call_event_once")]

    def __str__(self) -> str:
        return f"{self.kind} of call {self.call_id}"
