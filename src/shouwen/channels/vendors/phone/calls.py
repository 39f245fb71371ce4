"""What became of a call, from what the telephone system reported of it, in whatever order that arrived.

Plain values only. Times are aware; lengths are whole seconds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

RINGING, ANSWERED, HELD, RESUMED, TRANSFERRED, ENDED, RECORDING = (
    "ringing",
    "answered",
    "held",
    "resumed",
    "transferred",
    "ended",
    "recording",
)
# Of two events of one second this one came first: nobody is held before answering or talks after the end.
ORDER = (RINGING, ANSWERED, RESUMED, TRANSFERRED, HELD, ENDED, RECORDING)
TALKING = "talking"


@dataclass(frozen=True)
class Event:
    kind: str
    at: datetime
    extension: str = ""
    to: str = ""
    url: str = ""


@dataclass
class Figures:
    """`extensions`: where it rings, or who talks; `extension`: who answered last, "" while nobody has."""

    started_at: datetime
    state: str = RINGING
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    wait: int = 0
    talk: int = 0
    hold: int = 0
    extension: str = ""
    extensions: list[str] = field(default_factory=list)
    transferred_to: str = ""
    recording: str = ""
    held_since: datetime | None = None
    first_held_at: datetime | None = None

    @property
    def unanswered(self) -> bool:
        return self.state == ENDED and self.answered_at is None


def figures(events: Iterable[Event]) -> Figures:
    """The call as all its events tell it; at least one. The answer does not depend on their order.

    Hold counts from "held" to "resumed", "transferred" or "ended"; talk is what lies between the answer and
    the end and was not hold. While the call goes on, both count to the newest event.
    """
    told = sorted(events, key=lambda event: (event.at, ORDER.index(event.kind), event.extension, event.to))
    call = Figures(started_at=told[0].at)
    for event in told:
        _take(call, event)
    ends = call.ended_at or told[-1].at
    if call.held_since is not None:
        call.hold += _seconds(call.held_since, ends)
    begun = call.answered_at
    call.wait = _seconds(call.started_at, begun or ends)
    call.talk = max(_seconds(begun, ends) - call.hold, 0) if begun else 0
    return call


def _take(call: Figures, event: Event) -> None:
    if event.kind == RECORDING:
        call.recording = event.url
        return
    if call.ended_at is not None:
        return  # a clock of the telephone system that ran ahead: what ended stays ended
    if event.kind == RINGING and call.answered_at is None and event.extension:
        call.extensions = list(dict.fromkeys([*call.extensions, event.extension]))
    elif event.kind == ANSWERED:
        call.answered_at = call.answered_at or event.at
        call.state, call.extension = TALKING, event.extension or call.extension
        call.extensions = [call.extension] if call.extension else []
    elif event.kind == HELD and call.answered_at is not None and call.held_since is None:
        call.state, call.held_since = HELD, event.at
        call.first_held_at = call.first_held_at or event.at
    elif event.kind == RESUMED:
        _end_hold(call, event.at)
    elif event.kind == TRANSFERRED:
        _end_hold(call, event.at)
        call.transferred_to = event.to
        call.extensions = [event.to]
    elif event.kind == ENDED:
        _end_hold(call, event.at)
        call.state, call.ended_at, call.extensions = ENDED, event.at, []


def _end_hold(call: Figures, at: datetime) -> None:
    if call.held_since is not None:
        call.hold += _seconds(call.held_since, at)
        call.held_since, call.state = None, TALKING


def _seconds(start: datetime, end: datetime) -> int:
    return max(int((end - start).total_seconds()), 0)
