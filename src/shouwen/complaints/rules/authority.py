"""The authority matrix (ESC-2): which role may grant which remedy up to which amount, at once and in a period.

What the matrix does not allow nobody can grant: not on a screen, not by the API, not by a rule that runs by itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from shouwen.kernel.errors import N_, Refused, Sentence

PERIODS: Final = ("day", "month")


@dataclass(frozen=True)
class Limit:
    """What a role may grant of a remedy: `each` at once, `together` in a `period`; minor units."""

    role: str
    remedy: str
    each: int
    together: int
    period: str = "month"


@dataclass(frozen=True)
class Room:
    """What one person may still grant: `each` at once, `left` of the period's sum. `why` says what stops more."""

    each: int = 0
    left: int = 0

    @property
    def most(self) -> int:
        return min(self.each, self.left)

    def covers(self, amount: int) -> bool:
        return 0 < amount <= self.most


NOTHING: Final = Room()


def start_of(period: str, at: datetime, zone: str) -> datetime:
    """When the running day or month began, in the house's own zone."""
    here = at.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    return here.replace(day=1) if period == "month" else here


def room(limits: Iterable[Limit], roles: Iterable[str], remedy: str, granted: Mapping[str, int]) -> Room:
    """The best that any of a person's roles gives for `remedy`. `granted`: what they granted of it by period."""
    held = set(roles)
    rooms = [
        Room(limit.each, max(0, limit.together - granted.get(limit.period, 0)))
        for limit in limits
        if limit.role in held and limit.remedy == remedy
    ]
    return max(rooms, key=lambda one: (one.most, one.each), default=NOTHING)


def hands(amount: int, two_above: int) -> int:
    """How many people have to say yes: two above the threshold (0: always one)."""
    return 2 if two_above and amount > two_above else 1


@dataclass(frozen=True)
class Yes:
    """One signature: who, and whether that person's own authority covers the whole amount."""

    by: int
    full: bool


def enough(yes: Iterable[Yes], needed: int) -> bool:
    """Enough different people, one of whom may grant the whole amount."""
    signed = list(yes)
    return len({one.by for one in signed}) >= needed and any(one.full for one in signed)


def check_signer(
    *, by: int | None, asked_by: int | None, about: int | None, needed: int, mine: Room, amount: int
) -> bool:
    """Whether this person may sign; returns whether their authority covers the whole. Refused otherwise.

    Alone one may grant what one asked for, within one's own limit: that is what a limit is for. Where two are
    needed, who asked is not one of them. Nobody grants anything in a complaint about themselves.
    """
    if by is None:
        raise Refused(Sentence(N_("Only a person with authority can grant this, never a rule by itself.")))
    if about is not None and by == about:
        raise Refused(Sentence(N_("The complaint is about you: somebody else has to decide.")))
    if needed > 1 and by == asked_by:
        raise Refused(Sentence(N_("Two other people have to say yes to this amount.")))
    full = mine.covers(amount)
    if not full and (needed == 1 or mine.each <= 0):
        raise Refused(Sentence(N_("This amount is beyond your authority.")))
    return full
