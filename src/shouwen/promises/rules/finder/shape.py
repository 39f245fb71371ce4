"""What the finder hands out, and the plain value that a time said in words is read into."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

Sort = Literal["relative", "absolute", "workday"]
Who = Literal["we", "customer"]
Unit = Literal["second", "minute", "hour", "day", "workday", "week", "month"]
Part = Literal["dawn", "early", "morning", "noon", "afternoon", "dusk", "evening", "closing", "opening"]
Edge = Literal["by", "after"]
Verdict = Literal["promise", "hedged", "customer", "no"]


@dataclass(frozen=True)
class FoundPromise:
    """Something said to a customer that has a due time.

    `start` and `end` are character offsets into the text, `quoted` the words between them. `due` is aware, in
    the zone that was given. `certain` is False for hedged words (预计, we hope to) and for times that can be
    read in two ways. `outside_hours` says that the due time falls where the calendar is closed.
    """

    start: int
    end: int
    quoted: str
    what: str
    due: datetime
    sort: Sort
    certain: bool
    who: Who = "we"
    outside_hours: bool = False


@dataclass(frozen=True)
class Span:
    """A length of time: three working days, half an hour. `amount` is the upper end of a range."""

    amount: float
    unit: Unit


@dataclass(frozen=True)
class Day:
    """A day said in words, still relative to the day it was said on.

    sort        value
    offset      0 today, 1 tomorrow …
    weekday     0 Monday … 6; `week` 0 this, 1 next, 2 the one after, None "Friday" without saying which
    week        end of the week `week`
    weekend     Sunday of the week `week`
    month       end of the month `week` (0 this, 1 next)
    month_early, month_middle  the tenth and the fifteenth
    year        end of this year
    date        month/day and perhaps year; `value` is the day of the month
    """

    sort: Literal[
        "offset", "weekday", "week", "weekend", "month", "month_early", "month_middle", "year", "date"
    ]
    value: int = 0
    week: int | None = None
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True)
class Clock:
    """A time of day; `open_half` when it could be morning or afternoon (5点, 5:30)."""

    at: time
    open_half: bool = False


@dataclass(frozen=True)
class Said:
    """One time expression found in the text."""

    start: int
    end: int
    span: Span | None = None
    day: Day | None = None
    part: Part | None = None
    clock: Clock | None = None
    edge: Edge = "by"
    before: bool = False
    vague: bool = False


@dataclass(frozen=True)
class Around:
    """What stands around one time: before it in its clause, after it, and the earlier and later clauses."""

    before: str
    after: str
    earlier: str
    later: str
    asks: bool
    near: bool
    """The time is today or a length of time, so that 'done' words make it history."""
    loose: bool = False
    """晚上, 第二天: words as common in a story as in a promise, so that the clause must say more."""

    @property
    def clause(self) -> str:
        return self.before + "\ufffc" + self.after
