"""Raw messages from files and folders: .eml files, mbox files, maildirs, and folders of any of these."""

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

    `label` says where it lies; `raw` is None where it is larger than allowed (`size` bytes).
    """

    label: str
    raw: bytes | None
    size: int

    @property
    def too_large(self) -> bool:
        return self.raw is None


def read_sources(path: Path, *, max_bytes: int = MAX_BYTES) -> Iterator[Source]:
    """All messages at `path`, in a lasting order.

    A missing path is NotFound, an unreadable file an empty message.
    """
    if not path.exists():
        raise NotFound(
            Sentence(N_("There is no file or folder %(path)s."), {"path": str(path)}), field="path"
        )
    if path.is_dir():
        yield from _folder(path, max_bytes)
    elif _is_mbox(path):
        yield from _mbox(path, max_bytes)
    else:
        yield _file(path, max_bytes)


def _folder(folder: Path, max_bytes: int) -> Iterator[Source]:
    """A maildir gives what is in `new` and `cur`; any other folder all its files, and folders in folders."""
    if (folder / "cur").is_dir() and (folder / "new").is_dir():
        for part in ("new", "cur"):
            for path in sorted((folder / part).iterdir()):
                if path.is_file():
                    yield _file(path, max_bytes)
        return
    for path in sorted(folder.iterdir()):
        if path.name in _HIDDEN or path.is_symlink():
            continue
        if path.is_dir():
            yield from _folder(path, max_bytes)
        elif path.is_file():
            yield from _mbox(path, max_bytes) if _is_mbox(path) else [_file(path, max_bytes)]


def _file(path: Path, max_bytes: int) -> Source:
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= max_bytes else None
    except OSError:
        return Source(str(path), b"", 0)
    return Source(str(path), raw, size)


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
    return Source(f"{path}:{number}", None if lines is None else b"".join(lines), size)
