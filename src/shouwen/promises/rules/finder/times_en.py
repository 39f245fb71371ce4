"""Times said in English: within 2 business days, in ten minutes, by tomorrow noon, before 5 pm,
next Wednesday."""
# ruff: noqa: E501 - a pattern is easier to read in one piece than cut to the line length

import re
from datetime import time
from typing import Literal

from .numerals import EN, english
from .shape import Clock, Day, Part, Said, Span, Unit

_UNITS: dict[str, Unit] = {
    "sec": "second", "second": "second", "min": "minute", "minute": "minute", "hr": "hour", "hour": "hour",
    "day": "day", "week": "week", "month": "month",
}  # fmt: skip
_LENGTH = re.compile(
    r"\b(?P<lead>within|inside|in under|in less than|in no more than|in at most|no later than|at most|under|in|after|over|give me|give us|allow us|allow me)\s+"
    r"(?P<about>about|around|approximately|roughly|some|maybe|~)?\s*(?:the\s+)?(?P<past>last|past|previous)?(?P<next>next)?\s*"
    rf"(?:(?P<low>{EN})\s*(?:-|–|to|or)\s*)?(?P<n>{EN})?[\s-]*"
    r"(?P<kind>business|working|work|calendar|full)?\s*(?P<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\b"
    r"(?P<half>\s+and\s+a\s+half)?(?P<or_two>\s+or\s+two)?(?:'\s*time)?",
    re.I,
)
_ALONE = re.compile(r"(?:next|within the|inside the)\s+(?:business\s+)?(?:hour|day|week|month)$", re.I)
_FROM_NOW = re.compile(
    rf"\b(?P<n>{EN})\s+(?P<kind>business|working)?\s*(?P<unit>minutes?|hours?|days?|weeks?)\s+(?:from now|from today|at the latest|at most|max)\b",
    re.I,
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_DAY = r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_NAMED_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_DAY = (
    r"(?P<after_tomorrow>(?:the\s+)?day\s+after\s+tomorrow)|(?P<today>today)|(?P<tonight>tonight)|(?P<tomorrow>tomorrow|tmrw)"
    rf"|(?P<which>next|this|coming|this coming)?\s*\b(?P<weekday>{_NAMED_DAY})\b\.?"
    rf"|(?:(?P<whole>end\s+of\s+(?:the\s+|this\s+)?(?P<end_next>next\s+)?)(?P<end_unit>business\s+day|working\s+day|day|week|month|year)"
    rf"|(?P<close>eod|cob|close\s+of\s+(?:business|play)|end\s+of\s+business))\b(?:\s+(?:on\s+)?(?:(?P<x_today>today)|(?P<x_tomorrow>tomorrow)|(?P<x_weekday>{_NAMED_DAY})\b))?"
    rf"|(?P<next_week>(?:next|this)\s+week(?!-?end))\b|(?P<weekend>(?:this|the|next|over(?:\s+the)?)\s+week-?end)|(?P<this_month>(?:this|next)\s+month)\b|(?P<middle>(?:early|mid|middle\s+of|late)[\s-]+(?P<middle_month>next\s+month|this\s+month|{_NAMED_MONTH}))\b"
    rf"|(?P<month>{_NAMED_MONTH})\.?\s+(?:the\s+)?(?P<mday>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<year>20\d\d))?"
    rf"|(?:the\s+)?(?P<mday2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{_NAMED_MONTH})\b(?:,?\s+(?P<year2>20\d\d))?"
    r"|(?P<iso>20\d\d-\d{2}-\d{2})|the\s+(?P<only_day>\d{1,2})(?:st|nd|rd|th)\b"
)
_PART = r"(?:in\s+the\s+|this\s+)?(?P<part>morning|noon|midday|lunch(?:time)?|afternoon|evening|night|midnight|tonight)\b"
_CLOCK = (
    r"(?:(?P<from>\d{1,2}(?::\d{2})?\s*(?:[ap]\.?m\b\.?)?)\s*(?:-|–|to|and)\s*)?"
    r"(?:(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))?\s*(?P<ampm>[ap]\.?m\b\.?)|(?P<h24>\d{1,2}):(?P<m24>[0-5]\d)(?!\d)"
    r"|(?P<oclock>\d{1,2}|[a-z]{3,6})\s+o'?clock|(?<=before )(?P<bare>1[0-2]|[1-9])(?=\s*(?:[,;]|$|today|tomorrow)))"
)
_LEAD = r"(?P<lead>by|before|until|till|no later than|not later than|on|at|around|about|after|from|between)\s+(?:the\s+)?"
_POINT = re.compile(
    rf"\b(?:{_LEAD})?(?:(?:around|about)\s+)?(?:"
    rf"(?:first\s+thing\s+(?:on\s+)?)?(?:{_DAY})(?:\s+first\s+thing)?(?:,?\s+(?:(?:at|by|before|around|between)\s+)?(?:{_CLOCK.replace('?P<', '?P<d_')}|{_PART.replace('?P<', '?P<d_')}))?"
    rf"|(?:{_CLOCK})(?:\s*,?\s*(?:on\s+)?(?:(?P<c_today>today)|(?P<c_tonight>tonight)|(?P<c_tomorrow>tomorrow)|(?:this\s+)?(?P<c_part>morning|afternoon|evening)"
    rf"|(?P<c_which>next|this)?\s*\b(?P<c_weekday>{_NAMED_DAY})\b))?"
    rf"|(?:{_PART})(?:\s+(?P<p_tomorrow>tomorrow))?)",
    re.I,
)
_WORDS: dict[str, Part] = {
    "morning": "morning", "noon": "noon", "midday": "noon", "lunch": "noon", "lunchtime": "noon",
    "afternoon": "afternoon", "evening": "evening", "night": "evening", "tonight": "evening",
}  # fmt: skip


def lengths(text: str) -> list[Said]:
    """Every length of time that points ahead."""
    found: list[Said] = []
    for match in (*_LENGTH.finditer(text), *_FROM_NOW.finditer(text)):
        parts = match.groupdict()
        if parts.get("past") or (parts.get("lead") or "").lower() == "over":
            continue
        number = english(match["n"]) if match["n"] else 1.0 if _ALONE.search(match.group()) else None
        if number is None or not 0 < number <= 1000:
            continue
        number += 0.5 if parts.get("half") else 1 if parts.get("or_two") else 0
        word = match["unit"].lower().rstrip("s")
        unit = _UNITS[word]
        if unit == "day" and (match["kind"] or "").lower() in {"business", "working", "work"}:
            unit = "workday"
        found.append(
            Said(match.start(), match.end(), span=Span(number, unit), vague=bool(parts.get("about")))
        )
    return found


def points(text: str) -> list[Said]:
    """Every day, part of a day or time of day."""
    return [said for match in _POINT.finditer(text) if (said := _point(match)) is not None]


def _point(match: re.Match[str]) -> Said | None:
    got = {name: words for name, words in match.groupdict().items() if words}
    lead = got.get("lead", "").lower()
    day, clock = _day(got), _clock(got)
    word = (got.get("part") or got.get("d_part") or got.get("c_part") or "").lower()
    part = _WORDS.get(word)
    if "tonight" in got or "c_tonight" in got:
        day, part = Day("offset", 0), "evening"
    if word == "midnight" and clock is None:
        clock = Clock(time(23, 59))
    if clock is None and "first thing" in " ".join(match.group().lower().split()):
        part = "early"
    if part == "noon" and clock is None and not word.startswith("lunch"):
        part, clock = None, Clock(time(12))
    if "close" in got or got.get("end_unit", "").lower().endswith("day"):
        day, part = day or Day("offset", 0), "closing"
    if day is None and clock is None and part is None:
        return None
    if day is None and clock is None and not lead and "this" not in match.group().lower():
        return None  # "good morning", "in the morning" alone is no time to hold anybody to
    if day is not None and day.sort == "date" and "only_day" in got and not lead:
        return None
    if lead == "from":
        return None
    return Said(
        match.start(), match.end(), day=day, part=part, clock=clock,
        edge="after" if lead == "after" else "by", before=lead == "before",
        vague=lead in {"around", "about"} or " around " in match.group().lower(),
    )  # fmt: skip


def _weekday(words: str) -> int:
    return next(n for n, name in enumerate(_DAYS) if name.startswith(words.lower()[:3]))


def _day(got: dict[str, str]) -> Day | None:
    if "after_tomorrow" in got:
        return Day("offset", 2)
    if "today" in got or "c_today" in got:
        return Day("offset", 0)
    if got.keys() & {"tomorrow", "c_tomorrow", "p_tomorrow", "x_tomorrow"}:
        return Day("offset", 1)
    for name, which in (("weekday", "which"), ("c_weekday", "c_which"), ("x_weekday", "x_which")):
        if name in got:
            said = got.get(which, "").lower()
            return Day("weekday", _weekday(got[name]), week=1 if said == "next" else None)
    week = 1 if "end_next" in got or got.get("next_week", "").lower().startswith("next") else 0
    unit = got.get("end_unit", "").lower()
    if "next_week" in got or unit == "week":
        return Day("week", week=week)
    if unit == "month":
        return Day("month", week=week)
    if unit == "year":
        return Day("year")
    if "this_month" in got:
        return Day("month", week=1 if got["this_month"].lower().startswith("next") else 0)
    if "middle" in got:
        return _part_of_month(got["middle"].lower(), got["middle_month"].lower())
    if "weekend" in got:
        return Day("weekend", week=1 if got["weekend"].lower().startswith("next") else 0)
    return _date(got)


def _part_of_month(words: str, month: str) -> Day:
    """Early, mid- or late April, next month."""
    sort: Literal["month_early", "month", "month_middle"] = (
        "month_early"
        if words.startswith("early")
        else "month"
        if words.startswith("late")
        else "month_middle"
    )
    if month.endswith("month"):
        return Day(sort, week=1 if month.startswith("next") else 0)
    return Day(sort, week=0, month=_MONTHS.index(month[:3]) + 1)


def _date(got: dict[str, str]) -> Day | None:
    if "iso" in got:
        year, month, mday = (int(part) for part in got["iso"].split("-"))
        return Day("date", mday, month=month, year=year)
    for month_name, day_name, year_name in (("month", "mday", "year"), ("month2", "mday2", "year2")):
        if month_name in got:
            number = _MONTHS.index(got[month_name].lower()[:3]) + 1
            said_year = int(got[year_name]) if year_name in got else None
            return Day("date", int(got[day_name]), month=number, year=said_year)
    if "only_day" in got:
        return Day("date", int(got["only_day"]))
    return None


def _clock(got: dict[str, str]) -> Clock | None:
    for prefix in ("", "d_"):
        if f"{prefix}ampm" in got:
            hour = int(got[f"{prefix}hour"])
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if got[f"{prefix}ampm"].lower().startswith("p") else 0)
            return Clock(time(hour, int(got.get(f"{prefix}minute", 0))))
        if f"{prefix}h24" in got:
            hour = int(got[f"{prefix}h24"])
            halved = len(got[f"{prefix}h24"]) == 1
            return Clock(time(hour, int(got[f"{prefix}m24"])), halved) if hour < 24 else None
        if f"{prefix}bare" in got:
            return Clock(time(int(got[f"{prefix}bare"])), True)
        if f"{prefix}oclock" in got:
            number = english(got[f"{prefix}oclock"])
            return Clock(time(int(number)), True) if number and 1 <= number <= 12 else None
    return None
