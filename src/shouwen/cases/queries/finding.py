"""Cases that fit what was typed: words by the index, conditions by the row, a reference by its key."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from shouwen.cases.queries.asking import Rows, narrowed
from shouwen.cases.queries.inbox import NEWEST, Filter, rows_of
from shouwen.cases.queries.one import sees_all
from shouwen.cases.rules.asking import Asked
from shouwen.kernel.references import parse
from shouwen.platform import db
from shouwen.platform.access import Actor
from shouwen.platform.search import queries as search
from shouwen.platform.web.paging import Page, paginate

ROUNDS = 5  # conditions may leave out what the words found: look a little further, not for ever
WIDE = 1000  # and so many at a time
Shape = Callable[[Rows], "QuerySet[Any, Any]"]


def found(
    asked: Asked,
    actor: Actor,
    at: datetime,
    *,
    chosen: Filter | None = None,
    cursor: str | None = None,
    limit: int = 50,
    shape: Shape,
) -> Page[Any]:
    """Cases that fit, as `shape` has them. By words the newest case first; by conditions alone the newest activity.

    A page by words may hold fewer than `limit` and go on: many were found that did not meet the conditions.
    """
    if asked.empty:
        return Page([], None, None)
    rows = narrowed(rows_of("all", actor, at, chosen), asked, actor, at)
    pk = parse(asked.words) if asked.words else None
    if pk is not None:
        return Page(list(shape(rows.filter(pk=pk))), None, None)
    if asked.words:
        some = asked.conditions or chosen or not sees_all(actor)
        return _worded(asked, rows, before_of(cursor), limit, WIDE if some else limit, shape)
    return paginate(shape(rows), order=NEWEST, cursor=cursor, limit=limit)


def before_of(cursor: str | None) -> int | None:
    """The case number a page of words goes on below."""
    return int(cursor) if cursor and cursor.isdecimal() and len(cursor) < 19 else None


def _worded(asked: Asked, rows: Rows, before: int | None, limit: int, wide: int, shape: Shape) -> Page[Any]:
    """`wide` at a time are looked at; many where some of what the words found may not fit."""
    held: list[Any] = []
    for _round in range(ROUNDS):
        ids = search.find("case", asked.words, unwanted=asked.unwanted, limit=wide + 1, before=before)
        held += shape(rows.filter(db.among("pk", ids[:wide]))).order_by("-id")[: limit + 1]
        before = ids[wide - 1] if len(ids) > wide else None
        if before is None or len(held) >= limit:
            break
    if len(held) > limit:
        held = held[:limit]
        before = held[-1].id
    return Page(held, str(before) if before is not None else None, None)
