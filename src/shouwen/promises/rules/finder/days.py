"""The working days and hours that a promise is reckoned by: the calendar's, or nine to six on
weekdays without one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shouwen.kernel.worktime import Calendar

_OPENS, _CLOSES = time(9), time(18)
_LAST_MINUTE = time(23, 59)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SEARCHED_DAYS = 800  # a calendar closed for longer than this has no working day worth promising


@dataclass(frozen=True)
class Days:
    calendar: "Calendar | None"
    zone: tzinfo

    def spans(self, day: date) -> list[tuple[time, time]]:
        """Opening hours of a day, in order; empty when closed."""
        if self.calendar is None:
            return [(_OPENS, _CLOSES)] if day.weekday() < 5 else []
        found = self.calendar.timetable.day(day.toordinal()).spans
        return [(self._on(day, opens), self._on(day, closes)) for opens, closes in found]

    def _on(self, day: date, micros: int) -> time:
        """The time of day here; what lies before or after `day` is held to its first and last minute."""
        here = (_EPOCH + timedelta(microseconds=micros)).astimezone(self.zone)
        if here.date() < day:
            return time(0)
        return here.time() if here.date() == day else _LAST_MINUTE

    def closing(self, day: date) -> time:
        spans = self.spans(day)
        return spans[-1][1] if spans else _CLOSES

    def opening(self, day: date) -> time:
        spans = self.spans(day)
        return spans[0][0] if spans else _OPENS

    def moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at.replace(tzinfo=None), tzinfo=self.zone)

    def later(self, start: datetime, seconds: float) -> datetime:
        """Real elapsed time, also across a change to summer time."""
        return (start.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(self.zone)

    def last_open(self, first: date, last: date) -> date:
        """The last open day between the two, or `last` itself when none is."""
        day = last
        while day >= first:
            if self.spans(day):
                return day
            day -= timedelta(days=1)
        return last

    def after_working_days(self, start: datetime, count: float) -> datetime | None:
        """Close of the `count`-th open day after that of `start`; half a day ends at noon of the
        day it reaches."""
        day, left = start.date(), int(count)
        if count < 1:
            return self._half_a_day(start)
        for _ in range(_SEARCHED_DAYS):
            if left <= 0:
                break
            day += timedelta(days=1)
            left -= bool(self.spans(day))
        else:
            return None
        return self.moment(day, self.closing(day))

    def _half_a_day(self, start: datetime) -> datetime | None:
        """Today's close when half the day is still ahead, else noon of the next open day."""
        today = start.date()
        if self.spans(today) and start.timetz().replace(tzinfo=None) <= time(12):
            return self.moment(today, self.closing(today))
        day = today
        for _ in range(_SEARCHED_DAYS):
            day += timedelta(days=1)
            if self.spans(day):
                return self.moment(day, time(12))
        return None

    def is_outside(self, moment: datetime) -> bool:
        """True when `moment` is in closed hours; the minute of closing still counts as open."""
        here = moment.astimezone(self.zone)
        at = here.time().replace(second=0, microsecond=0)
        return not any(opens <= at <= closes for opens, closes in self.spans(here.date()))
