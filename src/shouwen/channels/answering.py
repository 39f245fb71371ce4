"""Where an answer goes: the way the customer spoke last, the one that is asked for, or the one the case came by.

Pure choice: what was said and how somebody is reached is handed in, read from the database or from a page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from shouwen.channels import kinds, registry
from shouwen.channels.lines import Way


@dataclass(frozen=True, slots=True)
class Where:
    """`address` is "" where nothing carries the answer: it is written down, waits for an address, or is read at
    once by somebody who is there (`live`)."""

    channel: str
    address: str = ""
    conversation_id: int | None = None
    live: bool = False


def where_to(
    came_by: str,
    *,
    latest: Callable[[str], Any],
    contacts: Callable[[], Iterable[Any]],
    asked: str = "",
    line: Way | None = None,
) -> Where:
    """The way of an answer about something that came by the channel `came_by`.

    latest    the newest message of the customer on a channel ("" for any), or None
    contacts  the customer's contact points (kind, value, primary)
    asked     the channel a person chose; "" leaves it to us
    line      where that channel, or the one it came by, itself says that an answer goes now
    """
    if line is not None and line.live:
        return Where(line.channel, line.address, line.conversation_id, live=True)
    if line is not None:
        by_it = where_to(came_by, latest=latest, contacts=contacts, asked=line.channel)
        return by_it if by_it.address else Where(line.channel, line.address)
    last = latest("") if not asked else None
    if last is not None:
        found = _back(last)
        if found is not None:
            return found
    wanted = kinds.answered_by(asked or came_by)
    if not registry.carries(wanted):
        return Where(asked or came_by)
    last = latest(came_by if kinds.answered_by(came_by) == wanted and not asked else wanted)
    return (_back(last) if last is not None else None) or Where(wanted, address_of(wanted, contacts()))


def address_of(channel: str, contacts: Iterable[Any]) -> str:
    """The first address a channel can reach somebody at; "" when there is none."""
    kind = kinds.contact(channel)
    known = [point for point in contacts if point.kind == kind and registry.reaches(channel, point.value)]
    known.sort(key=lambda point: not point.primary)
    return known[0].value if known and kind else ""


def _back(last: Any) -> Where | None:
    """The way a message came, when something carries an answer back to where it came from."""
    by = kinds.answered_by(last.channel)
    if not (last.address and registry.carries(by, last.address)):
        return None
    return Where(by, last.address, last.conversation_id if last.channel == by else None)
