"""Where an article answered something: said by hand, or read from a sent reply (KNO-1)."""

from datetime import datetime

from django.db import transaction

from shouwen.knowledge import policies, queries
from shouwen.knowledge.models import Article, ArticleUse
from shouwen.platform.access import Actor, ensure

LEAST_SAID = 30  # characters of an article that stand in a reply: less is chance


@transaction.atomic
def link_article(*, article_id: int, subject: tuple[str, int], at: datetime, by: Actor) -> Article:
    """Somebody says that the article answered this. Saying it twice changes nothing."""
    article = queries.get(article_id, by)
    ensure(policies.may_read, by, article)
    ArticleUse.objects.get_or_create(
        article=article, subject_kind=subject[0], subject_id=subject[1], defaults={"at": at}
    )
    return article


def record_articles(*, subject: tuple[str, int], text: str, at: datetime) -> list[int]:
    """Which articles a sent text says word for word; a change finds by them who was told the old."""
    said = " ".join(text.split())
    if len(said) < LEAST_SAID:
        return []
    likely = queries.suggest_articles(text, limit=4)
    bodies = Article.objects.filter(pk__in=[each.id for each in likely]).values_list("pk", "body")
    found = [
        pk
        for pk, body in bodies
        if len(plain := " ".join(queries.plain(body).split())) >= LEAST_SAID and plain in said
    ]
    ArticleUse.objects.bulk_create(
        [ArticleUse(article_id=pk, subject_kind=subject[0], subject_id=subject[1], at=at) for pk in found],
        ignore_conflicts=True,
    )
    return found
