"""Checks what was typed on a vendor's settings page against the vendor's fields."""

import secrets
import string
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from shouwen.channels.registry import Field
from shouwen.kernel.errors import N_, Invalid, Sentence

MOST_TEXT, MOST_LINES, MOST_SECRET = 500, 4000, 4000
_LETTERS = string.ascii_letters + string.digits


def made(length: int) -> str:
    """A secret that nobody can guess, of letters and digits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def checked(
    fields: Iterable[Field], values: Mapping[str, Any], known: frozenset[str] = frozenset()
) -> tuple[dict[str, Any], dict[str, str], dict[str, Any]]:
    """(open settings, secrets, errors by field). A secret left empty stays as it is known."""
    settings: dict[str, Any] = {}
    sealed: dict[str, str] = {}
    errors: dict[str, Any] = {}
    for field in fields:
        text = str(values.get(field.name) or "").strip()
        if field.sort == "secret":
            if len(text) > MOST_SECRET:
                errors[field.name] = Sentence(N_("This is too long."))
            elif text:
                sealed[field.name] = text
            elif field.required and field.name not in known:
                errors[field.name] = Sentence(N_("This is needed."))
            continue
        settings[field.name], wrong = _value(field, text)
        if wrong is not None:
            errors[field.name] = wrong
    return settings, sealed, errors


def must_be_right(errors: Mapping[str, Any]) -> None:
    if errors:
        raise Invalid(Sentence(N_("Please look at the marked fields.")), errors=dict(errors))


def _value(field: Field, text: str) -> tuple[Any, Sentence | None]:
    if field.sort == "flag":
        return bool(text), None
    text = text or field.default
    if not text:
        return "", Sentence(N_("This is needed.")) if field.required else None
    if len(text) > (MOST_LINES if field.sort == "lines" else MOST_TEXT):
        return text, Sentence(N_("This is too long."))
    if field.sort == "choice" and text not in {code for code, _label in field.choices}:
        return field.default, Sentence(N_("Choose one of the listed values."))
    if field.sort == "number" and not (text.isascii() and text.isdecimal() and len(text) < 9):
        return text, Sentence(N_("Enter a number."))
    if field.sort == "url" and not is_address(text):
        return text, Sentence(N_("Enter a full address that begins with https:// or http://."))
    return int(text) if field.sort == "number" else text, None


def is_address(text: str) -> bool:
    """Whether a text is a web address with a host, and nothing but one."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _port = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not any(c.isspace() for c in text)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def pairs_of(text: str) -> dict[str, str]:
    """Lines such as `name = value`; what has no "=" is left out."""
    found = (line.partition("=") for line in lines_of(text))
    return {name.strip(): value.strip() for name, sign, value in found if sign and name.strip()}
