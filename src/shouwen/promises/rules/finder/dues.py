"""From a time said in words to the moment it is due.

Minutes and hours are real elapsed time: a customer who hears "in ten minutes" looks at the clock on
the wall. Days,
weeks and months end with the working hours of their last day. Working days are counted from the day
after. A part of
a day ends when people say it ends: morning 12:00, noon 13:00, afternoon and "before closing" with
the working hours,
evening 21:00. All results are aware, in the zone of `days`.
"""

import calendar as gregorian
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .days import Days
from .shape import Clock, Day, Part, Said, Sort, Span

_ENDS: dict[Part, time] = {
    "dawn": time(6), "early": time(10), "morning": time(12), "noon": time(13), "dusk": time(19),
    "evening": time(21),
}  # fmt: skip
_STARTS: dict[Part, time] = {"morning": time(12), "noon": time(12), "afternoon": time(12), "dusk": time(17)}
_WAKING = range(8, 20)


@dataclass(frozen=True)
class Due:
    at: datetime
    sort: Sort
    certain: bool


def due(said: Said, at: datetime, days: Days) -> Due | None:
    """When `said`, spoken at `at`, falls due; None when it is not in the future or is no real date."""
    here = at.astimezone(days.zone)
    try:
        found = _length(said.span, here, days) if said.span else _point(said, here, days)
    except (ValueError, OverflowError):
        return None
    if found is None or found.at <= here:
        return None
    return Due(found.at, found.sort, found.certain and not said.vague)


def _length(span: Span, here: datetime, days: Days) -> Due | None:
    amount = span.amount
    if span.unit in {"second", "minute", "hour"}:
        seconds = amount * {"second": 1, "minute": 60, "hour": 3600}[span.unit]
        return Due(days.later(here, seconds), "relative", True)
    if span.unit == "workday":
        moment = days.after_working_days(here, amount)
        return Due(moment, "workday", True) if moment else None
    last = here.date()
    if span.unit == "month":
        last = _months_on(last, int(amount)) + timedelta(days=15 if amount % 1 else 0)
    else:
        last += timedelta(days=round(amount * (7 if span.unit == "week" else 1)))
    return Due(_close_of(last, days), "relative", True)


def _months_on(day: date, months: int) -> date:
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    return date(year, month, min(day.day, gregorian.monthrange(year, month)[1]))


def _close_of(day: date, days: Days) -> datetime:
    return days.moment(day, days.closing(day))


def _point(said: Said, here: datetime, days: Days) -> Due | None:
    day, certain = (here.date(), True) if said.day is None else _resolve(said.day, here, days)
    if day is None:
        return None
    sort: Sort = "absolute"
    if said.part in {"closing", "opening"} or (said.day and said.day.sort in {"week", "month"}):
        sort = "workday"
    moment, sure = _time_of_day(said, day, here, days)
    if moment <= here and said.day is None:
        moment, sure = _time_of_day(said, day + timedelta(days=1), here, days)
        sure = False
    elif moment <= here and said.day and said.day.sort == "weekday" and said.day.week is None:
        moment, sure = _time_of_day(said, day + timedelta(days=7), here, days)
    elif moment <= here and day == here.date() and said.clock is None and said.part is None:
        moment, sure = days.moment(day, time(23, 59)), False
    return Due(moment, sort, certain and sure)


def _time_of_day(said: Said, day: date, here: datetime, days: Days) -> tuple[datetime, bool]:
    if said.clock is not None:
        if said.edge == "after":
            return _after_clock(said.clock, day, days), False
        return _clock_on(said.clock, day, here, days)
    part = said.part
    if part == "opening":
        if said.before:
            return days.moment(day, days.opening(day)), True
        return days.moment(day, days.opening(day)) + timedelta(hours=1), False
    if part == "closing":
        if said.edge == "after":
            return days.moment(day, time(21)), False
        return _close_of(day, days), True
    if part is not None and said.before and part in _STARTS:
        return days.moment(day, _STARTS[part]), True
    if part == "afternoon":
        closing = days.closing(day)
        return days.moment(day, closing if time(13) < closing <= time(20) else time(18)), said.edge == "by"
    if part is not None:
        return days.moment(day, _ENDS[part]), said.edge == "by"
    return _close_of(day, days), said.edge == "by"


def _after_clock(clock: Clock, day: date, days: Days) -> datetime:
    """'After three' has no end of its own: the end of that day's work, or of the evening."""
    begins = days.moment(day, clock.at)
    closing = _close_of(day, days)
    return closing if closing > begins else days.moment(day, time(23, 59))


def _clock_on(clock: Clock, day: date, here: datetime, days: Days) -> tuple[datetime, bool]:
    if not clock.open_half:
        if clock.at == time(0):  # 24:00 and 0点 said of a day end it
            return days.moment(day + timedelta(days=1), time(0)), True
        return days.moment(day, clock.at), True
    early = clock.at.replace(hour=clock.at.hour % 12)
    late = clock.at.replace(hour=clock.at.hour % 12 + 12)
    likely = [days.moment(day, each) for each in (early, late) if each.hour in _WAKING]
    coming = [moment for moment in likely if moment > here]
    if coming:
        return coming[0], len(likely) == 1
    other = days.moment(day, late)
    return (other, False) if other > here else (days.moment(day, likely[0].timetz()), False)


def _resolve(day: Day, here: datetime, days: Days) -> tuple[date | None, bool]:
    today = here.date()
    monday = today - timedelta(days=today.weekday())
    week = timedelta(weeks=day.week or 0)
    if day.sort == "offset":
        return today + timedelta(days=day.value), True
    if day.sort == "weekday":
        if day.week is not None:
            return monday + week + timedelta(days=day.value), True
        ahead = (day.value - today.weekday()) % 7
        return today + timedelta(days=ahead), ahead != 0
    if day.sort == "week":
        return days.last_open(monday + week, monday + week + timedelta(days=6)), True
    if day.sort == "weekend":
        return monday + week + timedelta(days=6), True
    if day.sort == "year":
        return days.last_open(date(today.year, 12, 1), date(today.year, 12, 31)), True
    if day.sort == "date":
        return _date(day, today)
    return _month(day, today, days)


def _month(day: Day, today: date, days: Days) -> tuple[date, bool]:
    first = today.replace(day=1)
    if day.month is not None:
        first = first.replace(month=day.month, year=today.year + (day.month < today.month))
    first = _months_on(first, day.week or 0)
    if day.sort == "month":
        last = first.replace(day=gregorian.monthrange(first.year, first.month)[1])
        return days.last_open(first, last), True
    return first.replace(day=10 if day.sort == "month_early" else 15), False


def _date(day: Day, today: date) -> tuple[date | None, bool]:
    """A date without a year is the coming one; one that has just gone by is history, not next year."""
    if day.year is not None and day.month is not None:
        return date(day.year, day.month, day.value), True
    if day.month is not None:
        this_year = date(today.year, day.month, day.value)
        if this_year >= today:
            return this_year, True
        if (today - this_year).days < 180:
            return None, False
        return date(today.year + 1, day.month, day.value), True
    first = _months_on(today.replace(day=1), day.week or 0)
    named = first.replace(day=day.value)
    if named >= today:
        return named, True
    return _months_on(first, 1).replace(day=day.value), False
