"""What readers leave behind: views, votes, searches that found nothing."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Forbidden
from shouwen.knowledge import policies, queries
from shouwen.knowledge.events import SearchUnanswered
from shouwen.knowledge.models import Article, ArticleVersion, ArticleVote, SearchMiss, VoteDay
from shouwen.knowledge.rules import keeping
from shouwen.knowledge.services.terms import write_terms
from shouwen.platform.access import ANONYMOUS, SYSTEM, Actor, ensure
from shouwen.platform.ledger import bus
from shouwen.platform.preferences import get as preference

MOST_MISSES_AN_HOUR = 10  # of one reader of the public pages
ONE_DAY_SECONDS = 24 * 3600
SAME_VIEW_SECONDS = 1800  # going back and forth between pages is one view
SAME_QUESTION = timedelta(hours=12)  # one person asking again today does not make it a frequent question


def note_view(*, article_id: int, by: Actor, reader: str = "") -> None:
    """Counted once per reader and half hour, so that reading seldom writes. `reader` tells strangers apart."""
    who = reader[:80] or by.user_id or by.customer_id
    if cache.add(f"knowledge:view:{article_id}:{by.kind}:{who}", 1, SAME_VIEW_SECONDS):
        Article.objects.filter(pk=article_id).update(views=F("views") + 1)


@transaction.atomic
def vote(*, article_id: int, helpful: bool, at: datetime, by: Actor, missing: str = "") -> ArticleVote:
    """Whether it helped. A reader has one vote and may change it."""
    article = queries.locked(article_id)
    ensure(policies.may_read, by, article)
    if by.user_id is None:
        raise Forbidden(_("Only a person has a vote."))
    before = queries.vote_of(article.pk, by.user_id)
    made, _created = ArticleVote.objects.update_or_create(
        article=article,
        user_id=by.user_id,
        defaults={"helpful": helpful, "missing": "" if helpful else missing.strip()[:300], "at": at},
    )
    if before is not None:
        _count(article, before.helpful, -1)
    _count(article, helpful, 1)
    article.save(update_fields=["helpful", "unhelpful"])
    return made


@transaction.atomic
def count_vote(*, article_id: int, helpful: bool, reader: str, at: datetime, by: Actor) -> bool:
    """Whether it helped a reader without an account; each browser counts once a day. True when it counted."""
    if not cache.add(f"knowledge:vote:{article_id}:{reader[:80]}", 1, ONE_DAY_SECONDS):
        return False
    queries.get(article_id, by)
    article = queries.locked(article_id)
    _count(article, helpful, 1)
    article.save(update_fields=["helpful", "unhelpful"])
    day, _is_new = VoteDay.objects.get_or_create(
        article=article, day=timezone.localdate(at, timezone.get_default_timezone())
    )
    day.helpful, day.unhelpful = day.helpful + helpful, day.unhelpful + (not helpful)
    day.save(update_fields=["helpful", "unhelpful"])
    return True


def _count(article: Article, helpful: bool, step: int) -> None:
    if helpful:
        article.helpful += step
    else:
        article.unhelpful += step


def note_miss(*, words: str, at: datetime, by: Actor) -> SearchMiss | None:
    """Somebody looked for `words` and found nothing. Asked often enough, it becomes a draft."""
    key = keeping.fold_question(words)
    if not key:
        return None
    try:
        with transaction.atomic():
            return _noted(" ".join(words.split())[:100], key, at, by)
    except IntegrityError:  # two people asked in the same moment
        with transaction.atomic():
            return _noted(" ".join(words.split())[:100], key, at, by)


def note_miss_of_a_stranger(*, words: str, reader: str, at: datetime) -> SearchMiss | None:
    """The same on the public pages; one reader leaves only so many questions an hour."""
    key = f"knowledge:misses:{reader[:80]}:{at:%Y%m%d%H}"
    cache.add(key, 0, timeout=3700)
    try:
        asked = int(cache.incr(key))
    except ValueError:  # the cache has just forgotten it
        asked = 1
    return note_miss(words=words, at=at, by=ANONYMOUS) if asked <= MOST_MISSES_AN_HOUR else None


def _noted(words: str, key: str, at: datetime, by: Actor) -> SearchMiss:
    known = SearchMiss.objects.select_for_update().filter(key=key).first()
    if known is None:
        known = SearchMiss.objects.create(
            words=words, key=key, first_at=at, last_at=at, last_by=by.user_id, count=1
        )
    elif known.last_by != by.user_id or at - known.last_at > SAME_QUESTION:
        known.count += 1
        known.words, known.last_at, known.last_by = words, at, by.user_id
        known.save(update_fields=["words", "count", "last_at", "last_by"])
    after = int(preference("knowledge.draft_after"))
    if after and known.count >= after and known.settled_at is None:
        _draft_from(known, at)
    return known


def _draft_from(miss: SearchMiss, at: datetime) -> None:
    article = Article.objects.create(title=miss.words, created_at=at, updated_at=at)
    ArticleVersion.objects.create(article=article, number=1, title=miss.words, by_name=SYSTEM.name, at=at)
    write_terms(article)
    miss.article, miss.settled_at = article, at
    miss.save(update_fields=["article", "settled_at"])
    bus.announce(
        SearchUnanswered(article_id=article.pk, words=miss.words, count=miss.count),
        subjects=[article.subject],
        by=SYSTEM,
        at=at,
    )


@transaction.atomic
def drop_miss(*, miss_id: int, at: datetime, by: Actor) -> None:
    """Nothing to write about: off the list for good."""
    ensure(policies.may_write, by)
    found = queries.miss(miss_id)
    found.settled_at = at
    found.save(update_fields=["settled_at"])
