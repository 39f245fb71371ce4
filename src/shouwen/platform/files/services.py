"""Writes on files: bytes reach the disk, and the disk's own memory, before any row speaks of them."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, TooLarge
from shouwen.platform import db
from shouwen.platform.files import places
from shouwen.platform.files.models import StoredFile
from shouwen.platform.files.sniffing import SAFE_INLINE, sniff

LIMIT_BYTES = 50 * 1024 * 1024
RAW_LIMIT_BYTES = 1024 * 1024 * 1024
CHUNK = 256 * 1024


def _chunks(content: bytes | IO[bytes]) -> Iterable[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    while chunk := content.read(CHUNK):
        yield chunk


@dataclass(frozen=True)
class _Draft:
    """Bytes that are on the disk, but not in their place yet."""

    path: Path
    sha256: str
    size: int
    head: bytes


@contextmanager
def _written(content: bytes | IO[bytes], limit: int) -> Iterator[_Draft]:
    """The bytes beside their place; gone at the end when nobody has put them there."""
    places.folder().mkdir(parents=True, exist_ok=True)
    digest, size, head = hashlib.sha256(), 0, b""
    handle, temporary = tempfile.mkstemp(dir=places.folder(), prefix=places.NEW)
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in _chunks(content):
                size += len(chunk)
                if size > limit:
                    raise TooLarge(
                        _("The file is larger than %(limit)s MB.") % {"limit": limit // 1024 // 1024},
                        field="attachments",
                    )
                if len(head) < 4096:
                    head += chunk[: 4096 - len(head)]
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        yield _Draft(Path(temporary), digest.hexdigest(), size, head)
    finally:
        Path(temporary).unlink(missing_ok=True)


@transaction.atomic(savepoint=False)
def _kept(draft: _Draft, **row: Any) -> StoredFile:
    """The bytes in their place, then the row. A mark says of new bytes that no row is known to speak of them yet:
    should this transaction never end, the sweeper finds them by it."""
    places.take_turn(draft.sha256, alone=False)
    place, mark = places.path_of(draft.sha256), places.mark_of(draft.sha256)
    if not place.exists():
        mark.touch()
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.path.replace(place)
        places.remember(place.parent)
        transaction.on_commit(partial(mark.unlink, missing_ok=True))
    return db.insert(StoredFile(sha256=draft.sha256, size=draft.size, **row))


def clean_name(name: str) -> str:
    """A file's name without folders and control characters, at most 200 characters, its ending kept."""
    base = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).strip(" .")
    if len(base) > 200:
        stem, dot, ending = base.rpartition(".")
        base = (stem[: 199 - len(ending)] + dot + ending) if dot and len(ending) < 20 else base[:200]
    return base or "file"


def store(*, name: str, content: bytes | IO[bytes], at: datetime, limit: int = LIMIT_BYTES) -> StoredFile:
    """Keep a file. Its type is read from its bytes: what its sender says of it counts for nothing.

    Raises TooLarge over `limit` bytes and Invalid when there is nothing in it.
    """
    with _written(content, limit) as draft:
        name = clean_name(name)
        if draft.size == 0:
            raise Invalid(_("The file “%(name)s” is empty.") % {"name": name}, field="attachments")
        kind = sniff(name, draft.head)
        return _kept(draft, name=name, content_type=kind, safe_inline=kind in SAFE_INLINE, created_at=at)


def raw(*, name: str, content: bytes, at: datetime) -> StoredFile:
    """Keep bytes exactly as they came (a mail, a callback), even when there are none."""
    with _written(content, RAW_LIMIT_BYTES) as draft:
        return _kept(
            draft,
            name=clean_name(name),
            content_type="application/octet-stream",
            safe_inline=False,
            created_at=at,
        )
