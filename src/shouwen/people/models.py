"""Tables of people. A staff row shares its primary key with the user it belongs to."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Presence(models.TextChoices):
    ON_DUTY = "on_duty", _("On duty")
    BUSY = "busy", _("Busy")
    BREAK = "break", pgettext_lazy("presence", "On a break")
    OFFLINE = "offline", _("Offline")


class ProviderSort(models.TextChoices):
    IN_HOUSE = "in_house", _("In-house")
    THIRD_PARTY = "third_party", _("Third party")
    INDEPENDENT = "independent", _("Independent")


class Department(models.Model):
    name = models.CharField(max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """Agents who are offered the same contacts. `calendar_id` names a calendar of the floor above."""

    name = models.CharField(max_length=80, unique=True)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="teams"
    )
    calendar_id = models.PositiveBigIntegerField(null=True, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, int]:
        return ("team", self.pk)


class Skill(models.Model):
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Provider(models.Model):
    """An organisation whose people do work for us: our own house, a third party, an independent."""

    name = models.CharField(max_length=120, unique=True)
    sort = models.CharField(max_length=12, choices=ProviderSort.choices, default=ProviderSort.THIRD_PARTY)
    contract_until = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Staff(models.Model):
    user = models.OneToOneField("accounts.User", primary_key=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80, db_index=True)
    title = models.CharField(max_length=80, blank=True)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="staff"
    )
    teams = models.ManyToManyField(Team, through="Membership", related_name="staff")
    skills = models.ManyToManyField(Skill, through="StaffSkill", related_name="staff")
    provider = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="staff"
    )
    languages = models.JSONField(default=list)
    authority_level = models.PositiveSmallIntegerField(default=0)
    capacity = models.PositiveSmallIntegerField(default=12)
    presence = models.CharField(max_length=8, choices=Presence.choices, default=Presence.OFFLINE)
    presence_since = models.DateTimeField()
    presence_note = models.CharField(max_length=80, blank=True)
    photo = models.PositiveBigIntegerField(null=True, blank=True)
    limits = models.CharField(max_length=400, blank=True)
    hard_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    deputy = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    leave_from = models.DateField(null=True, blank=True)
    leave_until = models.DateField(null=True, blank=True)
    active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "staff"
        indexes = (models.Index(fields=["active", "presence"], name="people_staff_duty"),)
        constraints = (
            models.CheckConstraint(condition=Q(authority_level__lte=5), name="people_authority_0_to_5"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def id(self) -> int:
        return int(self.pk)

    @property
    def subject(self) -> tuple[str, int]:
        return ("staff", int(self.pk))

    @property
    def account(self) -> tuple[str, int]:
        """The same person as who signs in: what only they and an administrator read."""
        return ("login", int(self.pk))

    @property
    def is_free(self) -> bool:
        return self.active and self.presence == Presence.ON_DUTY

    def on_leave(self, day: date) -> bool:
        """Whether `day` lies within the leave noted for this person, both ends included."""
        return (
            self.leave_from is not None and self.leave_until is not None
            and self.leave_from <= day <= self.leave_until
        )  # fmt: skip


class Membership(models.Model):
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    lead = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["staff", "team"], name="people_once_in_a_team"),)

    def __str__(self) -> str:
        return f"{self.staff_id} in {self.team_id}"


class StaffSkill(models.Model):
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="skill_levels")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="holders")
    level = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["staff", "skill"], name="people_one_level_per_skill"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="people_skill_1_to_5"),
        )

    def __str__(self) -> str:
        return f"{self.skill_id}: {self.level}"


class HelpCall(models.Model):
    """A colleague reached a limit and asked for help. Asking is never counted against anybody.

    It may be about something, as ("case", 12). Withdrawn it has an end, and nobody who helped."""

    subject_kind = models.CharField(max_length=20, blank=True)
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="help_calls")
    words = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    helper = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["asked_at"], condition=Q(answered_at__isnull=True), name="people_help_waiting"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["staff"], condition=Q(answered_at__isnull=True), name="people_one_open_call"
            ),
        )

    def __str__(self) -> str:
        return self.words

    @property
    def about(self) -> tuple[str, int] | None:
        return (self.subject_kind, self.subject_id) if self.subject_id is not None else None
