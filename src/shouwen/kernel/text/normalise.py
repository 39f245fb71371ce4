"""Input as it should be stored: one form for addresses and numbers, nothing invisible in text."""

import re
import unicodedata
from typing import Any

from shouwen.kernel.errors import N_, Invalid, Sentence

LONGEST_EMAIL = 254  # RFC 5321
LONGEST_LOCAL = 64

_LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x20\x7f]+")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_INTERNAL = re.compile(r"[0-9]{2,6}")
_NUMBER = re.compile(r"[+(]?[0-9][0-9 ()./\-]*")
_EXTENSION = re.compile(
    r"(.*?)(?:;ext|分机号?|转接?|ext(?:ension)?\.?|[x#,;])[:=\s]*([0-9]{1,8})", re.IGNORECASE
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def email(text: Any, *, field: str = "email") -> str:
    """An e-mail address in lower case, its domain in ASCII; Invalid for anything else.

    The part before the @ is lowered as well: no mail system in use tells Zhang@ from zhang@.
    """
    address = unicodedata.normalize("NFKC", text).strip().lower() if isinstance(text, str) else ""
    local, at, domain = address.rpartition("@")
    domain = _ascii_domain(domain.rstrip(".。"))
    proper = at and domain and len(local) <= LONGEST_LOCAL and _LOCAL.fullmatch(local)
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    if not proper or dots or len(local) + 1 + len(domain) > LONGEST_EMAIL or _SURROGATE.search(local):
        raise _wrong(N_('"%(value)s" is not an e-mail address.'), field, value=str(text)[:60])
    return f"{local}@{domain}"


def _ascii_domain(domain: str) -> str:
    """The domain in ASCII (punycode); "" when it is none."""
    try:
        plain = domain if domain.isascii() else domain.encode("idna").decode()
    except UnicodeError:
        return ""
    labels = plain.split(".")
    proper = len(labels) > 1 or plain == "localhost"
    if not proper or len(plain) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return ""
    return plain if not labels[-1].isdigit() else ""


def phone(text: Any, *, region: str = "CN", field: str = "phone") -> str:
    """A telephone number as E.164 ("+8613800138000"), with ";ext=12" behind it where one is given.

    Numbers of two to six digits are internal extensions or service numbers (110, 12345) and stay
    as they are. Numbers without a country code belong to `region`. Invalid for anything else.
    """
    written = unicodedata.normalize("NFKC", text).strip() if isinstance(text, str) else ""
    written = re.sub("[\u2010-\u2015\u2212]", "-", written.removeprefix("tel:"))[:60]
    if _INTERNAL.fullmatch(written):
        return written
    extended = _EXTENSION.fullmatch(written)
    number, extension = (extended[1].strip(), extended[2]) if extended else (written, "")
    found = _e164(number, region)
    if not found:
        raise _wrong(N_('"%(value)s" is not a telephone number.'), field, value=str(text)[:40])
    return f"{found};ext={extension}" if extension else found


def _e164(number: str, region: str) -> str:
    import phonenumbers  # its tables take a while to load; most processes never need them

    if not _NUMBER.fullmatch(number):
        return ""
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def clean_line(text: Any, *, limit: int = 200, field: str = "text", required: bool = False) -> str:
    """One line: no control or hidden characters, runs of white space as one space, NFC."""
    line = _visible(_string(text, field)).replace("\n", " ")
    return _checked(" ".join(_HIDDEN.sub("", line).split()), limit, field, required)


def clean_text(text: Any, *, limit: int = 20_000, field: str = "text", required: bool = False) -> str:
    """Several lines: newlines as \\n, no control characters, no white space at line ends, NFC."""
    lines = _visible(_string(text, field)).split("\n")
    return _checked("\n".join(line.rstrip() for line in lines).strip("\n"), limit, field, required)


def _string(text: Any, field: str) -> str:
    if text is None:
        return ""
    if not isinstance(text, str):
        raise _wrong(N_("This must be text."), field)
    return text


def _visible(text: str) -> str:
    # Lone surrogates cannot be stored as UTF-8; everybody shows them as the replacement character.
    plain = _CONTROL.sub("", _NEWLINE.sub("\n", _SURROGATE.sub("\ufffd", text)))
    return unicodedata.normalize("NFC", plain)


def _checked(text: str, limit: int, field: str, required: bool) -> str:
    if required and not text.strip():
        raise _wrong(N_("Please fill this in."), field)
    if len(text) > limit:
        message = N_("This is %(length)s characters long; at most %(limit)s are allowed.")
        raise _wrong(message, field, length=len(text), limit=limit)
    return text


def _wrong(msgid: str, field: str, **params: Any) -> Invalid:
    return Invalid(Sentence(msgid, params), field=field)
