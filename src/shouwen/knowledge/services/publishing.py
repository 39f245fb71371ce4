"""What goes live, stays right, and goes again."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, Refused
from shouwen.knowledge import policies, queries
from shouwen.knowledge.events import (
    ArticleBroughtBack,
    ArticleChanged,
    ArticlePublished,
    ArticleRetired,
    ArticleReviewed,
    ChangeDeclined,
)
from shouwen.knowledge.models import Article, ArticleMerge, ArticleVersion, State, VersionState
from shouwen.knowledge.rules import keeping
from shouwen.knowledge.services.terms import write_terms
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus


@transaction.atomic
def publish(*, article_id: int, at: datetime, by: Actor) -> Article:
    """A draft goes live: it has a text, an owner, and a day on which it is looked at again."""
    article = queries.locked(article_id)
    ensure(policies.may_publish, by, article)
    if article.state != State.DRAFT:
        raise Refused(_("Only a draft can be published."))
    keeping.check_publishable(
        body=article.body,
        owner_id=article.owner_id,
        review_on=article.review_on,
        today=timezone.localdate(at),
    )
    article.state, article.published_at, article.updated_at = State.PUBLISHED, at, at
    article.save(update_fields=["state", "published_at", "updated_at"])
    bus.announce(
        ArticlePublished(article_id=article.pk, version=article.version, title=article.title),
        subjects=[article.subject],
        by=by,
        at=at,
    )
    return article


@transaction.atomic
def accept_change(*, article_id: int, number: int, at: datetime, by: Actor) -> Article:
    """A proposed text becomes the live one."""
    article = queries.locked(article_id)
    ensure(policies.may_publish, by, article)
    proposed = _proposal(article, number)
    article.title, article.body, article.keywords = proposed.title, proposed.body, proposed.keywords
    article.version, article.updated_at = proposed.number, at
    article.save(update_fields=["title", "body", "keywords", "version", "updated_at"])
    proposed.state = VersionState.KEPT
    proposed.save(update_fields=["state"])
    write_terms(article)
    bus.announce(
        ArticleChanged(article_id=article.pk, version=number, note=proposed.note),
        subjects=[article.subject],
        by=by,
        at=at,
    )
    return article


@transaction.atomic
def decline_change(*, article_id: int, number: int, reason: str, at: datetime, by: Actor) -> ArticleVersion:
    article = queries.locked(article_id)
    ensure(policies.may_publish, by, article)
    proposed = _proposal(article, number)
    proposed.state, proposed.answer = VersionState.DECLINED, _reason(reason)
    proposed.save(update_fields=["state", "answer"])
    bus.announce(
        ChangeDeclined(article_id=article.pk, version=number, reason=proposed.answer),
        subjects=[article.subject],
        by=by,
        at=at,
    )
    return proposed


@transaction.atomic
def review(*, article_id: int, review_on: date | None, at: datetime, by: Actor) -> Article:
    """Somebody looked: it is still right, until the next day of looking."""
    article = queries.locked(article_id)
    ensure(policies.may_review, by, article)
    if article.state != State.PUBLISHED:
        raise Refused(_("Only a published article is reviewed."))
    keeping.check_review_day(review_on, timezone.localdate(at))
    before = {"review_on": str(article.review_on)}
    article.review_on = review_on
    article.save(update_fields=["review_on"])
    bus.announce(
        ArticleReviewed(article_id=article.pk, review_on=str(review_on)),
        subjects=[article.subject],
        by=by,
        at=at,
        before=before,
        after={"review_on": str(review_on)},
    )
    return article


@transaction.atomic
def retire(*, article_id: int, reason: str, at: datetime, by: Actor) -> Article:
    """No longer right or needed: it is found no more, and its history stays."""
    article = queries.locked(article_id)
    ensure(policies.may_publish, by, article)
    if article.state == State.RETIRED:
        raise Refused(_("This article is retired already."))
    article.state, article.retired_reason, article.updated_at = State.RETIRED, _reason(reason), at
    article.save(update_fields=["state", "retired_reason", "updated_at"])
    write_terms(article)
    bus.announce(
        ArticleRetired(article_id=article.pk, reason=article.retired_reason),
        subjects=[article.subject],
        by=by,
        at=at,
    )
    return article


@transaction.atomic
def bring_back(*, article_id: int, at: datetime, by: Actor) -> Article:
    """A retired article becomes a draft again. What a merge took from it stays; to undo that, undo the merge."""
    article = queries.locked(article_id)
    ensure(policies.may_publish, by, article)
    if article.state != State.RETIRED:
        raise Refused(_("This article is not retired."))
    article.state, article.retired_reason, article.updated_at = State.DRAFT, "", at
    article.merged_into = None
    left = ArticleMerge.objects.filter(goes=article, undone_at__isnull=True, left_at__isnull=True)
    left.update(left_at=at)
    article.save(update_fields=["state", "retired_reason", "updated_at", "merged_into"])
    write_terms(article)
    bus.announce(ArticleBroughtBack(article_id=article.pk), subjects=[article.subject], by=by, at=at)
    return article


def _proposal(article: Article, number: int) -> ArticleVersion:
    found = queries.version(article.pk, number)
    if found.state != VersionState.PROPOSED:
        raise Refused(_("This change has been decided already."))
    return found


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Say why, in a few words."), field="reason")
    return reason.strip()[:200]
