"""Where the things are that an event is about: rooms register how theirs are called and where they are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Shown:
    """What a link to it says, and where it leads."""

    name: str
    address: str


_places: dict[str, Callable[[int], Shown]] = {}


def register(kind: str, find: Callable[[int], Shown]) -> None:
    """`find` asks nothing: it makes name and address from the number alone."""
    _places[kind] = find


def of(data: dict[str, Any]) -> Shown | None:
    """The place of what an event's data names, `case_id` or `subject_kind` with `subject_id`; None when nothing."""
    for kind, find in _places.items():
        pk = data.get(f"{kind}_id")
        if pk is None and data.get("subject_kind") == kind:
            pk = data.get("subject_id")
        if isinstance(pk, int):
            return find(pk)
    return None
