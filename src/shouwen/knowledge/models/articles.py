"""The question bank: articles, their versions and files, what readers say, what nobody answered yet."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.people.models import Staff
from shouwen.platform.files.models import StoredFile

LANGUAGES = ("zh-hans", "en")


class Audience(models.TextChoices):
    STAFF = "staff", _("Staff only")
    PUBLIC = "public", _("Customers too")


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class VersionState(models.TextChoices):
    KEPT = "kept", _("Kept")
    PROPOSED = "proposed", _("Proposed")
    DECLINED = "declined", _("Declined")


class Article(models.Model):
    """`title`, `body` and `keywords` are the live text; `version` is the number of the version they stand in."""

    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    keywords = models.CharField(max_length=300, blank=True)  # other words people ask with
    category = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    audience = models.CharField(max_length=6, choices=Audience.choices, default=Audience.STAFF)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    original = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="translations"
    )
    owner = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    review_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    views = models.PositiveIntegerField(default=0)
    helpful = models.PositiveIntegerField(default=0)
    unhelpful = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    retired_reason = models.CharField(max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = (
            models.Index(fields=["state", "-updated_at", "-id"], name="knowledge_by_state"),
            models.Index(fields=["state", "category", "-updated_at", "-id"], name="knowledge_by_category"),
            models.Index(
                fields=["owner", "review_on"], condition=Q(state="published"), name="knowledge_reviews"
            ),
            models.Index(fields=["review_on"], condition=Q(state="published"), name="knowledge_review_day"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="knowledge_article_language"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(review_on__isnull=False),
                name="knowledge_published_has_a_review_day",
            ),
            models.CheckConstraint(condition=~Q(original=F("id")), name="knowledge_not_its_own_original"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> tuple[str, int]:
        return ("article", int(self.pk))

    def overdue(self, on: date) -> bool:
        return self.state == State.PUBLISHED and self.review_on is not None and self.review_on <= on


class ArticleVersion(models.Model):
    """Every text that was saved. A proposed one waits for somebody who may publish."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    keywords = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=VersionState.choices, default=VersionState.KEPT)
    answer = models.CharField(max_length=200, blank=True)  # why a proposal was declined
    by_id = models.PositiveBigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["article", "number"], name="knowledge_version_number_once"),
        )
        indexes = (models.Index(fields=["at"], condition=Q(state="proposed"), name="knowledge_proposals"),)

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class ArticleVote(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="votes")
    user_id = models.PositiveBigIntegerField()
    helpful = models.BooleanField()
    missing = models.CharField(max_length=300, blank=True)  # what the reader did not find
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["article", "user_id"], name="knowledge_one_vote_a_reader"),
        )

    def __str__(self) -> str:
        return f"{'+' if self.helpful else '-'} {self.article_id}"


class VoteDay(models.Model):
    """What readers without an account said of an article on one day of the organisation's zone."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    helpful = models.PositiveIntegerField(default=0)
    unhelpful = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["day", "article"], name="knowledge_votes_of_a_day"),)

    def __str__(self) -> str:
        return f"{self.day} {self.article_id}"


class ArticleTerm(models.Model):
    """A word of an article with its weight: what suggestions are scored by.

    The search index answers "which articles hold all these words"; a customer's text holds a hundred
    words of which an article has five, and the question is which five count. Both databases answer this one.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="terms")
    term = models.CharField(max_length=64)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["term", "article"], name="knowledge_term_once"),)

    def __str__(self) -> str:
        return self.term


class ArticleFile(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["article", "file"], name="knowledge_file_once"),)

    def __str__(self) -> str:
        return str(self.file)


class ArticleUse(models.Model):
    """An article answered the business of a subject, e.g. ("case", 12)."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="uses")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["article", "subject_kind", "subject_id"], name="knowledge_article_use_once"
            ),
        )
        indexes = (models.Index(fields=["subject_kind", "subject_id"], name="knowledge_articles_used"),)

    def __str__(self) -> str:
        return f"{self.article_id} {self.subject_kind}:{self.subject_id}"


class SearchMiss(models.Model):
    """Words somebody looked for and found nothing; asked often enough they become a draft."""

    words = models.CharField(max_length=100)  # as typed last
    key = models.CharField(max_length=100, unique=True)  # folded, so that the same question is one row
    count = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_by = models.PositiveBigIntegerField(null=True, blank=True)
    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="misses"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["-count", "-last_at"], condition=Q(settled_at__isnull=True), name="knowledge_misses"
            ),
        )

    def __str__(self) -> str:
        return self.words
