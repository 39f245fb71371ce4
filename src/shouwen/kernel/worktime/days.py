"""One day of a calendar as spans of real time, compiled once and kept.

Times inside are whole microseconds since 1970 UTC, so that sums are exact and fast.

Wall-clock times become real moments by one rule: the first moment at which the local clock
reads that time or later. So a time that the spring change skips is the moment of the change,
a time that autumn repeats is its first occurrence, and neighbouring spans never overlap.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from shouwen.kernel.worktime.official import OfficialDays
from shouwen.kernel.worktime.reading import Span

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
MICROSECOND = timedelta(microseconds=1)
KEPT_DAYS = 8192  # a bit more than the 20 years that one computation may touch


def micros(moment: datetime) -> int:
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds


def moment_of(value: int) -> datetime:
    return EPOCH + timedelta(microseconds=value)


class Day(NamedTuple):
    date: date
    reason: str
    """week, shift, official_workday; without spans: holiday, official_holiday, closed."""
    spans: tuple[tuple[int, int], ...]
    provisional: bool
    """The day lies past the last published year of official days."""


class Timetable:
    """A calendar ready for computing. Only adds to its own store, so threads may share it."""

    def __init__(
        self,
        *,
        zone: str,
        week: tuple[tuple[Span, ...], ...],
        holidays: frozenset[date],
        shifts: Mapping[date, tuple[Span, ...]],
        breaks: Mapping[date, tuple[Span, ...]],
        official: OfficialDays | None,
    ) -> None:
        self.zone = ZoneInfo(zone)
        self._week = week
        self._holidays = holidays
        self._shifts = shifts
        self._breaks = breaks
        self._official = official
        self._days: dict[int, Day] = {}

    def ordinal(self, moment: datetime) -> int:
        """The local date of `moment` as a proleptic day number."""
        return moment.astimezone(self.zone).toordinal()

    def day(self, ordinal: int) -> Day:
        found = self._days.get(ordinal)
        if found is None:
            found = self._compile(date.fromordinal(ordinal))
            if len(self._days) >= KEPT_DAYS:
                self._days.clear()
            self._days[ordinal] = found
        return found

    def _compile(self, day: date) -> Day:
        reason, spans = self._plan(day)
        for pause in self._breaks.get(day, ()):
            spans = tuple(part for span in spans for part in cut(span, pause))
        real = tuple((self._real(day, start), self._real(day, end)) for start, end in spans)
        opened = tuple((start, end) for start, end in real if start < end)
        beyond = self._official is not None and day > self._official.last
        if not opened and reason in ("week", "shift", "official_workday"):
            reason = "closed"
        return Day(day, reason, opened, beyond)

    def _plan(self, day: date) -> tuple[str, tuple[Span, ...]]:
        """The calendar's own word first, then the official one, then the week."""
        if day in self._holidays:
            return "holiday", ()
        if day in self._shifts:
            return "shift", tuple(self._shifts[day])
        if self._official and day in self._official.holidays:
            return "official_holiday", ()
        if self._official and day in self._official.workdays:
            return "official_workday", self._week[0]
        return "week", self._week[day.weekday()]

    def _real(self, day: date, minute: int) -> int:
        wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001
        local = wall.replace(tzinfo=self.zone)
        real = local.astimezone(UTC)
        if real.astimezone(self.zone).replace(tzinfo=None) == wall:
            return micros(real)
        return self._change(micros(local.replace(fold=1).astimezone(UTC)), micros(real))

    def _change(self, before: int, after: int) -> int:
        """The moment between the two at which the local clock jumps ahead."""
        old = moment_of(before).astimezone(self.zone).utcoffset()
        while after - before > 1:
            middle = (before + after) // 2
            if moment_of(middle).astimezone(self.zone).utcoffset() == old:
                before = middle
            else:
                after = middle
        return after


def cut(span: tuple[int, int], away: tuple[int, int]) -> list[tuple[int, int]]:
    """What is left of `span` without `away`: nothing, one or two parts."""
    parts = [(span[0], min(span[1], away[0])), (max(span[0], away[1]), span[1])]
    return [part for part in parts if part[0] < part[1]]
