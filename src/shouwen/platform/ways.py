"""The ways a contact comes and an answer leaves: their names and signs.

The room of channels says which there are (`channels.kinds`); everybody who lists, names or checks one reads it
here, also the rooms that stand beside that one. So a new channel is added in one place.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Way:
    """One channel as screens and the API name it."""

    label: Any
    icon: str


WAYS: dict[str, Way] = {}
UNKNOWN = "message-square"


def register(code: str, label: Any, icon: str) -> None:
    WAYS[code] = Way(label, icon)


def codes() -> list[str]:
    """In the order people look for them."""
    return list(WAYS)


def labels() -> dict[str, Any]:
    return {code: way.label for code, way in WAYS.items()}


def label(code: str) -> str:
    return str(WAYS[code].label) if code in WAYS else code


def icon(code: str) -> str:
    return WAYS[code].icon if code in WAYS else UNKNOWN
