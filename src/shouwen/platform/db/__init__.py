"""Statements of the hottest paths, put together once a process and afterwards only given their values.

Putting a statement together in the ORM costs several times what the database needs to run it. Doors: Read and
Erase (querysets with gaps), Among (a gap for many keys), how_many and firsts (several at once), open_cursor, insert,
insert_all, insert_with, insert_missing, insert_or_touch, update; all else stays with the ORM. `in_one_piece` and
`tried_in_one_piece` spare nested blocks their savepoints.
"""

from shouwen.platform.db.blocks import in_one_piece, tried_in_one_piece
from shouwen.platform.db.cursors import open_cursor
from shouwen.platform.db.reading import Among, Erase, Read, among, firsts, how_many
from shouwen.platform.db.writing import (
    insert,
    insert_all,
    insert_missing,
    insert_or_touch,
    insert_with,
    update,
)

__all__ = [
    "Among",
    "Erase",
    "Read",
    "among",
    "firsts",
    "how_many",
    "in_one_piece",
    "insert",
    "insert_all",
    "insert_missing",
    "insert_or_touch",
    "insert_with",
    "open_cursor",
    "tried_in_one_piece",
    "update",
]
