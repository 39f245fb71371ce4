"""Readers of the public pages whom an article helped, by day: they needed nobody of ours."""

from datetime import date
from typing import NamedTuple

from django.db.models import Sum

from shouwen.knowledge.models import Article, VoteDay
from shouwen.knowledge.queries.articles import visible_to
from shouwen.platform.access import Actor

SHOWN = 200


class Helped(NamedTuple):
    article: Article
    helpful: int
    unhelpful: int


def helped_readers(first: date, last: date) -> int:
    """How many said "this helped" from the first day to the last."""
    found = VoteDay.objects.filter(day__gte=first, day__lte=last).aggregate(n=Sum("helpful"))
    return found["n"] or 0


def helped_by(first: date, last: date, actor: Actor) -> list[Helped]:
    """By article, whoever helped most first."""
    rows = VoteDay.objects.filter(day__gte=first, day__lte=last).values("article_id")
    sums = list(
        rows.annotate(yes=Sum("helpful"), no=Sum("unhelpful")).order_by("-yes", "no", "article_id")[:SHOWN]
    )
    seen = visible_to(actor).in_bulk([one["article_id"] for one in sums])
    return [
        Helped(seen[one["article_id"]], one["yes"], one["no"]) for one in sums if one["article_id"] in seen
    ]
