"""Searching everything: cases by words and filters, messages, customers, colleagues, articles; with the place that fits."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models.functions import Left
from markupsafe import Markup, escape

from shouwen.cases.models import Case
from shouwen.cases.queries import asking
from shouwen.cases.queries.finding import found as found_cases
from shouwen.cases.queries.inbox import Rows
from shouwen.cases.rules.asking import Asked
from shouwen.channels.models import Message
from shouwen.customers import queries as customers
from shouwen.kernel.text import excerpt, highlight_spans
from shouwen.knowledge import queries as knowledge
from shouwen.people import queries as people
from shouwen.platform.access import Actor

ROWS: Final = 20
FEW: Final = 6  # of what stands beside the cases
MANY: Final = 40  # of a sort that is looked at alone
LOOKED_AT: Final = 4000  # characters of a message that are looked through for the place that fits
OF_ONE: Final = 3  # messages of one case, where messages are looked at
SORTS: Final = ("cases", "messages", "customers", "colleagues", "articles")


@dataclass(frozen=True)
class Said:
    """A message that fits, its words marked."""

    id: int
    author: str
    at: datetime
    place: Markup


@dataclass(frozen=True)
class Hit:
    """A case that fits, its words marked where they fit; what was said that fits, the oldest first."""

    case: Case
    title: Markup
    place: Markup
    said: list[Said]


@dataclass(frozen=True)
class Result:
    asked: Asked
    hits: list[Hit] = field(default_factory=list)
    next_cursor: str | None = None
    previous_cursor: str | None = None
    customers: list[Any] = field(default_factory=list)
    colleagues: list[Any] = field(default_factory=list)
    articles: list[tuple[Any, Markup]] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.hits or self.customers or self.colleagues or self.articles)


def everything(
    text: str,
    actor: Actor,
    at: datetime,
    *,
    only: str = "",
    cursor: str | None = None,
    asked: Asked | None = None,
) -> Result:
    """What fits `text` and exists for `actor`; `only` one of SORTS, with more of it."""
    asked = asked or asking.understood(text, at)
    if only in {"", "cases", "messages"}:
        page = found_cases(asked, actor, at, cursor=cursor, limit=ROWS, shape=_whole)
        hits = _hits(page.items, asked.words)
        if only == "messages":
            hits = [hit for hit in hits if hit.said]
    else:
        page, hits = None, []
    beside = asked.words if cursor is None else ""
    limit = MANY if only else FEW

    def wanted(sort: str) -> bool:
        return bool(beside) and only in {"", sort}

    return Result(
        asked,
        hits,
        page.next_cursor if page else None,
        page.previous_cursor if page else None,
        customers=customers.lookup(beside, limit)
        if wanted("customers") and actor.can("customers.see")
        else [],
        colleagues=people.found(beside, actor, limit=limit) if wanted("colleagues") else [],
        articles=_articles(beside, actor, limit) if wanted("articles") else [],
    )


def _whole(rows: Rows) -> Rows:
    return rows.select_related("customer", "owner")


def _hits(cases: list[Case], words: str) -> list[Hit]:
    said = _said([case.pk for case in cases], words) if words else {}
    return [
        Hit(case, marked(case.subject_line, words), marked(case.last_words, words), said.get(case.pk, []))
        for case in cases
    ]


def _said(ids: list[int], words: str) -> dict[int, list[Said]]:
    """For each case the first messages that hold one of the words: one question for all."""
    rows = Message.objects.filter(subject_kind="case", subject_id__in=ids).order_by("id")
    found: dict[int, list[Said]] = {}
    columns = ("subject_id", "id", "author_name", "at", "start")
    for pk, message_id, author, at, text in rows.annotate(start=Left("text", LOOKED_AT)).values_list(
        *columns
    ):
        here = found.setdefault(pk, [])
        if len(here) < OF_ONE and highlight_spans(text, words):
            here.append(Said(message_id, author, at, marked(excerpt(text, words, width=140), words)))
    return found


def _articles(words: str, actor: Actor, limit: int) -> list[tuple[Any, Markup]]:
    ids = knowledge.found(words, actor)[:limit]
    rows = {row.pk: row for row in knowledge.visible_to(actor).filter(pk__in=ids)}
    return [
        (rows[pk], marked(excerpt(knowledge.plain(rows[pk].body), words, width=140), words))
        for pk in ids
        if pk in rows
    ]


def marked(text: str, words: str) -> Markup:
    """`text` escaped, with every place that fits in <mark>."""
    spans = highlight_spans(text, words) if words else []
    parts: list[Markup] = []
    last = 0
    for start, end in spans:
        parts += [escape(text[last:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        last = end
    return Markup("").join([*parts, escape(text[last:])])
