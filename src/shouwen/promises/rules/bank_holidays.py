"""Bank holidays of England and Wales, which decide what a business day is for the UK's regulators.

Source: Banking and Financial Dealings Act 1971, schedule 1, and the yearly royal proclamations as published on
gov.uk/bank-holidays. The rule gives every ordinary year from 1978 on; `ONCE` holds the days that were added and
`MOVED` those that took the place of another day.
"""

from datetime import date, timedelta
from functools import cache
from typing import Final

FIRST_YEAR: Final = 1978
MOVED: Final = {
    date(1995, 5, 1): date(1995, 5, 8),  # fifty years after the war
    date(2002, 5, 27): date(2002, 6, 4),
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),  # seventy-five years after the war
    date(2022, 5, 30): date(2022, 6, 2),
}
ONCE: Final = frozenset(
    {
        date(1981, 7, 29),
        date(1999, 12, 31),
        date(2002, 6, 3),
        date(2011, 4, 29),
        date(2012, 6, 5),
        date(2022, 6, 3),
        date(2022, 9, 19),
        date(2023, 5, 8),
    }
)


@cache
def of_year(year: int) -> frozenset[date]:
    """The bank holidays of a year, substitute days included."""
    easter = _easter(year)
    plain = [
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _monday(date(year, 5, 1)),
        _last_monday(date(year, 5, 31)),
        _last_monday(date(year, 8, 31)),
        _weekday(date(year, 1, 1)),
        *_christmas(year),
    ]
    return frozenset(MOVED.get(day, day) for day in plain) | {day for day in ONCE if day.year == year}


def _weekday(day: date) -> date:
    """The day itself, or the Monday after the weekend it falls on."""
    return day if day.weekday() < 5 else _monday(day)


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _last_monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _christmas(year: int) -> list[date]:
    """25 and 26 December; what falls on a weekend moves to the next day that is neither."""
    first = date(year, 12, 25)
    days = [first, first + timedelta(days=1)]
    free = [first + timedelta(days=count) for count in range(2, 5)]
    free = [day for day in free if day.weekday() < 5]
    return [day if day.weekday() < 5 else free.pop(0) for day in days]


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm, Nature 1876; Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)
