"""Channels on which the customer is there in person: where an answer goes now, whom to offer them to, who has them.

A vendor registers its line; the rooms above ask by channel, and never which vendor it is. A channel without a
line is answered as always: mail to the address it came from, anything else written down.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from shouwen.channels.models import Message

Subject = tuple[str, int]


class Way(NamedTuple):
    """Where an answer goes now. `live`: it is read at once, so nothing waits for it to be undone."""

    channel: str
    address: str = ""
    conversation_id: int | None = None
    live: bool = False


@dataclass(frozen=True)
class Demand:
    """What a line asks of whom it is offered to: how many one person may hold, who holds how many, a skill."""

    at_once: int
    held: Mapping[int, int]
    skill: str = ""


@dataclass(frozen=True)
class Line:
    """What a channel knows of those who are on it.

    way      where an answer about a subject goes now; None when nobody came by this channel
    demand   what is asked of these staff, to be offered it; None when nothing is known of the subject
    taken    somebody answers for the subject from now on: (subject, staff id, name, at)
    written  we wrote a message on this channel; called in its transaction
    hang_up  we end what goes on about a subject: whether anything did
    """

    way: Callable[[Subject], Way | None]
    demand: Callable[[Subject, Collection[int]], Demand | None]
    taken: Callable[[Subject, int, str, datetime], None]
    written: Callable[[Message], None]
    hang_up: Callable[[Subject, datetime], bool]


_LINES: dict[str, Line] = {}


def register(channel: str, line: Line) -> None:
    _LINES[channel] = line


def way(channel: str, subject: Subject) -> Way | None:
    """None for a channel without a line, or when nobody came by it about this."""
    line = _LINES.get(channel)
    return line.way(subject) if line else None


def demand(channel: str, subject: Subject, staff_ids: Collection[int]) -> Demand | None:
    """None for a channel without a line: anybody free may answer it."""
    line = _LINES.get(channel)
    return line.demand(subject, staff_ids) if line else None


def taken(channel: str, subject: Subject, *, staff_id: int, name: str, at: datetime) -> None:
    line = _LINES.get(channel)
    if line:
        line.taken(subject, staff_id, name, at)


def written(message: Message) -> None:
    line = _LINES.get(message.channel)
    if line:
        line.written(message)


def is_here(channel: str, subject: Subject) -> bool:
    """Whether what is written about this is read by the customer at once."""
    now = way(channel, subject)
    return now is not None and now.live


def hang_up(subject: Subject, *, at: datetime) -> bool:
    """End what goes on with the customer on whichever channel; their request stays as it is. In the caller's
    transaction. Whether there was anything to end."""
    ended = [line.hang_up(subject, at) for line in _LINES.values()]
    return any(ended)


def is_live(channel: str) -> bool:
    return channel in _LINES
