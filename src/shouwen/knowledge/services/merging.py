"""Two articles that answer the same become one, and come apart again when that was a mistake."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shouwen.kernel.errors import Invalid, Refused
from shouwen.knowledge import policies, queries
from shouwen.knowledge.events import ArticleMergeUndone, ArticlesMerged
from shouwen.knowledge.models import Article, ArticleMerge, ArticleUse, ArticleVote, SearchMiss, State
from shouwen.knowledge.rules import merging as rules
from shouwen.knowledge.services.terms import write_terms
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus

COUNTED = ["views", "helpful", "unhelpful", "keywords", "updated_at"]


@transaction.atomic
def merge_articles(*, article_id: int, other_id: int, at: datetime, by: Actor) -> Article:
    """`other_id` is retired; its votes, views, uses, unanswered searches and the words it was found by go over.

    Its text and versions stay where they were: what is still needed of it is written into the one that stays.
    What moved is written down, so that it can be undone.
    """
    if article_id == other_id:
        raise Invalid(_("An article cannot be merged with itself."), field="other")
    both = _both(article_id, other_id)
    stays, goes = both[article_id], both[other_id]
    ensure(policies.may_publish, by, stays)
    if State.RETIRED in (stays.state, goes.state):
        raise Refused(_("A retired article cannot be merged."))
    if stays.language != goes.language:
        raise Invalid(_("Merge articles of one language; another language is a translation."), field="other")
    moved = _take_over(stays, goes)
    moved["state"] = goes.state
    goes.state, goes.merged_into, goes.updated_at = State.RETIRED, stays, at
    goes.retired_reason = (_("Merged with “%(title)s”.") % {"title": stays.title})[:200]
    goes.save(update_fields=["state", "merged_into", "updated_at", "retired_reason"])
    stays.updated_at = at
    stays.save(update_fields=COUNTED)
    ArticleMerge.objects.create(
        stays=stays, goes=goes, moved=moved, at=at, by_id=by.user_id, by_name=by.name[:80]
    )
    write_terms(goes)
    write_terms(stays)
    bus.announce(
        ArticlesMerged(article_id=stays.pk, merged_id=goes.pk, title=goes.title),
        subjects=[stays.subject, goes.subject],
        by=by,
        at=at,
    )
    return stays


@transaction.atomic
def undo_merge(*, merge_id: int, at: datetime, by: Actor) -> ArticleMerge:
    """Give back what moved and is still there; what readers did since then stays where they did it."""
    seen = queries.merge(merge_id)
    both = _both(seen.stays_id, seen.goes_id)
    made, stays, goes = queries.locked_merge(merge_id), both[seen.stays_id], both[seen.goes_id]
    ensure(policies.may_publish, by, stays, goes)
    if made.undone_at is not None:
        raise Refused(_("This merge has been undone already."))
    if made.left_at is not None:
        raise Refused(_("The other article has been brought back by itself since; nothing is left to undo."))
    if stays.merged_into_id is not None:
        raise Refused(_("This article has been merged into another since; undo that first."))
    _give_back(stays, goes, made.moved)
    goes.state, goes.merged_into, goes.retired_reason, goes.updated_at = made.moved["state"], None, "", at
    goes.save(update_fields=["state", "merged_into", "retired_reason", "updated_at", "helpful", "unhelpful"])
    stays.updated_at = at
    stays.save(update_fields=COUNTED)
    made.undone_at = at
    made.save(update_fields=["undone_at"])
    write_terms(goes)
    write_terms(stays)
    bus.announce(
        ArticleMergeUndone(article_id=stays.pk, merged_id=goes.pk, title=goes.title),
        subjects=[stays.subject, goes.subject],
        by=by,
        at=at,
    )
    return made


def _both(first_id: int, second_id: int) -> dict[int, Article]:
    """Always locked in this order: two merges cannot deadlock."""
    return {pk: queries.locked(pk) for pk in sorted((first_id, second_id))}


def _take_over(stays: Article, goes: Article) -> dict[str, Any]:
    """Move what readers left; returns what an undo needs."""
    votes, counted = _take_votes(stays, goes)
    used = set(ArticleUse.objects.filter(article=stays).values_list("subject_kind", "subject_id"))
    uses = ArticleUse.objects.bulk_create(
        ArticleUse(article=stays, subject_kind=each.subject_kind, subject_id=each.subject_id, at=each.at)
        for each in ArticleUse.objects.filter(article=goes)
        if (each.subject_kind, each.subject_id) not in used
    )
    misses = list(SearchMiss.objects.filter(article=goes).values_list("pk", flat=True))
    SearchMiss.objects.filter(pk__in=misses).update(article=stays)
    languages = list(Article.objects.filter(original=stays).values_list("language", flat=True))
    followers = Article.objects.filter(original=goes).exclude(pk=stays.pk).exclude(language__in=languages)
    translations = list(followers.values_list("pk", flat=True))
    Article.objects.filter(pk__in=translations).update(original=stays)
    stays.views += goes.views
    was = stays.keywords
    stays.keywords = rules.joined_keywords(was, goes.title, goes.keywords)
    return {
        "votes": votes,
        "counted": counted,
        "uses": [each.pk for each in uses],
        "misses": misses,
        "translations": translations,
        "views": goes.views,
        "keywords": {"was": was, "now": stays.keywords},
    }


def _take_votes(stays: Article, goes: Article) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The votes that move, and by how much the counts of the one that stays grow: who voted on both has one."""
    voters = list(ArticleVote.objects.filter(article=stays).values_list("user_id", flat=True))
    twice = list(
        ArticleVote.objects.filter(article=goes, user_id__in=voters).values_list("helpful", flat=True)
    )
    counted = {
        "helpful": goes.helpful - sum(twice),
        "unhelpful": goes.unhelpful - (len(twice) - sum(twice)),
    }
    stays.helpful += counted["helpful"]
    stays.unhelpful += counted["unhelpful"]
    moving = ArticleVote.objects.filter(article=goes).exclude(user_id__in=voters)
    votes = [
        {"user": each.user_id, "helpful": each.helpful, "missing": each.missing, "at": each.at.isoformat()}
        for each in moving
    ]
    moving.update(article=stays)
    return votes, counted


