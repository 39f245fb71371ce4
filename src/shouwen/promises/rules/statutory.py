"""When a time limit set by law ends, counted day by day.

The day of receipt is not counted: the first day is the day after it (in China Civil Code art. 201; in the
UK's DISP "following the day on which it is received"). Working days skip days off and count make-up workdays.
The limit ends with its last day, written as 23:59:59 so that it reads as that day everywhere, or at the
time of that day which the template names (close of business).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import floor
from typing import Final
from zoneinfo import ZoneInfo

from shouwen.kernel.errors import N_, Invalid, Sentence
from shouwen.promises.rules import bank_holidays, words

CALENDAR_DAYS, WORKING_DAYS, WEEKS = "calendar_days", "working_days", "weeks"
UNITS: Final = (CALENDAR_DAYS, WORKING_DAYS, WEEKS)
COUNTRIES: Final = ("CN", "GB")
MOST_DAYS: Final = 366
END_OF_DAY: Final = 1440

RECEIVED, COUNTED, MAKE_UP, WEEKEND, HOLIDAY, ROLLED = (
    "received",
    "counted",
    "official_workday",
    "weekend",
    "official_holiday",
    "rolled",
)


@dataclass(frozen=True)
class DaysOff:
    """Which days nobody has to work; past `last` nothing is published yet."""

    kind: Callable[[date], str]
    last: date | None = None


@dataclass(frozen=True)
class Term:
    """`count` in `unit`, of which `extended` lists what was added since, in the same unit."""

    count: int
    unit: str
    zone: str
    ends_at: int = END_OF_DAY
    rolls: bool = False
    extended: tuple[int, ...] = ()

    @property
    def days(self) -> int:
        return (self.count + sum(self.extended)) * (7 if self.unit == WEEKS else 1)


@dataclass(frozen=True)
class Run:
    """Days in a row of the same sort; `first_number` and `last_number` where they are counted."""

    first: date
    last: date
    sort: str
    first_number: int | None = None
    last_number: int | None = None


@dataclass(frozen=True)
class Reckoning:
    last_day: date
    due_at: datetime
    warn_at: datetime
    provisional: bool
    runs: tuple[Run, ...]


def chinese(holidays: frozenset[date], workdays: frozenset[date], last: date) -> DaysOff:
    """Weekdays, less the official holidays, and the make-up workdays (调休)."""

    def kind(day: date) -> str:
        if day in workdays:
            return MAKE_UP
        if day in holidays:
            return HOLIDAY
        return COUNTED if day.weekday() < 5 else WEEKEND

    return DaysOff(kind, last)


def british() -> DaysOff:
    """Neither Saturday, Sunday nor a bank holiday of England and Wales."""

    def kind(day: date) -> str:
        if day.weekday() >= 5:
            return WEEKEND
        return HOLIDAY if day in bank_holidays.of_year(day.year) else COUNTED

    return DaysOff(kind)


def reckon(term: Term, received_at: datetime, off: DaysOff) -> Reckoning:
    """The last day, its explanation in runs of days, and when to warn: when four fifths of the days are over."""
    zone = ZoneInfo(term.zone)
    received = received_at.astimezone(zone).date()
    every = term.unit != WORKING_DAYS
    warn_number = max(1, floor(term.days * words.MOST))
    days: list[tuple[date, str, int | None]] = [(received, RECEIVED, None)]
    day, number, warn_day = received, 0, received
    while number < term.days:
        day += timedelta(days=1)
        sort = off.kind(day)
        counted = every or sort in (COUNTED, MAKE_UP)
        number += counted
        if counted and number == warn_number:
            warn_day = day
        days.append((day, COUNTED if every else sort, number if counted else None))
    while term.rolls and off.kind(day) not in (COUNTED, MAKE_UP):
        day += timedelta(days=1)
        days.append((day, ROLLED, None))
    due_at = _end(day, term.ends_at, zone)
    provisional = off.last is not None and day > off.last and (term.rolls or not every)
    return Reckoning(day, due_at, min(_end(warn_day, END_OF_DAY, zone), due_at), provisional, _runs(days))


def _runs(days: Sequence[tuple[date, str, int | None]]) -> tuple[Run, ...]:
    found: list[Run] = []
    for day, sort, number in days:
        if found and found[-1].sort == sort and sort != RECEIVED:
            found[-1] = Run(found[-1].first, day, sort, found[-1].first_number, number)
        else:
            found.append(Run(day, day, sort, number, number))
    return tuple(found)


def _end(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    if minutes >= END_OF_DAY:
        return datetime.combine(day, time(23, 59, 59), zone).astimezone(ZoneInfo("UTC"))
    return datetime.combine(day, time(minutes // 60, minutes % 60), zone).astimezone(ZoneInfo("UTC"))


def check(term: Term, country: str, extensions: Sequence[int]) -> None:
    """A time limit that can be counted; Invalid names the field."""
    if term.unit not in UNITS:
        raise Invalid(Sentence(N_("Choose calendar days, working days or weeks.")), field="unit")
    if country not in COUNTRIES:
        raise Invalid(Sentence(N_("Official days are known for China and the UK only.")), field="country")
    if not 0 < term.days <= MOST_DAYS:
        raise Invalid(Sentence(N_("A time limit is at least a day and at most a year.")), field="count")
    if any(not 0 < count <= MOST_DAYS for count in extensions):
        raise Invalid(Sentence(N_("An extension is at least a day and at most a year.")), field="extensions")
    if not 0 < term.ends_at <= END_OF_DAY:
        raise Invalid(Sentence(N_("Enter a time of day such as 17:00.")), field="ends_at")
    if term.zone not in words.zones():
        raise Invalid(Sentence(N_("There is no such time zone.")), field="zone")


def extension_lines(text: str) -> list[dict[str, int | str]]:
    """Lines as typed, "15 a complicated case", one for each step in its order."""
    found: list[dict[str, int | str]] = []
    for line in text.splitlines():
        count, _, why = line.strip().lstrip("+").partition(" ")
        if not count:
            continue
        if not (count.isascii() and count.isdigit()) or len(count) > 4:
            sentence = Sentence(N_('"%(text)s" does not begin with a number of days.'), {"text": line[:30]})
            raise Invalid(sentence, field="extensions")
        found.append({"count": int(count), "why": why.strip()[:200]})
    return found


def time_of_day(text: str) -> int:
    """Minutes of the day of "17:00"; the end of the day for nothing."""
    said = text.strip().replace("：", ":")
    if not said:
        return END_OF_DAY
    hours, _colon, minutes = said.partition(":")
    good = all(part.isascii() and part.isdigit() and len(part) <= 2 for part in (hours, minutes))
    if not good or int(minutes) > 59 or not 0 < int(hours) * 60 + int(minutes) <= END_OF_DAY:
        raise Invalid(Sentence(N_("Enter a time of day such as 17:00.")), field="ends_at")
    return int(hours) * 60 + int(minutes)
