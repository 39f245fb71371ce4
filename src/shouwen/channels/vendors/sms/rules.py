"""How a provider is spoken to, by the settings, and what its answers and callbacks say. Plain values only."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from shouwen.channels.rules import ACCEPTED, PERMANENT, TEMPORARY

MOST_PARTS = 10
MOST_ITEMS = 500  # of one callback; providers gather reports
# What asks for no more messages, or for them again, when it is all somebody writes. TD is what operators tell people.
STOP_WORDS = ("TD", "T", "退订", "N", "STOP", "UNSUBSCRIBE")
BACK_WORDS = ("HF", "恢复", "START")
AGAIN = frozenset({408, 425, 429})


@dataclass(frozen=True)
class Incoming:
    """One item of a callback. A report has `report`, the id of our message; a message has a number and words."""

    phone: str = ""
    text: str = ""
    id: str = ""
    report: str = ""
    status: str = ""


def value_at(given: Any, path: str) -> str:
    """The value at a path such as `data.id` in what a provider answered; "" when there is none."""
    for step in path.split("."):
        if isinstance(given, list) and step.isdecimal() and int(step) < len(given):
            given = given[int(step)]
        elif isinstance(given, Mapping):
            given = given.get(step)
        else:
            return ""
    return "" if given is None or isinstance(given, dict | list) else str(given)


def filled(template: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """The fields of a request, with {phone}, {text}, {id} and the like filled in, each once."""
    known = re.compile("|".join(re.escape(f"{{{key}}}") for key in values))
    return {name: known.sub(lambda found: values[found[0][1:-1]], text) for name, text in template.items()}


def outcome(
    status: int, body: Any, ok: Mapping[str, str], never: frozenset[str], code_at: str
) -> tuple[str, str]:
    """Result and note of a provider's answer. What it does not take is tried again, unless it says never."""
    code = value_at(body, code_at) if code_at else ""
    said = f"{status} {code}".strip()
    if status >= 500 or status in AGAIN:
        return TEMPORARY, f"temporary: {said}"
    if status >= 300:
        return PERMANENT, f"permanent: {said}"
    if all(value_at(body, path) == value for path, value in ok.items()):
        return ACCEPTED, ""
    return (PERMANENT, f"permanent: {said}") if code in never else (TEMPORARY, f"temporary: {said}")


def items_of(body: bytes, names: Mapping[str, str]) -> list[Incoming]:
    """The items of a callback, JSON or a form; ValueError when it is neither or has nothing we know."""
    text = body.decode("utf-8", "strict").strip()
    given: Any = json.loads(text) if text[:1] in "[{" else dict(parse_qsl(text, keep_blank_values=True))
    rows = given if isinstance(given, list) else [given]
    found = [_item(row, names) for row in rows[:MOST_ITEMS]]
    kept = [one for one in found if one.report or (one.phone and one.text)]
    if not kept:
        raise ValueError("nothing in it")
    return kept


def _item(row: Any, names: Mapping[str, str]) -> Incoming:
    picked = {part: value_at(row, names.get(part, part))[:2000] for part in Incoming.__dataclass_fields__}
    return Incoming(**picked)


def wish(text: str, stop: frozenset[str], back: frozenset[str]) -> str:
    """stop, go_on or "": a word counts only when it is all there is, so that “T恤” asks for nothing."""
    word = text.strip().strip("。.!！ ").upper()
    return "stop" if word in stop else "go_on" if word in back else ""
