"""The tree of a mail's parts, read from bytes without recursion trouble.

Depth and number of parts are bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from shouwen.platform.mail.parsing.fields import Fields, split_message, split_part
from shouwen.platform.mail.parsing.parameters import content_type, parameter, split_value
from shouwen.platform.mail.parsing.transfer import decode_transfer, normal_name

MAX_DEPTH = 20
MAX_PARTS = 1000
_BOUNDARY_LINE = re.compile(rb"^--([^\r\n]{1,200}?)[ \t]{0,100}\r?$", re.MULTILINE)


@dataclass
class Entity:
    """One part: its fields, its media type, and either its body bytes or its children."""

    fields: Fields
    kind: str
    parameters: dict[str, bytes]
    body: bytes = b""
    children: list["Entity"] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    root: bool = False

    @property
    def disposition(self) -> str:
        """'inline', 'attachment' or ''; anything else that stands there says nothing."""
        for raw in self.fields.raw_all("content-disposition"):
            value = split_value(raw)[0]
            if value in ("inline", "attachment"):
                return value
        return ""

    @property
    def filename(self) -> str:
        """The name the sender gave the file, from any of the places where clients put it."""
        for raw in self.fields.raw_all("content-disposition"):
            name = parameter(split_value(raw)[1], "filename", self.fields.charset)
            if name:
                return name
        return parameter(self.parameters, "name", self.fields.charset)

    @property
    def charset(self) -> str | None:
        return parameter(self.parameters, "charset") or None

    @property
    def content_id(self) -> str:
        return self.fields.text("content-id").strip("<> ")

    def content(self) -> bytes:
        """The body with its transfer encoding undone; defects are noted on the part."""
        data, defect = decode_transfer(self.body, self.fields.text("content-transfer-encoding"))
        if defect:
            self.defects.append(defect)
        return data

    def walk(self) -> Iterator["Entity"]:
        yield self
        for child in self.children:
            yield from child.walk()


def read_message(raw: bytes) -> Entity:
    """The tree of a whole message."""
    fields, body = split_message(raw)
    entity = _entity(fields, body, default="text/plain", depth=0, budget=[MAX_PARTS])
    entity.root = True
    return entity


def _entity(fields: Fields, body: bytes, *, default: str, depth: int, budget: list[int]) -> Entity:
    kind, parameters = content_type(fields.raw_all("content-type"))
    entity = Entity(fields, kind or default, parameters, body=body, defects=list(fields.defects))
    fields.charset = entity.charset
    if fields.has("content-type") and not kind:
        entity.defects.append("unreadable content type")
    budget[0] -= 1
    boundary = parameters.get("boundary")
    if boundary and entity.kind.startswith("text/") and b"--" + boundary in body:
        entity.kind = "multipart/mixed"
        entity.defects.append("multipart called text")
    if entity.kind.startswith("multipart/"):
        _open(entity, depth, budget)
    return entity


def _open(entity: Entity, depth: int, budget: list[int]) -> None:
    """Split a multipart; when that cannot be done its body stays as text."""
    if depth >= MAX_DEPTH or budget[0] <= 0:
        entity.defects.append("too many or too deeply nested parts")
        entity.kind = "application/octet-stream"
        return
    pieces = _split(entity)
    if pieces is None:
        entity.kind = (
            "text/html" if re.search(rb"<html|<body|<div|<p>", entity.body[:2000], re.I) else "text/plain"
        )
        return
    default = "message/rfc822" if entity.kind == "multipart/digest" else "text/plain"
    for piece in pieces:
        if budget[0] <= 0:
            entity.defects.append("too many or too deeply nested parts")
            break
        fields, body = split_part(piece)
        entity.children.append(_entity(fields, body, default=default, depth=depth + 1, budget=budget))
    entity.body = b""


def _split(entity: Entity) -> list[bytes] | None:
    """The pieces between the boundaries; None when there is no boundary to be found."""
    body = entity.body
    if normal_name(entity.fields.text("content-transfer-encoding")) in ("base64", "quoted-printable"):
        decoded = entity.content()  # forbidden for a multipart, but met
        body = decoded if b"\n--" in decoded else body
    boundary = entity.parameters.get("boundary", b"")
    pieces = _pieces(body, boundary) if boundary else None
    if pieces is None:
        guessed = _BOUNDARY_LINE.search(body)
        if not guessed:
            entity.defects.append("multipart without parts")
            return None
        entity.defects.append("boundary missing or wrong")
        pieces = _pieces(body, guessed[1])
        if not any(piece.strip() for piece in pieces or ()):
            return None  # a line that only looks like a boundary: the words are read as they stand
    return pieces


def _pieces(body: bytes, boundary: bytes) -> list[bytes] | None:
    """Cut at boundary lines.

    A missing end is the end of the mail; the line end before a boundary belongs to it.
    """
    line = re.compile(
        rb"(?:\r\n|\n|\r|^)--" + re.escape(boundary) + rb"(--)?[ \t]{0,100}(?=\r|\n|$)(?:\r\n|\n|\r)?"
    )
    marks = list(_marks(line, body))
    if not marks:
        return None
    pieces = []
    for index, mark in enumerate(marks):
        if mark[1]:
            break
        end = marks[index + 1].start() if index + 1 < len(marks) else len(body)
        pieces.append(body[mark.end() : end])
    return pieces


def _marks(line: re.Pattern[bytes], body: bytes) -> Iterator[re.Match[bytes]]:
    """Boundary lines.

    The line end closing one may open the next, so each search starts one line end earlier.
    """
    position = 0
    while (match := line.search(body, position)) is not None:
        yield match
        position = match.end()
        if body[position - 1 : position] in (b"\n", b"\r") and body[position : position + 2] == b"--":
            position -= 1
