"""Registry of where a person's data lies: each room says how to export and how to erase its share (CUS-7)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Export = Callable[[int], Any]
Erase = Callable[..., None]  # (customer_id, *, at, by)


@dataclass(frozen=True)
class Share:
    room: str
    export: Export
    erase: Erase


_shares: dict[str, Share] = {}


def register(room: str, *, export: Export, erase: Erase) -> None:
    _shares[room] = Share(room, export, erase)


def export_customer(customer_id: int) -> dict[str, Any]:
    """Everything every room knows about the customer, by room."""
    return {room: share.export(customer_id) for room, share in sorted(_shares.items())}


def erase_customer(customer_id: int, *, at: datetime, by: Any) -> None:
    """Let every room erase its share; upper rooms first, since they refer to lower ones."""
    for share in reversed(list(_shares.values())):
        share.erase(customer_id, at=at, by=by)
