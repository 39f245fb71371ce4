"""Raw messages from files and folders: .eml files, mbox files, maildirs, and folders of any of these."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shouwen.kernel.errors import N_, NotFound, Sentence

MAX_BYTES = 50 * 1024 * 1024
_FROM_LINE = re.compile(rb"^From \S+.*\d{4}")
_HIDDEN = {".gitattributes", ".gitignore", ".DS_Store", "Thumbs.db"}


@dataclass(frozen=True)
class Source:
    """One message.

    `label` says where it lies, for people: a name that is not UTF-8 is read as the Chinese one it mostly is.
    `raw` is None where it is larger than allowed (`size` bytes; then `path` is its file, if it has one of its
    own) or where the file or folder can't be read (`unreadable`).
    """

    label: str
    raw: bytes | None
    size: int
    path: Path | None = None
    unreadable: bool = False

    @property
    def too_large(self) -> bool:
        return self.raw is None and not self.unreadable


def read_sources(path: Path, *, max_bytes: int = MAX_BYTES) -> Iterator[Source]:
    """All messages at `path`, in a lasting order.

    A missing path is NotFound; a file or folder that can't be read is a source that says so.
    """
    if not path.exists():
        raise NotFound(
            Sentence(N_("There is no file or folder %(path)s."), {"path": shown(path)}), field="path"
        )
    if path.is_dir():
        yield from _folder(path, max_bytes)
    elif path.is_file() and _is_mbox(path):  # a pipe can be read only once
        yield from _mbox(path, max_bytes)
    else:
        yield _file(path, max_bytes)


def shown(path: Path) -> str:
    """The path as text that can be stored and printed, whatever bytes the file's name is made of."""
    name = os.fsencode(path)
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")


def _folder(folder: Path, max_bytes: int) -> Iterator[Source]:
    """A maildir gives what is in `new` and `cur`; any other folder all its files, and folders in folders."""
    parts = [folder / "new", folder / "cur"]
    maildir = all(part.is_dir() for part in parts)
    try:
        found = [path for part in (parts if maildir else [folder]) for path in sorted(part.iterdir())]
    except OSError:
        yield _unreadable(folder)
        return
    if maildir:
        yield from (_file(path, max_bytes) for path in found if path.is_file())
        return
    for path in found:
        if path.name in _HIDDEN or path.is_symlink():
            continue
        if path.is_dir():
            yield from _folder(path, max_bytes)
        elif path.is_file():
            yield from _mbox(path, max_bytes) if _is_mbox(path) else [_file(path, max_bytes)]


def _unreadable(path: Path) -> Source:
    return Source(shown(path), None, 0, path, unreadable=True)


def _file(path: Path, max_bytes: int) -> Source:
    """Never more than allowed is read: of a device or a pipe nobody knows the size before."""
    try:
        size = path.stat().st_size
        if size > max_bytes:
            return Source(shown(path), None, size, path)
        with path.open("rb") as file:
            raw = file.read(max_bytes + 1)
    except OSError:
        return _unreadable(path)
    return Source(shown(path), raw if len(raw) <= max_bytes else None, len(raw), path)


def _is_mbox(path: Path) -> bool:
    """A "From " line at the start and another one behind an empty line, or a name that says so.

    A single message that merely begins with such a line is a message.
    """
    try:
        with path.open("rb") as file:
            if not _FROM_LINE.match(file.readline(1000)):
                return False
            if path.suffix.lower() in (".mbox", ".mbx"):
                return True
            return any(_starts_message(before, line) for before, line in _pairs(file))
    except OSError:
        return False


def _pairs(file: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    before = b"x"
    for line in file:
        yield before, line
        before = line


def _starts_message(before: bytes, line: bytes) -> bool:
    return line.startswith(b"From ") and not before.strip() and bool(_FROM_LINE.match(line))


def _mbox(path: Path, max_bytes: int) -> Iterator[Source]:
    """Messages between "From " lines; ">From " inside is unquoted. Never more than one message in memory."""
    number, size = 0, 0
    lines: list[bytes] | None = None
    with path.open("rb") as file:
        for before, line in _pairs(file):
            if _starts_message(before, line) or (number == 0 and line.startswith(b"From ")):
                if number:
                    yield _message(path, number, lines, size)
                number, size, lines = number + 1, 0, []
                continue
            size += len(line)
            if lines is not None:
                lines.append(line[1:] if re.match(rb">+From ", line) else line)
            if size > max_bytes:
                lines = None
    if number:
        yield _message(path, number, lines, size)


def _message(path: Path, number: int, lines: list[bytes] | None, size: int) -> Source:
    return Source(f"{shown(path)}:{number}", None if lines is None else b"".join(lines), size)
