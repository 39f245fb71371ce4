"""The plain words that states and sorts are stored as, and the limits of the room."""

from datetime import timedelta
from functools import cache
from typing import Final
from zoneinfo import available_timezones

Subject = tuple[str, int]

FIRST_REPLY, NEXT_REPLY, SOLUTION, TASK = "first_reply", "next_reply", "solution", "task"
CLOCK_SORTS: Final = (FIRST_REPLY, NEXT_REPLY, SOLUTION, TASK)
STANDARD_SORTS: Final = (FIRST_REPLY, NEXT_REPLY, SOLUTION)

RUNNING, PAUSED, MET, BREACHED, STOPPED = "running", "paused", "met", "breached", "stopped"
CLOCK_STATES: Final = (RUNNING, PAUSED, MET, BREACHED, STOPPED)

OPEN, KEPT, RENEGOTIATED, BROKEN, WITHDRAWN = "open", "kept", "renegotiated", "broken", "withdrawn"
PROMISE_STATES: Final = (OPEN, KEPT, RENEGOTIATED, BROKEN, WITHDRAWN)

HOLIDAY, WORKDAY = "holiday", "workday"

REASONABLE, TOO_HIGH, MISTAKEN, UNREASONABLE = "reasonable", "too_high", "mistaken", "unreasonable"
EXPECTATION_SORTS: Final = (REASONABLE, TOO_HIGH, MISTAKEN, UNREASONABLE)

TIERS: Final = ("A", "B", "C", "D")

# Why a promise was broken, as the figures count it (PRO-4); the words beside it say more.
CAUSES: Final = (
    "capacity",
    "estimate",
    "parts",
    "information",
    "handover",
    "forgotten",
    "system",
    "third_party",
    "customer",
    "other",
)

PROMISE_TEXT_LIMIT: Final = 400
REASON_LIMIT: Final = 400
WORDS_LIMIT: Final = 2000
LONGEST_PROMISE: Final = timedelta(days=366)
LONGEST_TARGET: Final = 366 * 86_400

# The owner is warned when these shares of a promise's time have passed (PRO-3).
HALF, MOST = 0.5, 0.8


@cache
def zones() -> frozenset[str]:
    """The time zones that this machine knows."""
    return frozenset(available_timezones())
