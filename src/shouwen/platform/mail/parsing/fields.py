"""The header block of a message or part: raw fields in order, repaired where lines are broken."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from shouwen.platform.mail.parsing.words import header_text

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:[ \t]*(.*)", re.DOTALL)
_MBOX_FROM = re.compile(rb">?From [^\r\n:]*(?:\d\d:\d\d[^\r\n]*)?\r?\n")
_END = re.compile(rb"\r?\n\r?\n|\r\r|\n\r")
_NAME_WITH_BLANK = re.compile(rb"[!-9;-~]+(?: [!-9;-~]+)+:")
MAX_FIELDS = 2000
MAX_FIELD_BYTES = 100_000


@dataclass
class Fields:
    """Header fields as (lower-case name, raw value); decoded when asked for."""

    pairs: list[tuple[str, bytes]] = field(default_factory=list)
    charset: str | None = None
    defects: list[str] = field(default_factory=list)

    def raw(self, name: str) -> bytes:
        """The first field of that name, b'' when there is none."""
        return next((value for key, value in self.pairs if key == name), b"")

    def raw_all(self, name: str) -> list[bytes]:
        return [value for key, value in self.pairs if key == name]

    def text(self, name: str) -> str:
        """The first non-empty field of that name as readable text."""
        for value in self.raw_all(name):
            if value.strip():
                return header_text(value, self.charset)
        return ""

    def texts(self, name: str) -> list[str]:
        return [header_text(value, self.charset) for value in self.raw_all(name)]

    def has(self, name: str) -> bool:
        return any(key == name for key, _ in self.pairs)

    def decoded(self) -> Iterator[tuple[str, str]]:
        for name, value in self.pairs:
            yield name, header_text(value, self.charset)


def split_message(raw: bytes) -> tuple[Fields, bytes]:
    """Header fields and body of a whole message; an mbox "From " line before them is dropped."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    mbox_line = _MBOX_FROM.match(raw)
    return split_part(raw[mbox_line.end() :] if mbox_line else raw)


def split_part(raw: bytes) -> tuple[Fields, bytes]:
    """Header fields and body.

    A block without a single field is all body; a body may be missing altogether.
    """
    if raw[:1] in (b"\r", b"\n"):
        return Fields(), re.sub(rb"^\r?\n|^\r", b"", raw, count=1)
    end = _END.search(raw)
    block, body = (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")
    if not _starts_like_header(block):
        return Fields(defects=["no header"] if raw.strip() else []), raw
    fields, rest = _read_block(block)
    return fields, rest + (b"\r\n\r\n" + body if rest else body)


def _starts_like_header(block: bytes) -> bool:
    first = block[:1000].split(b"\n", 1)[0]
    return bool(_FIELD.match(first) or _NAME_WITH_BLANK.match(first))


def _read_block(block: bytes) -> tuple[Fields, bytes]:
    """Fields of a header block; from the first line after which nothing looks like a field, it is body."""
    fields = Fields()
    lines = re.split(rb"\r\n|\n|\r", block)
    for index, line in enumerate(lines):
        if line[:1] in (b" ", b"\t") and fields.pairs:
            _continue(fields, line)
            continue
        match = _FIELD.match(line)
        if match and len(fields.pairs) < MAX_FIELDS:
            fields.pairs.append((match[1].decode("ascii").lower(), match[2][:MAX_FIELD_BYTES]))
        elif not line.strip():
            continue
        elif _more_fields_after(lines, index):
            fields.defects.append("broken header line")
            if not _NAME_WITH_BLANK.match(line):
                _continue(fields, b" " + line)
        else:
            fields.defects.append("body begins without a blank line")
            return fields, b"\r\n".join(lines[index:])
    return fields, b""


def _continue(fields: Fields, line: bytes) -> None:
    name, value = fields.pairs[-1]
    if len(value) < MAX_FIELD_BYTES:
        fields.pairs[-1] = (name, value + b"\r\n" + line)


def _more_fields_after(lines: list[bytes], index: int) -> bool:
    following = lines[index + 1 : index + 6]
    return any(_FIELD.match(line) and line[:8] not in (b"http://", b"https://") for line in following)
