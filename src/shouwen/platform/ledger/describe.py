"""Sentences for events: a room says how its facts read on a timeline."""

from collections.abc import Callable
from typing import Any

Describe = Callable[[dict[str, Any]], Any]
_sentences: dict[str, Any] = {}


def sentence(name: str, text: Any) -> None:
    """`text` is a translatable string with %-placeholders for the event's data, or a function of the data."""
    _sentences[name] = text


def say(name: str, data: dict[str, Any]) -> str:
    """How the event reads; its wire name when no room has a sentence for it."""
    text = _sentences.get(name, name)
    try:
        if callable(text):
            return str(text(data))
        return str(text) % data
    except (KeyError, TypeError, ValueError):  # an older version wrote other data
        return name if callable(text) else str(text)
