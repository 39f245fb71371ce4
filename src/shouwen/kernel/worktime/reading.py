"""Reading a calendar from JSON, refusing every wrong thing by the name of its field."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.kernel.errors import N_, Invalid, Sentence

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KEYS = ("zone", "week", "holidays", "shifts", "breaks", "official")
OFFICIAL = ("CN",)
DAY = 24 * 60

Span = tuple[int, int]
"""Minutes since local midnight, half-open: opens at the first, closed from the second on."""

_CLOCK = re.compile(r"([0-2][0-9]):([0-5][0-9])", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def wrong(msgid: str, field: str, **params: Any) -> Invalid:
    """An Invalid whose sentence names `field`."""
    return Invalid(Sentence(msgid, {"field": field, **params}), field=field)


def table(value: Any, field: str) -> Mapping[str, Any]:
    """`value` if it is an object with names; None counts as an empty one."""
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise wrong(N_("%(field)s must be an object with names and values."), field)
    return value


def row(value: Any, field: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise wrong(N_("%(field)s must be a list."), field)
    return list(value)


def known_keys(given: Iterable[str], allowed: Iterable[str], prefix: str = "") -> None:
    for key in given:
        if key not in allowed:
            message = N_("%(field)s is not known here; allowed are: %(allowed)s.")
            raise wrong(message, prefix + key[:60], allowed=", ".join(allowed))


def zone(value: Any) -> str:
    """The name of a time zone of the tz database, for instance "Asia/Shanghai"."""
    if not isinstance(value, str) or not value:
        raise wrong(N_('%(field)s must be the name of a time zone such as "Asia/Shanghai".'), "zone")
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise wrong(N_('%(field)s: there is no time zone "%(value)s".'), "zone", value=value[:60]) from None
    return value


def minute(value: Any, field: str) -> int:
    """ "HH:MM" as minutes since midnight; "24:00" is the end of the day."""
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    minutes = int(match[1]) * 60 + int(match[2]) if match else DAY + 1
    if minutes > DAY:
        message = N_('%(field)s: "%(value)s" is not a time from "00:00" to "24:00".')
        raise wrong(message, field, value=str(value)[:20])
    return minutes


def span(value: Any, field: str) -> Span:
    pair = row(value, field)
    if len(pair) != 2:
        raise wrong(N_("%(field)s must hold two times, from and to."), field)
    start, end = minute(pair[0], field), minute(pair[1], field)
    if end <= start:
        raise wrong(N_("%(field)s must end after it starts, on the same day."), field)
    return start, end


def spans(value: Any, field: str) -> tuple[Span, ...]:
    """The spans of one day in the order of time; they may touch but not overlap."""
    found = [(span(item, f"{field}[{index}]"), index) for index, item in enumerate(row(value, field))]
    found.sort()
    for (before, _), (after, index) in pairwise(found):
        if after[0] < before[1]:
            raise wrong(N_("%(field)s overlaps another span of the same day."), f"{field}[{index}]")
    return tuple(item for item, _ in found)


def day(value: Any, field: str) -> date:
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    message = N_('%(field)s: "%(value)s" is not a date such as "2026-10-01".')
    raise wrong(message, field, value=str(value)[:20])


def dated(value: Any, name: str) -> dict[date, tuple[Span, ...]]:
    return {
        day(key, f"{name}.{key[:60]}"): spans(item, f"{name}.{key}")
        for key, item in sorted(table(value, name).items())
    }


def calendar(data: Any) -> dict[str, Any]:
    """The checked parts of a calendar, ready for `Calendar(**parts)`."""
    if not isinstance(data, Mapping):
        raise wrong(N_("%(field)s must be an object with names and values."), "calendar")
    given = table(data, "calendar")
    known_keys(given, KEYS)
    name = zone(given.get("zone"))
    week = table(given.get("week"), "week")
    known_keys(week, WEEKDAYS, prefix="week.")
    days = {key: spans(week[key], f"week.{key}") for key in WEEKDAYS if key in week}
    listed = row([] if given.get("holidays") is None else given["holidays"], "holidays")
    holidays = frozenset(day(item, f"holidays[{index}]") for index, item in enumerate(listed))
    shifts = dated(given.get("shifts"), "shifts")
    if not any(days.values()) and not any(shifts.values()):
        raise wrong(N_("%(field)s has no opening hours at all."), "week")
    for when in sorted(holidays & shifts.keys()):
        raise wrong(N_("%(field)s is also in the list of holidays; keep one of the two."), f"shifts.{when}")
    official = given.get("official")
    if official is not None and official not in OFFICIAL:
        raise wrong(N_('%(field)s must be "CN" or null.'), "official")
    breaks = dated(given.get("breaks"), "breaks")
    return {
        "zone": name,
        "week": days,
        "holidays": holidays,
        "shifts": shifts,
        "breaks": breaks,
        "official": official,
    }
