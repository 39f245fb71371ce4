"""Official days off and make-up workdays, as far as a government has published them."""

from dataclasses import dataclass
from datetime import date
from functools import cache


@dataclass(frozen=True)
class OfficialDays:
    holidays: frozenset[date]
    workdays: frozenset[date]
    last: date
    """Nothing is published after this day; a due time beyond it is provisional."""


@cache
def official_days(country: str) -> OfficialDays:
    """The published days of "CN".

    Source: the State Council's yearly notices as kept by the package chinesecalendar. The notice
    for a year comes out in the November before, so the next year may be missing.
    """
    if country != "CN":
        raise ValueError(f"no official days are known for {country!r}")
    from chinese_calendar import constants  # loaded only for calendars that ask for it

    holidays = frozenset(constants.holidays)
    return OfficialDays(holidays, frozenset(constants.workdays), date(max(holidays).year, 12, 31))


def published_until(country: str) -> date:
    """The last day for which official days are known."""
    return official_days(country).last
