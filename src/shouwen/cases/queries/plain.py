"""Cases as the API says them: one tuple of columns a case, the customer's and the owner's names joined."""

from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from shouwen.cases.models import Case
from shouwen.cases.queries.asking import strictly
from shouwen.cases.queries.finding import before_of, found
from shouwen.cases.queries.inbox import NEWEST, Filter, Rows, rows_of, view_of
from shouwen.cases.queries.one import exists_for, no_such_case, sees_all
from shouwen.kernel.references import parse
from shouwen.platform import db
from shouwen.platform.access import Actor
from shouwen.platform.search import queries as search
from shouwen.platform.web.paging import Page, paginate

COLUMNS: Final = (
    "id", "subject_line", "kind", "channel", "state", "awaiting", "priority", "tier", "customer_id",
    "customer__name", "owner_id", "owner__name", "first_asked_id", "team_id", "opened_at", "last_at", "last_words",
    "due_at", "due_sort", "handoff_count", "escalation_level", "emotion", "tags", "resolved_at", "closed_at",
)  # fmt: skip
MANY = db.Read(
    lambda keys: Case.objects.filter(db.Among("pk", keys)).values_list(*COLUMNS, "restricted", named=True)
)
ONE = db.Read(lambda pk: Case.objects.filter(pk=pk).values_list(*COLUMNS, "restricted", named=True))
NOTHING_CHOSEN = Filter()
Plain = Any  # a named tuple of COLUMNS, made by Django


def plain_page(
    code: str, actor: Actor, at: datetime, *, chosen: Filter, cursor: str | None = None, limit: int = 50
) -> Page[Plain]:
    """One page of a view: one statement that reads what is said and no more."""
    rows = rows_of(code, actor, at, chosen)
    order = view_of(code).order
    if order != NEWEST:
        rows = rows.filter(due_at__isnull=False)
    return paginate(_plain(rows), order=order, cursor=cursor, limit=limit)


def plain_found(
    text: str, actor: Actor, at: datetime, *, chosen: Filter, cursor: str | None = None, limit: int = 50
) -> Page[Plain]:
    """What the search finds, in the same columns. Invalid when a filter in `text` is not known."""
    asked = strictly(text, at)
    if (
        asked.plain
        and asked.words
        and chosen == NOTHING_CHOSEN
        and sees_all(actor)
        and not parse(asked.words)
    ):
        return _worded(asked.words, actor, cursor, limit)
    return found(asked, actor, at, chosen=chosen, cursor=cursor, limit=limit, shape=_plain)


def _worded(words: str, actor: Actor, cursor: str | None, limit: int) -> Page[Plain]:
    """The plain case of a search: two statements, the second prepared."""
    ids = search.find("case", words, limit=limit + 1, before=before_of(cursor))
    rows = {row.id: row for row in MANY.all(keys=ids[:limit])} if ids else {}
    items = [rows[pk] for pk in ids[:limit] if pk in rows and exists_for(rows[pk], actor)]
    return Page(items, str(ids[limit - 1]) if len(ids) > limit else None, None)


def _plain(rows: Rows) -> "QuerySet[Case, Plain]":
    return rows.values_list(*COLUMNS, named=True)


def plain(ref: str, actor: Actor) -> Plain:
    """One case by its reference, as far as it exists for `actor`."""
    pk = parse(ref)
    case: Plain = ONE.first(pk=pk) if pk is not None else None
    if case is None or not exists_for(case, actor):
        raise no_such_case(ref)
    return case
