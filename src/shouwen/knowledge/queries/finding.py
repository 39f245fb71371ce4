"""Finding articles: by words somebody types, and for a text a customer wrote."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from shouwen.kernel.text import excerpt
from shouwen.knowledge.models import Article, ArticleTerm, Audience, State
from shouwen.knowledge.queries.articles import visible_to
from shouwen.knowledge.rules import markup, ranking
from shouwen.platform.access import Actor
from shouwen.platform.search import queries as search

MOST_FOUND = 200
TELLING_WORDS = 24  # the rarest words of a text; more only adds noise and rows to read
LEAST_SHARE = 0.25  # of the best one's score; below that it is another subject


@dataclass(frozen=True)
class Suggestion:
    """An article that may answer a text. `score` orders them and means nothing by itself."""

    id: int
    title: str
    excerpt: str
    language: str
    audience: str
    score: float


def found(q: str, actor: Actor, *, limit: int = MOST_FOUND) -> list[int]:
    """Ids of articles the actor may see that hold every word of `q`, the best fitting first."""
    ids = search.find("article", q, limit=limit)
    here = set(visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
    score = dict(_scored(q, Article.objects.filter(pk__in=here)))
    order = {article_id: place for place, article_id in enumerate(ids)}
    return sorted(here, key=lambda article_id: (-score.get(article_id, 0.0), order[article_id]))


def suggest_articles(
    text: str, limit: int = 5, *, actor: Actor | None = None, language: str = ""
) -> list[Suggestion]:
    """Published articles that may answer `text`, the best first; those of `language` before others.

    With `actor` only what they may see; without, what staff may read.
    """
    rows = Article.objects.filter(state=State.PUBLISHED)
    if actor is not None:
        rows = rows & visible_to(actor)
    ranked = _scored(text, rows)[: limit * 3]
    if not ranked:
        return []
    best = ranked[0][1]
    score = {article_id: points for article_id, points in ranked if points >= best * LEAST_SHARE}
    articles = Article.objects.filter(pk__in=score)
    ordered = sorted(articles, key=lambda one: (bool(language) and one.language != language, -score[one.pk]))
    return [_suggestion(one, text, score[one.pk]) for one in ordered[:limit]]


def _suggestion(article: Article, text: str, score: float) -> Suggestion:
    plain = markup.to_text(article.body)
    return Suggestion(
        id=article.pk,
        title=article.title,
        excerpt=excerpt(plain, text[:200], width=120),
        language=article.language,
        audience=article.audience,
        score=round(score, 3),
    )


def _scored(text: str, articles: QuerySet[Article]) -> list[tuple[int, float]]:
    """Two indexed questions: how many hold each word; then the rows of the rarest words."""
    asked = ranking.asked(text)
    if not asked:
        return []
    rows = ArticleTerm.objects.filter(term__in=asked)
    held = dict(rows.values("term").annotate(n=Count("id")).values_list("term", "n"))
    rarest = sorted(held, key=lambda term: held[term])[:TELLING_WORDS]
    if not rarest:
        return []
    hits = ArticleTerm.objects.filter(term__in=rarest, article__in=articles)
    total = Article.objects.exclude(state=State.RETIRED).count()
    values = hits.values_list("article_id", "term", "weight")
    return ranking.scores(values, held, max(total, 1), asked_count=len(asked))


def telling_words(text: str, *, most: int = 12) -> list[str]:
    """The words of a text by which others like it can be found."""
    return ranking.asked(text)[:most]


def insertable(q: str, *, language: str = "", limit: int = 5) -> list[Article]:
    """Articles whose text may be put into a reply: published, for customers too."""
    ids = search.find("article", q, limit=MOST_FOUND) if q.strip() else []
    rows = Article.objects.filter(state=State.PUBLISHED, audience=Audience.PUBLIC, pk__in=ids)
    return sorted(rows, key=lambda one: (bool(language) and one.language != language, -one.views))[:limit]
