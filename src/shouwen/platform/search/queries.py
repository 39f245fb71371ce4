"""Reads on the index: ids, newest first; and ids of what is like a text."""

from collections.abc import Sequence

from django.db import connection

from shouwen.kernel import text
from shouwen.platform.search.registry import KINDS


def find(kind: str, question: str, *, limit: int = 50, before: int | None = None) -> list[int]:
    """Ids of `kind` whose text holds every word of `question`, newest first, below id `before`."""
    if kind not in KINDS:
        raise ValueError(f"search has no table for {kind!r}")
    postgres = connection.vendor == "postgresql"
    wanted = text.tsquery(question) if postgres else text.fts5(question)
    if not wanted:
        return []
    column = "id" if postgres else "rowid"
    match = "words @@ to_tsquery('simple', %s)" if postgres else "words MATCH %s"
    sql = f"SELECT {column} FROM search_{kind} WHERE {match}"  # noqa: S608  names are ours, values are bound
    values: list[str | int] = [wanted]
    if before is not None:
        sql += f" AND {column} < %s"
        values.append(before)
    sql += f" ORDER BY {column} DESC LIMIT %s"
    values.append(limit)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


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
