"""Working time: when is something due, and how much open time lies between two moments.

A `Calendar` says when we are open; `due` walks forward over open seconds, `between` counts
them, `used`, `remaining` and `due_with_pauses` do the same for a clock that was paused.
All moments going in are aware; all moments coming out are UTC. Doors: the names below, and
`cli` for the command line.
"""

from shouwen.kernel.worktime.calendar import Calendar
from shouwen.kernel.worktime.official import published_until
from shouwen.kernel.worktime.pauses import Pause, due_with_pauses, remaining, used
from shouwen.kernel.worktime.walking import Due, Step, between, due

__all__ = [
    "Calendar",
    "Due",
    "Pause",
    "Step",
    "between",
    "due",
    "due_with_pauses",
    "published_until",
    "remaining",
    "used",
]
