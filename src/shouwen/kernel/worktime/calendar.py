"""The calendar: when we are open, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from shouwen.kernel.worktime import reading
from shouwen.kernel.worktime.days import Timetable
from shouwen.kernel.worktime.official import OfficialDays, official_days
from shouwen.kernel.worktime.reading import Span


@dataclass(frozen=True)
class Calendar:
    """Working hours in one time zone. Treat it as immutable: what it computes is kept.

    `week` holds the spans of "mon" … "sun" in minutes since local midnight; `holidays` close a
    date, `shifts` replace its spans, `breaks` cut spans out. With `official` "CN" the published
    Chinese holidays close and the make-up workdays (调休) open with the spans of Monday, unless
    this calendar's own holidays or shifts say otherwise for the date. `published` stands in place of
    the packaged official days, where an installation has put in a newer notice; it is not part of
    the JSON.
    """

    zone: str
    week: Mapping[str, tuple[Span, ...]]
    holidays: frozenset[date] = frozenset()
    shifts: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    breaks: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    official: str | None = None
    published: OfficialDays | None = None

    @classmethod
    def from_json(cls, data: Any) -> "Calendar":
        """Read the JSON shape; Invalid names the first field that is wrong."""
        return cls(**reading.calendar(data))

    def to_json(self) -> dict[str, Any]:
        """The JSON shape, which `from_json` reads back to an equal calendar."""
        return {
            "zone": self.zone,
            "week": {key: _clocks(self.week[key]) for key in reading.WEEKDAYS if key in self.week},
            "holidays": [day.isoformat() for day in sorted(self.holidays)],
            "shifts": {day.isoformat(): _clocks(self.shifts[day]) for day in sorted(self.shifts)},
            "breaks": {day.isoformat(): _clocks(self.breaks[day]) for day in sorted(self.breaks)},
            "official": self.official,
        }

    @cached_property
    def timetable(self) -> Timetable:
        """The compiled form, made once."""
        return Timetable(
            zone=self.zone,
            week=tuple(tuple(self.week.get(key, ())) for key in reading.WEEKDAYS),
            holidays=self.holidays,
            shifts=self.shifts,
            breaks=self.breaks,
            official=(self.published or official_days(self.official)) if self.official else None,
        )

    def local(self, moment: datetime) -> datetime:
        """`moment` on this calendar's wall clock."""
        return moment.astimezone(self.timetable.zone)


def _clocks(spans: tuple[Span, ...]) -> list[list[str]]:
    return [[f"{value // 60:02d}:{value % 60:02d}" for value in span] for span in spans]
