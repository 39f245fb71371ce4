"""What customers may read: published articles for them, those in their language first."""

from dataclasses import dataclass

from shouwen.knowledge.models import Article
from shouwen.knowledge.queries.articles import visible_to
from shouwen.knowledge.queries.finding import found
from shouwen.platform.access import ANONYMOUS

MOST_FOUND = 30
MOST_OF_A_SUBJECT = 8
MOST_IN_ALL = 400


@dataclass(frozen=True)
class Subject:
    """Articles of one category, the most read first."""

    name: str
    articles: list[Article]


def found_in_help(q: str, language: str) -> list[Article]:
    """Public articles that hold every word of `q`, the best fitting first, those in `language` before others."""
    ids = found(q, ANONYMOUS)[:MOST_FOUND]
    rows = visible_to(ANONYMOUS).in_bulk(ids)
    fitting = [rows[pk] for pk in ids if pk in rows]
    return sorted(fitting, key=lambda one: one.language != language)


def help_by_subject(language: str) -> list[Subject]:
    """All that is published for customers in `language`; where there is nothing, in any."""
    rows = visible_to(ANONYMOUS).order_by("-views", "-helpful", "id")
    articles = list(rows.filter(language=language)[:MOST_IN_ALL]) or list(rows[:MOST_IN_ALL])
    subjects: dict[str, list[Article]] = {}
    for one in articles:
        subjects.setdefault(one.category, []).append(one)
    named = sorted(subjects.items(), key=lambda entry: (not entry[0], -len(entry[1])))
    return [Subject(name, entries[:MOST_OF_A_SUBJECT]) for name, entries in named]


def beside(article: Article, *, limit: int = 4) -> list[Article]:
    """Others of the same subject and language."""
    rows = visible_to(ANONYMOUS).filter(category=article.category, language=article.language)
    return list(rows.exclude(pk=article.pk).order_by("-views", "id")[:limit]) if article.category else []
