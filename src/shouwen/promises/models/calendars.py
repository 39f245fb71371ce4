"""Working calendars, official days, and the number that says when any of them changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Calendar(models.Model):
    """When we are open. `definition` is the JSON that `kernel.worktime` reads; `zone` repeats its zone."""

    name = models.CharField(max_length=80, unique=True)
    zone = models.CharField(max_length=64)
    definition = models.JSONField()
    default = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("-default", "name")
        constraints = (
            models.UniqueConstraint(
                fields=["default"], condition=Q(default=True), name="promises_one_default_calendar"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, int]:
        return ("calendar", self.pk)


class OfficialKind(models.TextChoices):
    HOLIDAY = "holiday", _("Holiday")
    WORKDAY = "workday", _("Make-up workday")


class OfficialDay(models.Model):
    """A day of an installed notice. The days of a year here stand in place of the packaged ones of
    that year."""

    country = models.CharField(max_length=2)
    date = models.DateField()
    kind = models.CharField(max_length=7, choices=OfficialKind.choices)
    name = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("date",)
        constraints = (
            models.UniqueConstraint(fields=["country", "date"], name="promises_official_day_once"),
        )

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.kind}"


class Edition(models.Model):
    """One row: counts up with every change of calendars, official days and standards, so that each process
    can tell with one cheap look whether what it keeps in memory still holds."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
