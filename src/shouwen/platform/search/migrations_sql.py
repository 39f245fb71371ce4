"""The index tables, by database. One table a kind, its row id the thing's id: newest first costs nothing."""

from collections.abc import Iterable


def create(vendor: str, kinds: Iterable[str]) -> list[str]:
    statements = []
    for kind in kinds:
        table = f"search_{kind}"
        if vendor == "postgresql":
            statements += [
                f"CREATE TABLE {table} (id bigint PRIMARY KEY, words tsvector NOT NULL)",
                f"CREATE INDEX {table}_words ON {table} USING gin (words) WITH (fastupdate = on)",
            ]
        else:
            # the analyser has made plain tokens already: split at blanks, nothing clever
            statements.append(
                f'CREATE VIRTUAL TABLE {table} USING fts5(words, tokenize = "unicode61 remove_diacritics 0")'
            )
    return statements


def drop(kinds: Iterable[str]) -> list[str]:
    return [f"DROP TABLE IF EXISTS search_{kind}" for kind in kinds]
