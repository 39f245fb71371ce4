"""Writes on the index. A document is always built anew from the truth, so a repeat is harmless."""

from collections import defaultdict

from django.db import connection, transaction

from shouwen.kernel import text
from shouwen.platform.jobs import enqueue
from shouwen.platform.ledger import bus
from shouwen.platform.search.registry import Doc, builder

# A case with a book in it is found by its beginning. PostgreSQL counts positions up to 16 383 only, and a
# phrase beyond would be found in SQLite alone.
MAX_TOKENS = 16_000
MAX_CHARACTERS = 200_000
MERGE_PAGES = 500


def words_of(doc: Doc) -> str:
    """All tokens of a document, blank-separated, in order, so that phrases of two-character words work."""
    body = text.document(f"{doc.title}\n{doc.body}"[:MAX_CHARACTERS])
    names = " ".join(f"{text.document(name)} {text.pinyin(name)}" for name in doc.names)
    return " ".join(f"{names} {body}".split()[:MAX_TOKENS])


def put(kind: str, rows: list[tuple[int, str]]) -> None:
    """Write (id, words) rows of one kind, replacing what stood there."""
    table = f"search_{kind}"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                f"INSERT INTO {table} (id, words) VALUES (%s, to_tsvector('simple', %s)) "  # noqa: S608
                "ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words",
                rows,
            )
        else:
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(pk,) for pk, _words in rows])  # noqa: S608
            cursor.executemany(f"INSERT INTO {table} (rowid, words) VALUES (%s, %s)", rows)  # noqa: S608


def index_now(kind: str, object_id: int) -> None:
    index_all([(kind, object_id)])


def index_all(things: list[tuple[str, int]]) -> None:
    """Index the (kind, id) given, as they are now."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, object_id in things:
        by_kind[kind].append(object_id)
    for kind, ids in by_kind.items():
        docs = builder(kind)(ids)
        put(kind, [(pk, words_of(doc)) for pk, doc in docs.items()])
        for pk in ids:
            if pk not in docs:
                remove(kind, pk)


def index(kind: str, object_id: int) -> None:
    """Index soon: with the other facts of a batch, or in a job of the running transaction. Several changes in a
    row are indexed once."""
    if not bus.put_off(index_all, (kind, object_id)):
        enqueue("search.index", {"kind": kind, "object_id": object_id}, key=f"search:{kind}:{object_id}")


def remove(kind: str, object_id: int) -> None:
    """Take a thing out of the index; harmless when it is not there."""
    column = "id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM search_{kind} WHERE {column} = %s", [object_id])  # noqa: S608


def tidy(kind: str) -> None:
    """Let the index forget what was taken out of it. SQLite keeps old words in its segments until they are merged;
    a few pages at a time, so that nobody waits long for the writer. PostgreSQL's vacuum does it by itself."""
    if connection.vendor != "sqlite":
        return
    table, pages = f"search_{kind}", -MERGE_PAGES  # negative: begin with everything there is
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT total_changes()")
            before = cursor.fetchone()[0]
            cursor.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', %s)", [pages])  # noqa: S608
            cursor.execute("SELECT total_changes()")
            if cursor.fetchone()[0] - before < 2:  # the instruction itself counts as one
                return
            pages = MERGE_PAGES


def forget_soon() -> None:
    """Tidy every index in a job, once what changes in this transaction has been indexed."""
    enqueue("search.forget", {}, key="search.forget")


def wipe_journal() -> None:
    """Take earlier states of the pages off the disk too; what a reader still needs stays for the next time."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
