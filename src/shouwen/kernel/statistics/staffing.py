"""How many people are needed so that contacts wait no longer than promised (Erlang C).

Assumes contacts that arrive at random, one queue, and customers who wait: an upper bound where
some give up. Source: A. K. Erlang 1917; computed by the recursion of Erlang B, so that no
factorial overflows.
"""

from dataclasses import dataclass
from math import ceil, exp

MOST_STAFF = 10_000


@dataclass(frozen=True)
class Staffing:
    """What `staff` people reach. Without stability the queue grows without end: no figures."""

    staff: int
    load: float
    """Erlang: the number of people who would be busy all the time."""
    stable: bool
    waiting: float | None
    """Probability that a contact waits at all."""
    level: float | None
    """Share answered within the target time."""
    average_wait: float | None
    """Mean seconds until answered, over all contacts."""
    occupancy: float | None
    """Share of their time that people are busy."""


def erlang_c(
    *, contacts: float, interval_seconds: float, handling_seconds: float, target_seconds: float, staff: int
) -> Staffing:
    """The queue of `contacts` per interval, each handled in `handling_seconds`, served by `staff`."""
    load = _load(contacts, interval_seconds, handling_seconds)
    if target_seconds < 0 or staff < 0:
        raise ValueError("target and staff must not be negative")
    if staff <= load:
        return Staffing(staff, load, False, None, None, None, None)
    blocked = 1.0
    for people in range(1, staff + 1):
        blocked = load * blocked / (people + load * blocked)
    waiting = staff * blocked / (staff - load * (1 - blocked))
    free = staff - load
    return Staffing(
        staff=staff,
        load=load,
        stable=True,
        waiting=waiting,
        level=1 - waiting * exp(-free * target_seconds / handling_seconds),
        average_wait=waiting * handling_seconds / free,
        occupancy=load / staff,
    )


def staff_needed(
    *,
    contacts: float,
    interval_seconds: float,
    handling_seconds: float,
    target_seconds: float,
    level: float = 0.8,
) -> Staffing:
    """The smallest staff that answers the share `level` within the target time."""
    if not 0 < level < 1:
        raise ValueError("level must lie between 0 and 1")
    least = int(_load(contacts, interval_seconds, handling_seconds))
    for staff in range(least, MOST_STAFF + 1):
        found = erlang_c(
            contacts=contacts,
            interval_seconds=interval_seconds,
            handling_seconds=handling_seconds,
            target_seconds=target_seconds,
            staff=staff,
        )
        if found.level is not None and found.level >= level:
            return found
    raise ValueError(f"more than {MOST_STAFF} people would be needed")


def rostered(seated: int, shrinkage: float) -> int:
    """How many must be on the roster so that `seated` work, when `shrinkage` (0 to 1) are away."""
    if not 0 <= shrinkage < 1:
        raise ValueError("shrinkage must lie between 0 and 1")
    return ceil(round(seated / (1 - shrinkage), 9))


def _load(contacts: float, interval_seconds: float, handling_seconds: float) -> float:
    if contacts < 0 or interval_seconds <= 0 or handling_seconds <= 0:
        raise ValueError("contacts must not be negative, times must be positive")
    return contacts * handling_seconds / interval_seconds
