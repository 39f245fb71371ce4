"""The case library: closed complaints told for colleagues to learn from, and what each answers to the questions (CMP-8)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.complaints.models.path import Cause, Complaint, Liability


class EntryState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("library", "Draft")
    PUBLISHED = "published", pgettext_lazy("library", "Published")


class Trigger(models.TextChoices):
    """What made it hard."""

    PASSED_ON = "passed_on", _("Passed from desk to desk")
    NO_AUTHORITY = "no_authority", _("Nobody could decide")
    PROMISE = "promise", _("A promise was broken")
    REPEATED = "repeated", _("It came back")
    ASKS_SUPERIOR = "asks_superior", _("The customer asked for a superior")
    THREAT = "threat", _("A threat was made")
    DANGER = "danger", _("People were in danger")
    OUTSIDE = "outside", _("An outside body came in")
    DEADLOCK = "deadlock", _("Deadlock")
    SEVERAL = "several", _("Many were affected")


class LibraryEntry(models.Model):
    """One case. `zh` and `en` hold its parts by name; one of the languages is enough.

    words   all search tokens, each between spaces
    marks   the telling tokens of title and background, for likeness
    """

    code = models.CharField(max_length=40, unique=True, null=True, blank=True)
    title_zh = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    zh = models.JSONField(default=dict, blank=True)
    en = models.JSONField(default=dict, blank=True)
    cause = models.CharField(max_length=20, choices=Cause.choices, blank=True)
    liability = models.CharField(max_length=12, choices=Liability.choices, blank=True)
    triggers = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.DRAFT)
    words = models.TextField(blank=True)
    marks = models.TextField(blank=True)
    source = models.OneToOneField(Complaint, null=True, on_delete=models.SET_NULL, related_name="+")
    looked_over_by = models.PositiveBigIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-id"], name="complaints_library")]

    def __str__(self) -> str:
        return self.title_zh or self.title_en

    @property
    def subject(self) -> tuple[str, int]:
        return ("library_entry", self.pk)

    @property
    def is_published(self) -> bool:
        return self.state == EntryState.PUBLISHED


class LibraryAnswer(models.Model):
    """What one colleague answers to one question, with the question as it was asked."""

    entry = models.ForeignKey(LibraryEntry, on_delete=models.CASCADE, related_name="answers")
    staff_id = models.PositiveBigIntegerField()
    number = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=1000)
    text = models.TextField()
    answered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["entry", "-id"], name="complaints_answers")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "staff_id", "number"], name="complaints_one_answer_each")
        ]

    def __str__(self) -> str:
        return self.text[:80]