def _give_back(stays: Article, goes: Article, moved: dict[str, Any]) -> None:
    counted: dict[str, int] = dict(moved["counted"])
    _give_votes_back(stays, goes, moved["votes"], counted)
    stays.helpful = max(0, stays.helpful - counted["helpful"])
    stays.unhelpful = max(0, stays.unhelpful - counted["unhelpful"])
    stays.views = max(0, stays.views - moved["views"])
    ArticleUse.objects.filter(pk__in=moved["uses"], article=stays).delete()
    SearchMiss.objects.filter(pk__in=moved["misses"], article=stays).update(article=goes)
    Article.objects.filter(pk__in=moved["translations"], original=stays).update(original=goes)
    stays.keywords = rules.parted_keywords(
        stays.keywords,
        was=moved["keywords"]["was"],
        became=moved["keywords"]["now"],
        others=queries.words_merged_into(stays.pk, but=goes.pk),
    )


def _give_votes_back(
    stays: Article, goes: Article, votes: list[dict[str, Any]], counted: dict[str, int]
) -> None:
    """A vote given anew since the merge stays, and the old one stands again where it was given. Where somebody
    has voted on the retired one meanwhile, that newer vote is theirs."""
    here = {each.user_id: each for each in ArticleVote.objects.filter(article=stays)}
    there = set(ArticleVote.objects.filter(article=goes).values_list("user_id", flat=True))
    for old in votes:
        sort, found = "helpful" if old["helpful"] else "unhelpful", here.get(old["user"])
        anew = found is not None and found.at != datetime.fromisoformat(old["at"])
        if anew:
            counted[sort] -= 1  # the new vote took the old one's place in the count
        if old["user"] in there:
            setattr(goes, sort, max(0, getattr(goes, sort) - 1))
            if found is not None and not anew:
                found.delete()
        elif anew:
            ArticleVote.objects.create(
                article=goes,
                user_id=old["user"],
                helpful=old["helpful"],
                missing=old["missing"],
                at=datetime.fromisoformat(old["at"]),
            )
        elif found is not None:
            found.article = goes
            found.save(update_fields=["article"])
