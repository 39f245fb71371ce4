"""Searching everything: cases by words and fields, customers, articles; with the place that fits."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models.functions import Left
from django.utils import translation
from markupsafe import Markup, escape

from shouwen.cases.models import Case, State
from shouwen.cases.queries import inbox
from shouwen.cases.queries.kinds import kinds
from shouwen.cases.queries.labels import CHANNELS
from shouwen.cases.rules.asking import Asked, fitting, read
from shouwen.channels.models import Message
from shouwen.customers import queries as customers
from shouwen.kernel.references import parse
from shouwen.kernel.text import excerpt, highlight_spans
from shouwen.knowledge import queries as knowledge
from shouwen.people import queries as people
from shouwen.platform.access import Actor
from shouwen.platform.search import queries as search
from shouwen.platform.web.paging import Page, paginate

ROWS = 20
MOST_OF_A_CUSTOMER = 500
LOOKED_AT = 4000  # characters of a message that are looked through for the place that fits
TIERS = {letter: (letter,) for letter in "ABCD"}
PRIORITIES = {"1": ("紧急", "urgent"), "2": ("高", "high"), "3": ("普通", "normal"), "4": ("低", "low")}


@dataclass(frozen=True)
class Hit:
    """A case that fits, its words marked where they fit."""

    case: Case
    title: Markup
    place: Markup


@dataclass(frozen=True)
class Result:
    asked: Asked
    chosen: inbox.Filter
    unknown: list[tuple[str, str]]
    hits: list[Hit]
    next_cursor: str | None
    previous_cursor: str | None
    customers: list[Any] = field(default_factory=list)
    articles: list[tuple[Any, Markup]] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.hits or self.customers or self.articles)


def everything(text: str, actor: Actor, at: datetime, *, cursor: str | None = None) -> Result:
    asked = read(text)
    chosen, unknown, customer_ids = _chosen(asked, actor)
    page = _cases(asked, chosen, customer_ids, actor, at, cursor)
    first = cursor is None and bool(asked.words)
    return Result(
        asked=asked,
        chosen=chosen,
        unknown=unknown,
        hits=_hits(page.items, asked.words),
        next_cursor=page.next_cursor,
        previous_cursor=page.previous_cursor,
        customers=customers.lookup(asked.words, 6) if first and actor.can("customers.see") else [],
        articles=_articles(asked.words, actor) if first else [],
    )


def _both(choices: Iterable[tuple[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Labels in both languages, so that either finds."""
    known: dict[str, tuple[str, ...]] = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for code, label in choices:
                known[code] = (*known.get(code, ()), str(label))
    return known


def _known() -> dict[str, Callable[[], Mapping[str, tuple[str, ...]]]]:
    return {
        "state": lambda: _both(list(State.choices)),
        "channel": lambda: _both(list(CHANNELS.items())),
        "kind": lambda: {code: (kind.name, kind.name_en) for code, kind in kinds().items()},
        "tier": lambda: TIERS,
        "priority": lambda: PRIORITIES,
        "owner": lambda: {str(person.pk): (person.name,) for person in people.active_staff()},
    }


def _chosen(asked: Asked, actor: Actor) -> tuple[inbox.Filter, list[tuple[str, str]], list[int] | None]:
    """The filter the fields mean, those that mean nothing, and the customers named."""
    narrowed: dict[str, Any] = {}
    unknown: list[tuple[str, str]] = []
    customer_ids: list[int] | None = None
    known = _known()
    for name, value in asked.fields.items():
        if name == "customer":
            customer_ids = customers.found_ids(value, limit=50)
        elif name == "tag":
            narrowed["tag"] = value
        elif (code := fitting(value, known[name]())) is None:
            unknown.append((name, value))
        elif name in {"owner", "priority"}:
            narrowed["owner_id" if name == "owner" else name] = int(code)
        else:
            narrowed[name] = code
    return inbox.Filter(**narrowed), unknown, customer_ids


def _cases(
    asked: Asked,
    chosen: inbox.Filter,
    customer_ids: list[int] | None,
    actor: Actor,
    at: datetime,
    cursor: str | None,
) -> Page[Case]:
    if asked.empty:
        return Page([], None, None)
    if customer_ids is not None:
        rows = inbox.rows_of("all", actor, at, chosen).filter(customer_id__in=customer_ids)
        if asked.words:
            rows = rows.filter(pk__in=search.find("case", asked.words, limit=MOST_OF_A_CUSTOMER))
        return paginate(
            rows.select_related("customer", "owner"), order=inbox.NEWEST, cursor=cursor, limit=ROWS
        )
    if asked.words:
        return _worded(asked.words, chosen, actor, at, cursor)
    return inbox.listed("all", actor, at, chosen=chosen, cursor=cursor, limit=ROWS)


def _worded(words: str, chosen: inbox.Filter, actor: Actor, at: datetime, cursor: str | None) -> Page[Case]:
    """Cases that hold all of the words, the newest first; a reference finds its case."""
    here = inbox.rows_of("all", actor, at, chosen).select_related("customer", "owner")
    pk = parse(words)
    if pk is not None:
        return Page(list(here.filter(pk=pk)), None, None)
    before = int(cursor) if cursor and cursor.isdecimal() and len(cursor) < 19 else None
    rows: list[Case] = []
    for _round in range(5):  # fields may leave out what the words found: look a little further, not for ever
        ids = search.find("case", words, limit=ROWS + 1, before=before)
        rows += sorted(here.filter(pk__in=ids[:ROWS]), key=lambda case: -case.pk)
        before = ids[ROWS - 1] if len(ids) > ROWS else None
        if before is None or len(rows) >= ROWS:
            break
    return Page(rows, str(before) if before is not None else None, None)


def _hits(cases: list[Case], words: str) -> list[Hit]:
    places = _places([case.pk for case in cases], words) if words else {}
    return [
        Hit(case, marked(case.subject_line, words), marked(places.get(case.pk, case.last_words), words))
        for case in cases
    ]


def _places(ids: list[int], words: str) -> dict[int, str]:
    """For each case a piece of the first message that holds one of the words: one question for all."""
    rows = Message.objects.filter(subject_kind="case", subject_id__in=ids).order_by("id")
    found: dict[int, str] = {}
    for pk, text in rows.annotate(start=Left("text", LOOKED_AT)).values_list("subject_id", "start"):
        if pk not in found and highlight_spans(text, words):
            found[pk] = excerpt(text, words, width=140)
    return found


def _articles(words: str, actor: Actor) -> list[tuple[Any, Markup]]:
    ids = knowledge.found(words, actor, limit=5)
    rows = {row.pk: row for row in knowledge.visible_to(actor).filter(pk__in=ids[:5])}
    return [
        (rows[pk], marked(excerpt(knowledge.plain(rows[pk].body), words, width=140), words))
        for pk in ids[:5]
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
