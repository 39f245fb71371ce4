"""Reading what a telephone system reports: one JSON object per event. Every wrong field is named."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from shouwen.channels.vendors.phone import calls
from shouwen.channels.vendors.phone.rules import DIRECTIONS
from shouwen.kernel.errors import N_, Invalid, Sentence

LIMITS = {"id": 120, "call": 120, "number": 40, "line": 40, "extension": 20, "to": 40, "url": 500}
NEEDED = ("id", "call", "event", "at")


@dataclass(frozen=True)
class Reported:
    """One event as the telephone system tells it. `event_id` and `call_id` are its own names for them."""

    event_id: str
    call_id: str
    event: calls.Event
    direction: str = "incoming"
    number: str = ""
    line: str = ""


def reported(body: bytes) -> Reported:
    """The event in a request's body; Invalid names every field that is wrong."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise Invalid(Sentence(N_("Send one JSON object.")), field="body")
    errors: dict[str, Any] = {}
    texts = {name: _text(given, name, limit, errors) for name, limit in LIMITS.items()}
    kind = _chosen(given, "event", calls.ORDER, "", errors)
    direction = _chosen(given, "direction", DIRECTIONS, "incoming", errors)
    at = _moment(given.get("at"), errors)
    for name in NEEDED:
        if given.get(name) in (None, ""):
            errors[name] = Sentence(N_("This is needed."))
    if kind == calls.RECORDING and urlsplit(texts["url"]).scheme not in ("http", "https"):
        errors["url"] = Sentence(N_("Give the recording's address (http or https)."))
    if kind == calls.TRANSFERRED and not texts["to"]:
        errors["to"] = Sentence(N_("Say to whom the call was passed on."))
    if errors or at is None:
        raise Invalid(Sentence(N_("The event cannot be read.")), errors=errors)
    event = calls.Event(kind, at, texts["extension"], texts["to"], texts["url"])
    return Reported(texts["id"], texts["call"], event, direction, texts["number"], texts["line"])


def _text(given: dict[str, Any], name: str, limit: int, errors: dict[str, Any]) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**18 else value
    if not isinstance(value, str) or "\x00" in value:
        errors[name] = Sentence(N_("This is not a text."))
        return ""
    value = value.strip().encode("utf-8", "replace").decode()
    if len(value) > limit:
        errors[name] = Sentence(N_("This is too long."))
    return value


def _chosen(
    given: dict[str, Any], name: str, choices: tuple[str, ...], default: str, errors: dict[str, Any]
) -> str:
    value = given.get(name) or default
    if not isinstance(value, str) or value not in choices:
        errors[name] = Sentence(N_("Give one of: %(choices)s."), {"choices": ", ".join(choices)})
        return default
    return value


def _moment(value: Any, errors: dict[str, Any]) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
    except (ValueError, TypeError):
        found = None
    if found is None or found.tzinfo is None or not 2000 <= found.year < 2200:
        errors["at"] = Sentence(N_("Give a time with its zone, such as 2026-03-31T09:30:00+08:00."))
        return None
    return found
