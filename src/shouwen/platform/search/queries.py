"""Reads on the index: ids, newest first."""

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
