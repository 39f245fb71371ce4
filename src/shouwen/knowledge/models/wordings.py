"""How we say it: templates, official wordings, words to avoid, and how replies fared in the check."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.people.models import Team


class TemplateSort(models.TextChoices):
    GREETING = "greeting", _("Greeting")
    REPLY = "reply", _("Reply")
    CLOSING = "closing", _("Closing")
    THANKS = "thanks", _("Thanks")
    NOTE = "note", _("Note")


class Template(models.Model):
    """Ready text with gaps ({{customer_name}} …). Empty `channel` or `language`: any; no team: for all."""

    name = models.CharField(max_length=80)
    spelling = models.CharField(max_length=200, blank=True)  # of the name, for who types pinyin
    sort = models.CharField(max_length=8, choices=TemplateSort.choices, default=TemplateSort.REPLY)
    body = models.TextField()
    language = models.CharField(max_length=10, default="zh-hans")
    channel = models.CharField(max_length=16, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    active = models.BooleanField(default=True)
    uses = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["name", "language"], condition=Q(active=True), name="knowledge_template_name_once"
            ),
        )
        indexes = (models.Index(fields=["active", "-uses"], name="knowledge_templates_used"),)

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, int]:
        return ("template", int(self.pk))


class Wording(models.Model):
    """The one official way to say one thing, from a day to a day (both included)."""

    topic = models.CharField(max_length=120)
    text = models.TextField()
    keywords = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )
    by_name = models.CharField(max_length=80, blank=True)
    stated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="knowledge_wording_ends_after_it_begins",
            ),
        )
        indexes = (models.Index(fields=["topic", "language", "-valid_from"], name="knowledge_wording_topic"),)

    def __str__(self) -> str:
        return self.topic

    @property
    def subject(self) -> tuple[str, int]:
        return ("wording", int(self.pk))

    def standing(self, on: date) -> str:
        """ "coming", "valid" or "past" on a day."""
        if on < self.valid_from:
            return "coming"
        return "past" if self.valid_to is not None and on > self.valid_to else "valid"


class WordingUse(models.Model):
    """A wording was said to a customer in the business of a subject, e.g. ("case", 12)."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="uses")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["wording", "subject_kind", "subject_id"], name="knowledge_wording_use_once"
            ),
        )
        indexes = (models.Index(fields=["subject_kind", "subject_id"], name="knowledge_wordings_used"),)

    def __str__(self) -> str:
        return f"{self.wording_id} {self.subject_kind}:{self.subject_id}"


class PhraseSort(models.TextChoices):
    TABOO = "taboo", _("Not to be said")
    BLAME = "blame", _("Puts the blame on the customer")
    ALLOWED = "allowed", _("May be said here")


class TabooPhrase(models.Model):
    """An organisation's own phrase on top of the built-in ones; `allowed` silences a built-in remark."""

    phrase = models.CharField(max_length=80)
    sort = models.CharField(max_length=8, choices=PhraseSort.choices, default=PhraseSort.TABOO)
    reason = models.CharField(max_length=200, blank=True)
    better = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["phrase"], name="knowledge_phrase_once"),)

    def __str__(self) -> str:
        return self.phrase


class JargonTerm(models.Model):
    term = models.CharField(max_length=40)
    better = models.CharField(max_length=120)
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["term"], name="knowledge_term_of_ours_once"),)

    def __str__(self) -> str:
        return self.term


class ListVersion(models.Model):
    """A new random stamp at every change of a list: what processes compare their copy by.

    Random and not counted up, so that a change which was rolled back never looks like the next one.
    """

    name = models.CharField(max_length=20, primary_key=True)
    stamp = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.name


class CheckTally(models.Model):
    """Sent replies of a day by person and team: `sort` "" counts replies, any other the remarks still in them."""

    day = models.DateField()
    staff_id = models.PositiveBigIntegerField()
    team_id = models.PositiveBigIntegerField(default=0)
    """The team of the request when the reply was sent; 0 for none."""
    sort = models.CharField(max_length=16, blank=True)
    found = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["day", "staff_id", "team_id", "sort"], name="knowledge_tally_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.staff_id} {self.sort}"
