"""Two articles that answer the same become one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shouwen.kernel.errors import Invalid, Refused
from shouwen.knowledge import policies, queries
from shouwen.knowledge.events import ArticlesMerged
from shouwen.knowledge.models import Article, ArticleUse, ArticleVote, SearchMiss, State
from shouwen.knowledge.services.terms import write_terms
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus

LONGEST_KEYWORDS = 300


@transaction.atomic
def merge_articles(*, article_id: int, other_id: int, at: datetime, by: Actor) -> Article:
    """`other_id` is retired; its votes, views, uses, unanswered searches and the words it was found by go over.

    Its text and versions stay where they were: what is still needed of it is written into the one that stays.
    """
    if article_id == other_id:
        raise Invalid(_("An article cannot be merged with itself."), field="other")
    both = {pk: queries.locked(pk) for pk in sorted((article_id, other_id))}
    stays, goes = both[article_id], both[other_id]
    ensure(policies.may_publish, by, stays)
    if State.RETIRED in (stays.state, goes.state):
        raise Refused(_("A retired article cannot be merged."))
    if stays.language != goes.language:
        raise Invalid(_("Merge articles of one language; another language is a translation."), field="other")
    _take_over(stays, goes)
    goes.state, goes.merged_into, goes.updated_at = State.RETIRED, stays, at
    goes.retired_reason = (_("Merged with “%(title)s”.") % {"title": stays.title})[:200]
    goes.save(update_fields=["state", "merged_into", "updated_at", "retired_reason"])
    stays.updated_at = at
    stays.save(update_fields=["views", "helpful", "unhelpful", "keywords", "updated_at"])
    write_terms(goes)
    write_terms(stays)
    bus.announce(
        ArticlesMerged(article_id=stays.pk, merged_id=goes.pk, title=goes.title),
        subjects=[stays.subject, goes.subject],
        by=by,
        at=at,
    )
    return stays


def _take_over(stays: Article, goes: Article) -> None:
    voters = list(ArticleVote.objects.filter(article=stays).values_list("user_id", flat=True))
    twice = list(
        ArticleVote.objects.filter(article=goes, user_id__in=voters).values_list("helpful", flat=True)
    )
    stays.helpful += goes.helpful - sum(twice)
    stays.unhelpful += goes.unhelpful - (len(twice) - sum(twice))
    ArticleVote.objects.filter(article=goes).exclude(user_id__in=voters).update(article=stays)
    used = set(ArticleUse.objects.filter(article=stays).values_list("subject_kind", "subject_id"))
    ArticleUse.objects.bulk_create(
        ArticleUse(article=stays, subject_kind=each.subject_kind, subject_id=each.subject_id, at=each.at)
        for each in ArticleUse.objects.filter(article=goes)
        if (each.subject_kind, each.subject_id) not in used
    )
    SearchMiss.objects.filter(article=goes).update(article=stays)
    languages = Article.objects.filter(original=stays).values("language")
    Article.objects.filter(original=goes).exclude(language__in=languages).update(original=stays)
    stays.views += goes.views
    found_by = [*stays.keywords.split(), goes.title, *goes.keywords.split()]
    stays.keywords = " ".join(dict.fromkeys(found_by))[:LONGEST_KEYWORDS]
