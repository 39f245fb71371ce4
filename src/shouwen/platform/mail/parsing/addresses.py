"""Who wrote to whom: addresses, message ids and dates out of headers, however they are written."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from shouwen.platform.mail.model import Address
from shouwen.platform.mail.parsing.fields import Fields
from shouwen.platform.mail.parsing.words import header_text

_EMAIL = re.compile(r"""[^\s<>()\[\],;:"“”，；]+@[^\s<>()\[\],;:"“”，；]+""")
_ANGLE = re.compile(r"<([^<>]*)>?")
_COMMENT = re.compile(r"\(((?:\\.|[^()\\])*)\)")
_GROUP = re.compile(r"^[^<>@\",]*:(?!/)")
_ID = re.compile(r"<\s*([^<>]+?)\s*>")
_BARE_ID = re.compile(r"[^\s<>,;]+@[^\s<>,;]+")
MAX_ADDRESSES = 1000


def addresses(fields: Fields, name: str) -> tuple[Address, ...]:
    """All addresses of all fields of that name, in order, without repeats.

    Pieces without an address are left out.
    """
    found: dict[str, Address] = {}
    for raw in fields.raw_all(name):
        for address in parse_addresses(raw, fields.charset):
            if len(found) < MAX_ADDRESSES:
                found.setdefault(address.email.lower(), address)
    return tuple(found.values())


def parse_addresses(raw: bytes, charset: str | None = None) -> list[Address]:
    """Addresses of one header value. Cut at commas before words are decoded: a name may decode to a comma."""
    result: list[Address] = []
    for piece in _pieces(raw[:100_000]):
        text = header_text(piece, charset)
        parts = re.split("[；，]", text) if text.count("@") > 1 and '"' not in text else [text]
        for part in parts:
            result.extend(_piece_addresses(part.strip()))
    return result


def _pieces(raw: bytes) -> list[bytes]:
    """Cut at commas and semicolons outside quotes, angle brackets and comments."""
    pieces, start, quoted, depth = [], 0, False, 0
    for index, byte in enumerate(raw):
        if byte == 0x22 and raw[index - 1 : index] != b"\\":
            quoted = not quoted
        elif quoted:
            continue
        elif byte in b"<(":
            depth += 1
        elif byte in b">)":
            depth = max(0, depth - 1)
        elif byte in b",;" and not depth:
            pieces.append(raw[start:index])
            start = index + 1
    pieces.append(raw[start:])
    if quoted or depth:  # an unbalanced quote: cut at every comma instead of losing the rest
        return re.split(rb"[,;]", raw)
    return pieces


def _piece_addresses(text: str) -> list[Address]:
    if "@" not in text:
        return []
    if not text.lstrip().startswith('"'):
        text = _GROUP.sub("", text)
    angle = next((match for match in reversed(list(_ANGLE.finditer(text))) if "@" in match[1]), None)
    if angle:
        email = _bare(_COMMENT.sub("", angle[1]))
        return [Address(_name(text[: angle.start()] or text[angle.end() :]), email)] if email else []
    comment = _COMMENT.search(text)
    plain = _COMMENT.sub(" ", text)
    emails = _EMAIL.findall(plain)
    if len(emails) == 1:
        name = comment[1] if comment else plain.replace(emails[0], " ")
        return [Address(_name(name), _bare(emails[0]))]
    return [Address("", _bare(email)) for email in emails]


def _bare(email: str) -> str:
    """Without route, mailto: and stray quotes; the domain in lower case; at most what SMTP allows."""
    email = re.sub(r"\s+", "", email).removeprefix("mailto:").strip("\"'.,")
    email = email.rsplit(":", 1)[-1] if email.startswith("@") else email
    local, at, domain = email.rpartition("@")
    return f"{local}@{domain.lower()}"[:254] if at and local and domain else ""


def _name(text: str) -> str:
    text = text.strip()
    if not text.startswith('"'):
        text = _COMMENT.sub(" ", text).strip() or text.strip("() ")
    if len(text) > 1 and text[0] == '"' == text[-1]:
        text = re.sub(r"\\(.)", r"\1", text[1:-1])
    return text.strip().strip("'\"").strip()[:200]


def message_id(fields: Fields) -> str:
    """`<id>` as other mails refer to it, '' when there is none."""
    for text in fields.texts("message-id"):
        match = _ID.search(text) or _BARE_ID.search(text)
        if match:
            inner = (match[1] if match.re is _ID else match[0]).replace(" ", "")
            return f"<{inner[:990]}>"
    return ""


def message_ids(fields: Fields, name: str) -> tuple[str, ...]:
    """All ids of In-Reply-To or References, in order, without repeats."""
    found: dict[str, None] = {}
    for text in fields.texts(name):
        ids = _ID.findall(text) or _BARE_ID.findall(text)
        for inner in ids:
            squeezed = re.sub(r"\s+", "", inner)[:990]
            found.setdefault(f"<{squeezed}>")
    return tuple(found)[:200]


def date(fields: Fields) -> tuple[datetime | None, str]:
    """When it was written, in UTC, and a note when the header cannot be believed."""
    text = _COMMENT.sub(" ", fields.text("date"))[:200]
    if not text:
        return None, ""
    try:
        when = parsedate_to_datetime(re.sub(r"\s*:\s*", ":", re.sub(r"[^\x20-\x7e]+", " ", text)))
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None, "unreadable date"
    if not 1900 <= when.year <= 2200:
        return None, "impossible date"
    return when, ""
