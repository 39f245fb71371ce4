"""Structured headers: `text/plain; charset=…; name*0*=…` into a value and its parameters."""

import re
from urllib.parse import unquote_to_bytes

from shouwen.platform.mail.parsing.charsets import decode
from shouwen.platform.mail.parsing.words import decode_words

_PARAMETER = re.compile(
    rb"""([^\s=;"]{1,80})\s{0,20}=\s{0,20}(?:"((?:\\.|[^"\\])*)"?|([^;]*))""",
    re.DOTALL,
)
_CONTINUED = re.compile(r"^(.+?)\*(\d{1,3})(\*?)$")
_TYPE = re.compile(r"^[\w.+!#$&^-]+/[\w.+!#$&^-]+$")


def split_value(raw: bytes) -> tuple[str, dict[str, bytes]]:
    """The value before the first semicolon, in lower case, and the raw parameters by lower-case name."""
    head, _, rest = re.sub(rb"\r?\n(?=[ \t])|\r|\n|\x00", b"", raw).partition(b";")
    value = head.strip().strip(b"\"'").decode("latin-1").lower()
    parameters: dict[str, bytes] = {}
    for match in _PARAMETER.finditer(rest[:16_000]):
        name = match[1].decode("latin-1").lower()
        quoted = match[2]
        data = re.sub(rb'\\([\\"])', rb"\1", quoted) if quoted is not None else match[3].strip()
        parameters.setdefault(name, data)
    return value, parameters


def content_type(raws: list[bytes]) -> tuple[str, dict[str, bytes]]:
    """The first usable Content-Type of a part (some carry two), ('', {}) when none is."""
    for raw in raws:
        value, parameters = split_value(raw)
        value = value.split()[0] if value.split() else ""
        if _TYPE.match(value):
            return value, parameters
        if value in ("text", "html"):
            return ("text/html" if value == "html" else "text/plain"), parameters
    return "", {}


def parameter(parameters: dict[str, bytes], name: str, charset: str | None = None) -> str:
    """A parameter as text.

    RFC 2231 (continued, percent-coded), RFC 2047 in quotes, or raw bytes of any charset.
    """
    extended = _extended(parameters, name)
    if extended is not None:
        return extended
    data = parameters.get(name)
    if data is None:
        return ""
    text = decode(data, None if _utf8(data) else charset).text
    return decode_words(text).strip() if "=?" in text else text.strip()


def _extended(parameters: dict[str, bytes], name: str) -> str | None:
    single = parameters.get(f"{name}*")
    if single is not None:
        charset, data = _charset_and_bytes(single)
        return decode(data, charset).text.strip()
    pieces: dict[int, tuple[bool, bytes]] = {}
    for key, value in parameters.items():
        match = _CONTINUED.match(key)
        if match and match[1] == name:
            pieces[int(match[2])] = (bool(match[3]), value)
    if not pieces:
        return None
    return _continued(pieces)


def _continued(pieces: dict[int, tuple[bool, bytes]]) -> str:
    charset: str | None = None
    data = b""
    for number in sorted(pieces):
        coded, value = pieces[number]
        if number == 0 and coded:
            charset, value = _charset_and_bytes(value)
        elif coded:
            value = unquote_to_bytes(value)
        data += value
    text = decode(data, charset).text
    return decode_words(text).strip() if "=?" in text else text.strip()


def _charset_and_bytes(value: bytes) -> tuple[str | None, bytes]:
    """charset'language'percent-coded; either quote may be missing."""
    parts = value.split(b"'", 2)
    if len(parts) == 3:
        return parts[0].decode("latin-1") or None, unquote_to_bytes(parts[2])
    return None, unquote_to_bytes(value)


def _utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
