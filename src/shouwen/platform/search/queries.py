"""Reads on the index: ids, newest first."""

from django.db import connection

from shouwen.kernel import text
from shouwen.platform.search.registry import KINDS


def _fts5(groups: list[list[str]]) -> str:
    """Words of the question, all of which must be there; a Chinese word is the phrase of its pairs."""
    return " AND ".join('"' + " ".join(group) + '"' + ("*" if len(group) == 1 else "") for group in groups)


def _tsquery(groups: list[list[str]]) -> str:
    return " & ".join(
        "(" + " <-> ".join(group) + ")" if len(group) > 1 else f"{group[0]}:*" for group in groups
    )


def find(kind: str, question: str, *, limit: int = 50, before: int | None = None) -> list[int]:
    """Ids of `kind` whose text holds every word of `question`, newest first, below id `before`."""
    if kind not in KINDS:
        raise ValueError(f"search has no table for {kind!r}")
    groups = [group for word in question.split()[:12] if (group := text.query(word))]
    if not groups:
        return []
    postgres = connection.vendor == "postgresql"
    column = "id" if postgres else "rowid"
    match = "words @@ to_tsquery('simple', %s)" if postgres else "words MATCH %s"
    sql = f"SELECT {column} FROM search_{kind} WHERE {match}"  # noqa: S608  names are ours, values are bound
    values: list[object] = [_tsquery(groups) if postgres else _fts5(groups)]
    if before is not None:
        sql += f" AND {column} < %s"
        values.append(before)
    sql += f" ORDER BY {column} DESC LIMIT %s"
    values.append(limit)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
