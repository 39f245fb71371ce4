"""What must hold for every calendar, checked against a count minute by minute."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import chinese_calendar.constants
import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.kernel.worktime import Calendar, between, due, due_with_pauses, used
from shouwen.kernel.worktime.official import official_days

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = ("UTC", "Asia/Shanghai", "Asia/Kolkata", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe")


@st.composite
def spans(draw: st.DrawFn) -> list[list[str]]:
    marks = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return [[f"{m * 15 // 60:02d}:{m * 15 % 60:02d}" for m in pair] for pair in pairs]


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    week: dict[str, Any] = {day: draw(spans()) for day in DAYS}
    week["wed"] = week["wed"] or [["09:00", "17:00"]]
    near = st.dates(date(2016, 3, 24), date(2016, 4, 2)).map(str)
    closed = draw(st.lists(near, max_size=2))
    shifts = {day: draw(spans()) for day in draw(st.sets(near, max_size=2)) if day not in closed}
    breaks = {day: draw(spans()) for day in draw(st.sets(near, max_size=2))}
    return Calendar.from_json(
        {
            "zone": draw(st.sampled_from(ZONES)),
            "week": week,
            "holidays": closed,
            "shifts": shifts,
            "breaks": breaks,
        }
    )


moments = st.integers(0, 10 * 1440).map(
    lambda minute: datetime(2016, 3, 23, 12, 0, tzinfo=UTC) + timedelta(minutes=minute)
)


def is_open(calendar: Calendar, moment: datetime) -> bool:
    """The plain reading of the rules, for one moment."""
    local = moment.astimezone(ZoneInfo(calendar.zone))
    minute = local.hour * 60 + local.minute
    day = local.date()
    if day in calendar.holidays or any(a <= minute < b for a, b in calendar.breaks.get(day, ())):
        return False
    plan = calendar.shifts.get(day, calendar.week[DAYS[local.weekday()]])
    return any(a <= minute < b for a, b in plan)


@settings(max_examples=40, deadline=None)
@given(calendars(), moments, st.integers(0, 3000))
def test_open_time_equals_a_count_minute_by_minute(calendar: Calendar, start: datetime, length: int) -> None:
    counted = sum(is_open(calendar, start + timedelta(minutes=n)) for n in range(length))
    assert between(calendar, start, start + timedelta(minutes=length)) == 60 * counted


@settings(max_examples=150, deadline=None)
@given(calendars(), moments, st.integers(1, 400_000))
def test_the_open_time_up_to_the_due_time_is_the_target(calendar: Calendar, start: datetime, n: int) -> None:
    found = due(calendar, start, n)
    assert between(calendar, start, found.due) == n
    assert between(calendar, start, found.due - timedelta(microseconds=1)) == n - 1
    assert sum(step.used_seconds for step in found.steps) == n


@settings(max_examples=150, deadline=None)
@given(calendars(), moments, st.integers(1, 200_000), st.lists(st.tuples(moments, moments), max_size=4))
def test_a_paused_clock_has_used_its_target_when_it_is_due(
    calendar: Calendar, start: datetime, seconds: int, pairs: list[tuple[datetime, datetime]]
) -> None:
    pauses = [(min(pair), max(pair)) for pair in pairs]
    found = due_with_pauses(calendar, start, seconds, pauses)
    assert found is not None
    assert used(calendar, start, pauses, found.due) == seconds
    assert used(calendar, start, pauses, found.due - timedelta(microseconds=1)) == seconds - 1


@pytest.mark.parametrize("year", range(2019, 2027))
def test_two_packages_agree_on_the_official_days_off(year: int) -> None:
    """The other package lists days off, with the weekends of a holiday partly left out."""
    theirs = {day for day in holidays.country_holidays("CN", years=year) if day.year == year}
    ours = {day for day in official_days("CN").holidays if day.year == year}
    assert {day for day in theirs ^ ours if day.weekday() < 5} == set()
    assert not {day for day in theirs if day in chinese_calendar.constants.workdays}


def test_official_make_up_workdays_are_weekend_days() -> None:
    official = official_days("CN")
    assert all(day.weekday() >= 5 for day in official.workdays)
    assert not official.workdays & official.holidays
