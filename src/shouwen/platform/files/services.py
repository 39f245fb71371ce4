"""Writes on files: bytes reach the disk, and the disk's own memory, before any row speaks of them."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, TooLarge
from shouwen.platform.files.models import StoredFile
from shouwen.platform.files.sniffing import SAFE_INLINE, sniff

LIMIT_BYTES = 50 * 1024 * 1024
CHUNK = 256 * 1024


def path_of(sha256: str) -> Path:
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def _chunks(content: bytes | IO[bytes]) -> Iterable[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    while chunk := content.read(CHUNK):
        yield chunk


def _write(content: bytes | IO[bytes], limit: int) -> tuple[str, int, bytes]:
    """Bytes to their place under their hash; returns (hash, size, first bytes)."""
    folder = Path(settings.FILES_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size, head = hashlib.sha256(), 0, b""
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")
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
        place = path_of(digest.hexdigest())
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            Path(temporary).replace(place)
            _remember(place.parent)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return digest.hexdigest(), size, head


def _remember(folder: Path) -> None:
    """Let the disk know the folder's new entry too, or the bytes are there after a power cut and their name is not."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
    sha256, size, head = _write(content, limit)
    if size == 0:
        raise Invalid(_("The file “%(name)s” is empty.") % {"name": clean_name(name)}, field="attachments")
    name = clean_name(name)
    kind = sniff(name, head)
    return StoredFile.objects.create(
        name=name, content_type=kind, size=size, sha256=sha256, safe_inline=kind in SAFE_INLINE, created_at=at
    )


def raw(*, name: str, content: bytes, at: datetime) -> StoredFile:
    """Keep bytes exactly as they came (a mail, a callback), even when there are none."""
    sha256, size, _head = _write(content, 1024 * 1024 * 1024)
    return StoredFile.objects.create(
        name=clean_name(name),
        content_type="application/octet-stream",
        size=size,
        sha256=sha256,
        safe_inline=False,
        created_at=at,
    )
