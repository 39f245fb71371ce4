"""Reads on the index: ids, newest first; and ids of what is like a text."""

import time
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from shouwen.kernel import text
from shouwen.platform.search.registry import KINDS

WINDOWS = (4_096, 65_536)  # newest documents looked through first; what is found by then is newest anyhow
FRESH_SECONDS = 60.0  # for so long the newest id of a kind is remembered; it only says where the windows lie
_newest: dict[str, tuple[int, float]] = {}


def find(
    kind: str, question: str, *, unwanted: str = "", limit: int = 50, before: int | None = None
) -> list[int]:
    """Ids of `kind` whose text holds every word of `question` and none of `unwanted`, newest first, below id
    `before`."""
    if kind not in KINDS:
        raise ValueError(f"search has no table for {kind!r}")
    postgres = connection.vendor == "postgresql"
    wanted = (text.tsquery if postgres else text.fts5)(question, unwanted=unwanted)
    if not wanted:
        return []
    return _in_postgres(kind, wanted, limit, before) if postgres else _in_sqlite(kind, wanted, limit, before)


def holding(kind: str, question: str) -> RawSQL | None:
    """Ids of `kind` whose text holds any word of `question`, as a part of another question; None when it has no
    words."""
    if kind not in KINDS:
        raise ValueError(f"search has no table for {kind!r}")
    if connection.vendor == "postgresql":
        wanted = text.tsquery(question, either=True)
        sql = f"SELECT id FROM search_{kind} WHERE words @@ to_tsquery('simple', %s)"  # noqa: S608  names are ours
    else:
        wanted = text.fts5(question, either=True)
        sql = f"SELECT rowid FROM search_{kind} WHERE words MATCH %s"  # noqa: S608  names are ours
    return RawSQL(sql, [wanted]) if wanted else None  # noqa: S611  names are ours, values are bound


def _in_sqlite(kind: str, wanted: str, limit: int, before: int | None) -> list[int]:
    """FTS5 keeps its lists by rowid and reads them from either end."""
    sql = f"SELECT rowid FROM search_{kind} WHERE words MATCH %s"  # noqa: S608  names are ours, values are bound
    values: list[str | int] = [wanted]
    if before is not None:
        sql += " AND rowid < %s"
        values.append(before)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY rowid DESC LIMIT %s", [*values, limit])
        return [row[0] for row in cursor.fetchall()]


def _in_postgres(kind: str, wanted: str, limit: int, before: int | None) -> list[int]:
    """Window by window from the newest end.

    A GIN list knows no order: all that hold a word must be sorted to know the newest. Left to itself the planner
    therefore walks the table from its newest row whenever it believes the word to be frequent, and where it is
    wrong reads all of it. Inside the first window it joins the word's rows and the window's rows before it reads
    any, or walks a few. Beyond it hits are few, or the first window would have sufficed: there it may not walk
    (`id + 0`).
    """
    found: list[int] = []
    with connection.cursor() as cursor:
        end = before if before is not None else _newest_of(kind, cursor) + 1
        for place, low in enumerate(_lows(end)):
            sql = f"SELECT id FROM search_{kind} WHERE words @@ to_tsquery('simple', %s)"  # noqa: S608  names are ours, values are bound
            values: list[str | int] = [wanted]
            if before is not None:
                sql += " AND id < %s"
                values.append(before)
            if low is not None:
                sql += " AND id >= %s"
                values.append(low)
            sql += " ORDER BY id + 0 DESC LIMIT %s" if place else " ORDER BY id DESC LIMIT %s"
            cursor.execute(sql, [*values, limit - len(found)])
            found += [row[0] for row in cursor.fetchall()]
            if len(found) >= limit:
                break
            before = low
    return found


def _lows(end: int) -> Iterator[int | None]:
    """The lower ends of the windows below `end`; None is the last, which has none."""
    for size in WINDOWS:
        if end - size > 0:
            yield end - size
    yield None


def _newest_of(kind: str, cursor: Any) -> int:
    """About the newest id. What came since lies in the first window too, which has no upper end."""
    known, read_at = _newest.get(kind, (0, -FRESH_SECONDS))
    moment = time.monotonic()
    if moment - read_at >= FRESH_SECONDS:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM search_{kind}")  # noqa: S608  names are ours
        known = cursor.fetchone()[0]
        _newest[kind] = known, moment
    return known


LATEST = 20_000
MOST_WORDS = 16


def similar(kind: str, words: Sequence[str], *, limit: int = 20) -> list[int]:
    """Ids of `kind` that hold any of `words` (tokens of the analyser), those that hold the most and rarest first.

    Only among the newest 20 000, so that a common word does not read the whole table.
    """
    if kind not in KINDS:
        raise ValueError(f"search has no table for {kind!r}")
    plain = [word for word in words if word.isalnum()][:MOST_WORDS]
    if not plain:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT id FROM search_{kind}, to_tsquery('simple', %s) AS wanted WHERE words @@ wanted "  # noqa: S608  names are ours, values are bound
                f"AND id > (SELECT coalesce(max(id), 0) FROM search_{kind}) - %s "
                "ORDER BY ts_rank(words, wanted) DESC, id DESC LIMIT %s",
                [" | ".join(plain), LATEST, limit],
            )
        else:
            cursor.execute(
                f"SELECT rowid FROM search_{kind} WHERE words MATCH %s "  # noqa: S608  names are ours, values are bound
                f"AND rowid > (SELECT coalesce(max(rowid), 0) FROM search_{kind}) - %s "
                "ORDER BY rank, rowid DESC LIMIT %s",
                [" OR ".join(f'"{word}"' for word in plain), LATEST, limit],
            )
        return [row[0] for row in cursor.fetchall()]
