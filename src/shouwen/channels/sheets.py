"""What a channel adds to the page on which a contact is written down, and hears of it afterwards.

The page belongs to a room above. A vendor registers its sheet here: a part of the page with its own fields,
what the page is opened with (a call, a number in the hall), what is kept of it on the message, and what is
done with it in the same transaction once the contact is written down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from shouwen.platform.access import Actor
from shouwen.platform.web.input import Input


@dataclass(frozen=True)
class Written:
    """A contact that was just written down."""

    subject: tuple[str, int]
    message_id: int
    customer_id: int


class Sheet(Protocol):
    channel: str
    template: str

    def opened(self, asked: Mapping[str, str], actor: Actor) -> dict[str, Any]:
        """What the part shows. `who` (a number), `customer` (an id) and `about` (a name of
        `subjects`) in it open the page with that caller and what the contact goes on with."""

    def read(self, form: Input, actor: Actor) -> dict[str, Any]:
        """What is kept on the message, from the part's fields; complaints go to the form."""

    def written(self, meta: Mapping[str, Any], contact: Written, *, at: datetime, by: Actor) -> None:
        """Called inside the transaction that writes the contact down."""


_SHEETS: dict[str, Sheet] = {}


def register(sheet: Sheet) -> None:
    _SHEETS[sheet.channel] = sheet


def of(channel: str) -> Sheet | None:
    return _SHEETS.get(channel)


def opened(channel: str, asked: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Each sheet's part by channel (the page switches between them), and who the chosen one says is asking."""
    chosen = _SHEETS.get(channel)
    known = chosen.opened(asked, actor) if chosen else {}
    parts = [
        {"channel": sheet.channel, "template": sheet.template, "sheet": known if sheet is chosen else {}}
        for sheet in _SHEETS.values()
    ]
    return {
        "sheets": parts,
        "who": known.get("who", ""),
        "customer": known.get("customer"),
        "about": known.get("about", ""),
    }


def read(channel: str, form: Input, actor: Actor) -> dict[str, Any]:
    sheet = _SHEETS.get(channel)
    return sheet.read(form, actor) if sheet else {}


def written(channel: str, meta: Mapping[str, Any], contact: Written, *, at: datetime, by: Actor) -> None:
    sheet = _SHEETS.get(channel)
    if sheet is not None:
        sheet.written(meta, contact, at=at, by=by)
