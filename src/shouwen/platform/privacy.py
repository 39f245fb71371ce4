"""Registry of where a person's data lies: each room says how to export and how to erase its share (CUS-7).

A room that must keep something for now (a lawsuit, a term of the law) says so by `register_hold`; while one does,
nothing of that person is erased.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Export = Callable[[int], Any]
Erase = Callable[..., None]  # (customer_id, *, at, by)
Holds = Callable[[int, datetime], list[Any]]  # sentences: why it must stay, and until when


@dataclass(frozen=True)
class Share:
    room: str
    export: Export
    erase: Erase


_shares: dict[str, Share] = {}
_holds: dict[str, Holds] = {}


def register(room: str, *, export: Export, erase: Erase) -> None:
    _shares[room] = Share(room, export, erase)


def register_hold(room: str, holds: Holds) -> None:
    _holds[room] = holds


def holds(customer_id: int, at: datetime) -> list[Any]:
    """Why this customer's data must stay for now, in sentences; empty when it may go."""
    return [sentence for _room, holds in sorted(_holds.items()) for sentence in holds(customer_id, at)]


def export_customer(customer_id: int) -> dict[str, Any]:
    """Everything every room knows about the customer, by room."""
    return {room: share.export(customer_id) for room, share in sorted(_shares.items())}


def erase_customer(customer_id: int, *, at: datetime, by: Any) -> None:
    """Let every room erase its share; upper rooms first, since they refer to lower ones."""
    for share in reversed(list(_shares.values())):
        share.erase(customer_id, at=at, by=by)
