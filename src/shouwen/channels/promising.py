"""The door to the ledger of promises, for what a channel promises by itself, such as calling back.

The ledger is a neighbour, so a room above that knows both registers a keeper here. Working time comes
through the same door, because only the ledger's room knows the calendars.
"""

from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from shouwen.platform.access import Actor

Subject = tuple[str, int]


class Keeper(Protocol):
    def promise(
        self, *, subject: Subject, text: str, team_id: int | None, seconds: int, channel: str, at: datetime
    ) -> int | None:
        """Promise within `seconds` of the team's working time; the promise's id, None when that cannot be."""

    def keep(self, *, promise_id: int, note: str, at: datetime, by: Actor) -> None:
        """It was done; nothing happens to a promise that is settled already."""

    def dues(self, promise_ids: list[int]) -> dict[int, Any]:
        """The promises by id, for lists: each has `due_at`, `state`, `owed` and `get_state_display`."""

    def zone(self, team_id: int | None) -> ZoneInfo:
        """Where the team's calendar is at home: its days begin and end there."""


_KEEPERS: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """The last one registered keeps the promises."""
    _KEEPERS.append(keeper)


def unregister(keeper: Keeper) -> None:
    _KEEPERS.remove(keeper)


def keeper() -> Keeper | None:
    return _KEEPERS[-1] if _KEEPERS else None
