"""Undoing the transfer encoding of a part: base64, quoted-printable, uuencode, each also when broken."""

import binascii
import re

_IDENTITY = {
    "",
    "7bit",
    "8bit",
    "binary",
    "7bits",
    "8bits",
    "plain",
    "none",
    "text",
    "text/html",
    "text/plain",
}
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_SOFT_BREAK_WITH_SPACE = re.compile(rb"=[ \t]+(\r?\n)")


def decode_transfer(body: bytes, encoding: str) -> tuple[bytes, str]:
    """The bytes that were sent, and a note of what was wrong with the encoding ('' when nothing was)."""
    name = normal_name(encoding)
    if name == "base64":
        return from_base64(body)
    if name == "quoted-printable":
        return from_quoted_printable(body), ""
    if name == "uuencode":
        return from_uuencode(body)
    if name in _IDENTITY:
        return body, ""
    return body, f"unknown transfer encoding {encoding[:40]!r}"


def normal_name(encoding: str) -> str:
    """'Quoted Printable; x=y' → 'quoted-printable'; '7-bit' → '7bit'; the usual misspellings too."""
    name = re.split(r"[;(]", encoding, maxsplit=1)[0].strip().strip("\"'").lower()
    squeezed = re.sub(r"[\s_-]+", "", name)
    if squeezed in ("quotedprintable", "quoteprintable", "qp"):
        return "quoted-printable"
    if squeezed in ("base64", "b64", "xbase64"):
        return "base64"
    if squeezed in ("xuuencode", "uuencode", "xuue", "uue"):
        return "uuencode"
    return squeezed if squeezed in _IDENTITY else name


def from_base64(body: bytes) -> tuple[bytes, str]:
    """Base64 with stray line ends, missing padding, several padded blocks, or a plain footer behind it."""
    coded, tail = _split_base64(body)
    if not coded.strip():
        return body, "not base64" if body.strip() else ""
    pieces = []
    note = "text after the base64" if tail.strip() else ""
    for block in re.split(rb"=+", coded.replace(b"-", b"+").replace(b"_", b"/")):
        letters = _NOT_BASE64.sub(b"", block)
        if len(letters) % 4 == 1:  # one letter holds no whole byte
            letters, note = letters[:-1], "broken base64"
        pieces.append(binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)))
    return b"".join(pieces) + tail, note


def _split_base64(body: bytes) -> tuple[bytes, bytes]:
    """Leading lines that look like base64, and what follows from the first line that does not."""
    if not _looks_coded(body):
        return b"", body
    position = 0
    for line in body.splitlines(keepends=True):
        text = line.strip()
        if text and _plainly_text(text):
            return body[:position], body[position:]
        position += len(line)
    return body, b""


def _looks_coded(body: bytes) -> bool:
    sample = body[:4096].split()
    if not sample:
        return False
    return max(len(word) for word in sample) >= 2 and not _plainly_text(body[:4096].strip().splitlines()[0])


def _plainly_text(line: bytes) -> bool:
    """High bytes, words with blanks between them, tags or rules: no encoder writes such a line."""
    return bool(
        re.search(rb"[\x80-\xff]|[A-Za-z<>.,:!?'\x80-\xff] +[A-Za-z<(\x80-\xff]|^[_*-]{5,}$|</?[a-z]", line)
    )


def from_quoted_printable(body: bytes) -> bytes:
    """Quoted-printable; an equals sign that starts no code stays as it is."""
    return binascii.a2b_qp(_SOFT_BREAK_WITH_SPACE.sub(rb"=\1", body))


def from_uuencode(body: bytes) -> tuple[bytes, str]:
    """The lines between 'begin' and 'end'; also without either."""
    lines = body.splitlines()
    start = next((i + 1 for i, line in enumerate(lines) if re.match(rb"begin [0-7]{3,4} ", line)), 0)
    pieces, note = [], ""
    for line in lines[start:]:
        if line.strip() in (b"end", b"`"):
            break
        if not line.strip():
            continue
        piece = _uu_line(line)
        if piece is None:
            note = "broken uuencode"
            continue
        pieces.append(piece)
    if not pieces and body.strip():
        return body, "not uuencode"
    return b"".join(pieces), note


def _uu_line(line: bytes) -> bytes | None:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # Some encoders pad the line; its first byte says how many letters count.
        length = (((line[0] - 32) & 63) * 4 + 5) // 3
        try:
            return binascii.a2b_uu(line[:length])
        except binascii.Error:
            return None
