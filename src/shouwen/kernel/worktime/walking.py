"""Walking over open time: when is it due, and how much of it lies between two moments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shouwen.kernel.errors import N_
from shouwen.kernel.worktime.calendar import Calendar
from shouwen.kernel.worktime.days import SECOND, Day, cut, micros, moment_of
from shouwen.kernel.worktime.reading import wrong

HORIZON_YEARS = 20
HORIZON_DAYS = HORIZON_YEARS * 366
FIRST_YEAR, LAST_YEAR = 1900, 2999
LONGEST_YEARS = 100
FOREVER = 2**62

LocalDate = date  # a name that the field `date` does not hide

Blocks = Sequence[tuple[int, int]]
"""Sorted, disjoint times in microseconds during which the clock stands."""


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of the way to a due time, as data for an explanation.

    On an open day: one span with its opening hours and what was used of it. Days without
    opening hours are folded into one step from `date` to `until` with no hours. `reason`:
    week, shift, official_workday; holiday, official_holiday, closed, paused.
    """

    date: LocalDate
    until: LocalDate
    opens: datetime | None
    closes: datetime | None
    used_seconds: int
    left_seconds: int
    reason: str


@dataclass(frozen=True, slots=True)
class Due:
    due: datetime
    provisional: bool
    """True when a day past the last published year of official days was touched."""
    steps: tuple[Step, ...]


def due(calendar: Calendar, start: datetime, seconds: int, *, field: str = "seconds") -> Due:
    """The first moment (UTC) at which `seconds` of open time have passed since `start`.

    A time that ends with the day's opening hours is due at closing, not the next morning.
    Invalid for a naive start, a target that is not positive, or one that the calendar does not
    reach within 20 years; `field` names the target in the sentence.
    """
    found = walk(calendar, aware(start, "start"), target(seconds, field), (), field)
    assert found is not None  # only a block without end gives none
    return found


def between(calendar: Calendar, start: datetime, end: datetime, *, field: str = "end") -> int:
    """Open whole seconds from `start` to `end`; Invalid when naive, turned round or over 100 years."""
    begin, stop = micros(aware(start, "start")), micros(aware(end, field))
    if stop < begin:
        raise wrong(N_("%(field)s must not be before the start."), field)
    if stop - begin > LONGEST_YEARS * 366 * 86_400 * SECOND:
        message = N_("%(field)s must not be more than %(years)s years after the start.")
        raise wrong(message, field, years=LONGEST_YEARS)
    return open_micros(calendar, begin, stop) // SECOND


def open_micros(calendar: Calendar, start: int, end: int) -> int:
    timetable = calendar.timetable
    first, last = timetable.ordinal(moment_of(start)), timetable.ordinal(moment_of(end))
    # One day more: where the clock falls back over midnight, a later date may begin before `end`.
    return sum(
        max(0, min(closes, end) - max(opens, start))
        for ordinal in range(first, last + 2)
        for opens, closes in timetable.day(ordinal).spans
    )


def aware(moment: Any, field: str) -> datetime:
    """`moment` if it can be computed with: a datetime with a zone, from 1900 to 2999."""
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        raise wrong(N_("%(field)s must be a date and time with an offset such as +08:00."), field)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        message = N_("%(field)s must lie between the years %(first)s and %(last)s.")
        raise wrong(message, field, first=FIRST_YEAR, last=LAST_YEAR)
    return moment


def target(amount: Any, field: str) -> int:
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise wrong(N_("%(field)s must be a whole number."), field)
    if amount <= 0:
        raise wrong(N_("%(field)s must be greater than zero."), field)
    return amount


def walk(calendar: Calendar, start: datetime, seconds: int, blocks: Blocks, field: str) -> Due | None:
    """Use up `seconds` of open time outside `blocks`; None when a block without end comes first."""
    timetable = calendar.timetable
    now, left = micros(start), seconds * SECOND
    stop = blocks[-1][0] if blocks and blocks[-1][1] == FOREVER else FOREVER
    steps: list[Step] = []
    provisional = False
    first = timetable.ordinal(start)
    for ordinal in range(first, first + HORIZON_DAYS):
        day = timetable.day(ordinal)
        provisional = provisional or day.provisional
        count = len(steps)
        for opens, closes in day.spans:
            if opens >= stop:
                return None
            for begin, end in _running(max(opens, now), closes, blocks):
                taken = min(left, end - begin)
                steps.append(_step(day, opens, closes, left, left - taken))
                left -= taken
                if not left:
                    return Due(moment_of(begin + taken), provisional, tuple(steps))
        if len(steps) == count and (not day.spans or day.spans[-1][1] > now):
            _fold(steps, day, left)
    if stop != FOREVER:
        return None
    message = N_("%(field)s: this calendar is not open for that long within %(years)s years.")
    raise wrong(message, field, years=HORIZON_YEARS)


def _running(start: int, end: int, blocks: Blocks) -> list[tuple[int, int]]:
    parts = [(start, end)] if start < end else []
    for block in blocks:
        parts = [piece for part in parts for piece in cut(part, block)]
    return parts


def _step(day: Day, opens: int, closes: int, before: int, after: int) -> Step:
    # Rounded up on what is left, so that the seconds used always add up to the target.
    left = -(-after // SECOND)
    used = -(-before // SECOND) - left
    return Step(day.date, day.date, moment_of(opens), moment_of(closes), used, left, day.reason)


def _fold(steps: list[Step], day: Day, left: int) -> None:
    reason = "paused" if day.spans else day.reason
    since = day.date
    if steps and steps[-1].opens is None and steps[-1].reason == reason:
        since = steps.pop().date
    steps.append(Step(since, day.date, None, None, 0, -(-left // SECOND), reason))
