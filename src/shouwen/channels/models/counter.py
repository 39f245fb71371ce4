"""Tables of the service desk: halls, matters, counters, and the visits that wait and are served there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class VisitState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    CALLED = "called", _("Called")
    SERVING = "serving", _("Being served")
    DONE = "done", _("Served")
    NO_SHOW = "no_show", _("Did not come")


AT_A_COUNTER = (VisitState.CALLED, VisitState.SERVING)


class Hall(models.Model):
    """A hall with counters. `key` is in the address of its tablet and its screen; the team's calendar says
    when its days begin."""

    name = models.CharField(max_length=80, unique=True)
    key = models.CharField(max_length=40, unique=True)
    team_id = models.PositiveBigIntegerField(null=True, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def topic(self) -> str:
        return f"hall:{self.pk}"


class Matter(models.Model):
    """What visitors come for. `skill` is the code of the skill that serves it, "" for everybody."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="matters")
    letter = models.CharField(max_length=2)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    skill = models.CharField(max_length=40, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("letter",)
        constraints = [
            models.UniqueConstraint(
                fields=("hall", "letter"),
                name="channels_matter_letter_once",
                violation_error_message=_("This letter is taken by another matter."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def local_name(self) -> str:
        """In the language of whoever reads it."""
        return self.name if (get_language() or "zh").startswith("zh") else self.name_en or self.name


class Counter(models.Model):
    """A place in a hall where somebody serves; `staff_id` is who sits there now."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="counters")
    name = models.CharField(max_length=30)
    staff_id = models.PositiveBigIntegerField(null=True, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("hall", "name"), name="channels_counter_name_once"),
            models.UniqueConstraint(
                fields=("staff_id",), condition=Q(staff_id__isnull=False), name="channels_one_counter_each"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NumberRound(models.Model):
    """The last number of a matter on a day; each day begins with 1."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("matter", "day"), name="channels_round_once")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.day}: {self.last}"


class Visit(models.Model):
    """Somebody with a number.

    skill            who can serve it; that of the matter until it is passed on to another
    queued_at        the place in the queue: when the number was taken, kept when it is passed on
    shouted_at       when the number was called last; the screen shows the newest first
    wanted_staff_id  whom the visitor waits for; when that person is busy, the next free one is offered them
    first_staff_id   who served first, and so owns what comes of it (首问负责制)
    """

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveIntegerField()
    token = models.CharField(max_length=40, unique=True)
    phone = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=VisitState.choices, default=VisitState.WAITING)
    skill = models.CharField(max_length=40, blank=True)
    wanted_staff_id = models.PositiveBigIntegerField(null=True, blank=True)
    counter = models.ForeignKey(Counter, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    staff_id = models.PositiveBigIntegerField(null=True, blank=True)
    first_staff_id = models.PositiveBigIntegerField(null=True, blank=True)
    taken_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    shouted_at = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveSmallIntegerField(default=0)
    served_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    subject_kind = models.CharField(max_length=20, blank=True)
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("matter", "day", "number"), name="channels_visit_number_once"),
            models.UniqueConstraint(
                fields=("staff_id",), condition=Q(state__in=AT_A_COUNTER), name="channels_one_visitor_each"
            ),
        ]
        indexes = [
            models.Index(
                fields=("hall", "queued_at", "id"), condition=Q(state="waiting"), name="channels_visit_queue"
            ),
            models.Index(
                fields=("hall", "-shouted_at"),
                condition=Q(state__in=AT_A_COUNTER),
                name="channels_visit_now",
            ),
            models.Index(
                fields=("matter", "-ended_at"), condition=Q(state="done"), name="channels_visit_measured"
            ),
            models.Index(fields=("-taken_at", "-id"), name="channels_visit_newest"),
            models.Index(fields=("subject_kind", "subject_id"), name="channels_visit_subject"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number as it is called: A012."""
        return f"{self.matter.letter}{self.number:03}"

    @property
    def subject(self) -> tuple[str, int] | None:
        return (self.subject_kind, self.subject_id) if self.subject_id else None
