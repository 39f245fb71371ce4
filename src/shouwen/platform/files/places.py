"""Where bytes lie, and whose turn it is with them.

Bytes of one hash belong to every row that names it, so writing them and wiping them must not meet. On SQLite the
one writer's turn does that; on PostgreSQL a lock by the hash: shared by who stores, alone for who wipes.
"""

import os
from pathlib import Path

from django.conf import settings
from django.db import connection

NEW = ".new-"  # bytes on their way in
MARK = ".mark-"  # the hash of bytes whose row is not committed yet


def folder() -> Path:
    return Path(settings.FILES_DIR)


def path_of(sha256: str) -> Path:
    return folder() / sha256[:2] / sha256[2:4] / sha256


def mark_of(sha256: str) -> Path:
    return folder() / f"{MARK}{sha256}"


def remember(place: Path) -> None:
    """Let the disk know a folder's entries too, or the bytes are there after a power cut and their name is not."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def take_turn(sha256: str, *, alone: bool) -> None:
    """Hold the bytes of this hash until the running transaction ends."""
    if connection.vendor != "postgresql":
        return
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [int(sha256[:15], 16)])
