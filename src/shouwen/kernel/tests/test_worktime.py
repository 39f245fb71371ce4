"""Working time against published and independently computed answers."""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from shouwen.kernel.errors import Invalid
from shouwen.kernel.worktime import Calendar, between, due, published_until

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = [["00:00", "24:00"]]
CHINA_DAY = [["09:00", "12:00"], ["13:30", "18:00"]]


def calendar(zone: str, days: dict[str, Any], **more: Any) -> Calendar:
    return Calendar.from_json({"zone": zone, "week": days, **more})


def at(zone: str, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def week(spans: list[list[str]], days: tuple[str, ...] = DAYS[:5]) -> dict[str, Any]:
    return dict.fromkeys(days, spans)


NINE_TO_FIVE = [["09:00", "17:00"]]
TUESDAY = calendar("UTC", week(NINE_TO_FIVE, ("tue",)))
TWO_DAYS = calendar("UTC", week(NINE_TO_FIVE, ("tue", "wed")))
OFFICE = calendar("UTC", week(NINE_TO_FIVE))
KOLKATA = calendar("Asia/Kolkata", week([["10:00", "18:00"]]) | {"sat": [["10:00", "14:00"]]})
BERLIN = calendar("Europe/Berlin", week([["08:00", "18:00"]]))
BERLIN_MAY = calendar("Europe/Berlin", week(ALWAYS, DAYS), holidays=["2015-05-01"])
BERLIN_YULE = calendar(
    "Europe/Berlin", week(ALWAYS, DAYS), holidays=["2015-12-24", "2015-12-25", "2015-12-26"]
)
BERLIN_ALWAYS = calendar("Europe/Berlin", week(ALWAYS, DAYS))
CHINA = calendar("Asia/Shanghai", week(CHINA_DAY), official="CN")
CHINA_PLAIN = calendar("Asia/Shanghai", week(CHINA_DAY))

DUE = [
    (TUESDAY, "2023-10-10 18:00", 60 * 60, "2023-10-17 10:00"),
    (TWO_DAYS, "2023-10-10 09:00", 900 * 60, "2023-10-11 16:00"),
    (OFFICE, "2023-10-10 17:00", 30 * 60, "2023-10-11 09:30"),
    (KOLKATA, "2025-03-22 18:01:43", 1440 * 60, "2025-03-26 18:00"),
    (KOLKATA, "2025-03-22 18:01:43", 1450 * 60, "2025-03-27 10:10"),
    (BERLIN, "2016-02-01 16:59:30", 12_600, "2016-02-02 10:29:30"),
    (BERLIN_MAY, "2015-02-17 12:00", 7_779_600, "2015-05-19 14:00"),
    (CHINA, "2026-02-13 17:00", 2 * 3600, "2026-02-14 10:00"),
    (CHINA, "2026-03-02 11:30", 3600, "2026-03-02 14:00"),
    (CHINA, "2026-09-30 17:00", 8 * 3600, "2026-10-08 17:30"),
    # Without the official days the same request falls due on the Monday.
    (CHINA_PLAIN, "2026-02-13 17:00", 2 * 3600, "2026-02-16 10:00"),
    # Spring Festival 2026 lasts from 15 to 23 February; 14 and 28 February are worked.
    (CHINA, "2026-02-14 17:30", 3600, "2026-02-24 09:30"),
    (CHINA, "2026-02-27 18:00", 3600, "2026-02-28 10:00"),
    # One second before closing, and exactly at an opening.
    (OFFICE, "2023-10-10 16:59:59", 1, "2023-10-10 17:00"),
    (OFFICE, "2023-10-10 16:59:59", 2, "2023-10-11 09:00:01"),
    (OFFICE, "2023-10-13 17:00", 60, "2023-10-16 09:01"),
    # The lost hour of spring and the extra one of autumn are real time.
    (BERLIN_ALWAYS, "2016-03-27 00:00", 3 * 3600, "2016-03-27 04:00"),
    (BERLIN_ALWAYS, "2016-10-30 00:00", 24 * 3600, "2016-10-30 23:00"),
]


@pytest.mark.parametrize(("hours", "start", "seconds", "expected"), DUE)
def test_a_due_time_is_the_known_one(hours: Calendar, start: str, seconds: int, expected: str) -> None:
    found = due(hours, at(hours.zone, start), seconds)
    assert found.due == at(hours.zone, expected)
    assert found.due.tzinfo is UTC
    assert found.provisional is False
    assert sum(step.used_seconds for step in found.steps) == seconds
    assert found.steps[-1].left_seconds == 0


BETWEEN = [
    (BERLIN_YULE, "2015-12-23 08:10:15", "2015-12-28 17:10:14", 205_199),
    (BERLIN_ALWAYS, "2016-03-26 22:24:39", "2016-03-28 23:24:39", 172_800),
    (BERLIN_ALWAYS, "2016-10-30 00:00", "2016-10-31 00:00", 25 * 3600),
    (OFFICE, "2023-10-13 16:00", "2023-10-16 10:00", 2 * 3600),
    (OFFICE, "2023-10-14 00:00", "2023-10-15 23:59", 0),
    (OFFICE, "2023-10-10 10:00", "2023-10-10 10:00", 0),
    # October 2026 has the holidays 1–7 and the make-up Saturday 10: 17 + 1 days of 7.5 hours.
    (CHINA, "2026-10-01 00:00", "2026-11-01 00:00", 18 * 27_000),
]


@pytest.mark.parametrize(("hours", "start", "end", "expected"), BETWEEN)
def test_open_seconds_between_two_moments_are_the_known_ones(
    hours: Calendar, start: str, end: str, expected: int
) -> None:
    assert between(hours, at(hours.zone, start), at(hours.zone, end)) == expected


def test_the_calendars_own_dates_win_over_the_official_ones() -> None:
    own = calendar(
        "Asia/Shanghai",
        week(CHINA_DAY),
        official="CN",
        holidays=["2026-02-14"],
        shifts={"2026-02-16": [["10:00", "12:00"]]},
    )
    found = due(own, at(own.zone, "2026-02-13 17:00"), 2 * 3600)
    assert found.due == at(own.zone, "2026-02-16 11:00")
    assert [step.reason for step in found.steps] == ["week", "holiday", "official_holiday", "shift"]


def test_a_break_is_cut_out_of_the_day() -> None:
    pause = calendar("UTC", week(NINE_TO_FIVE), breaks={"2023-10-10": [["10:00", "15:30"]]})
    assert due(pause, at("UTC", "2023-10-10 09:30"), 3600).due == at("UTC", "2023-10-10 16:00")
    assert between(pause, at("UTC", "2023-10-10 00:00"), at("UTC", "2023-10-11 00:00")) == 9000


def test_a_break_over_the_whole_day_closes_it() -> None:
    pause = calendar("UTC", week(NINE_TO_FIVE), breaks={"2023-10-10": ALWAYS})
    found = due(pause, at("UTC", "2023-10-10 09:00"), 60)
    assert [step.reason for step in found.steps] == ["closed", "week"]


def test_a_shift_without_spans_closes_the_day() -> None:
    closed = calendar("UTC", week(NINE_TO_FIVE), shifts={"2023-10-10": []})
    assert due(closed, at("UTC", "2023-10-10 09:00"), 60).due == at("UTC", "2023-10-11 09:01")


def test_a_calendar_may_consist_of_shifts_only() -> None:
    fair = calendar("UTC", {}, shifts={"2023-10-14": [["10:00", "12:00"]]})
    assert due(fair, at("UTC", "2023-10-10 09:00"), 7200).due == at("UTC", "2023-10-14 12:00")


def test_the_steps_tell_the_way_and_fold_closed_days() -> None:
    found = due(CHINA, at(CHINA.zone, "2026-09-30 17:00"), 8 * 3600)
    told = [(s.date.isoformat(), s.until.isoformat(), s.reason, s.used_seconds) for s in found.steps]
    assert told == [
        ("2026-09-30", "2026-09-30", "week", 3600),
        ("2026-10-01", "2026-10-07", "official_holiday", 0),
        ("2026-10-08", "2026-10-08", "week", 10_800),
        ("2026-10-08", "2026-10-08", "week", 14_400),
    ]
    assert found.steps[0].opens == at(CHINA.zone, "2026-09-30 13:30")
    assert found.steps[0].closes == at(CHINA.zone, "2026-09-30 18:00")
    assert [step.left_seconds for step in found.steps] == [25_200, 25_200, 14_400, 0]


def test_a_make_up_workday_is_named_as_the_reason() -> None:
    steps = due(CHINA, at(CHINA.zone, "2026-02-13 17:00"), 7200).steps
    assert [step.reason for step in steps] == ["week", "official_workday"]


def test_a_due_time_past_the_published_years_is_provisional() -> None:
    last = published_until("CN")
    evening = datetime(last.year, 12, 31, 17, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert due(CHINA, evening, 3600).provisional is False
    beyond = due(CHINA, evening, 2 * 3600)
    assert beyond.provisional is True
    assert beyond.due.astimezone(evening.tzinfo).year == last.year + 1
    assert due(CHINA_PLAIN, evening, 2 * 3600).provisional is False


def test_microseconds_are_kept() -> None:
    start = at("UTC", "2023-10-10 16:59:59.250000")
    found = due(OFFICE, start, 2)
    assert found.due == at("UTC", "2023-10-11 09:00:01.250000")
    assert [step.used_seconds for step in found.steps] == [0, 2]


def test_a_span_in_the_hour_that_spring_skips_has_no_length() -> None:
    night = calendar("Europe/Berlin", week([["02:00", "03:00"]], DAYS))
    assert between(night, at("UTC", "2016-03-27 00:00"), at("UTC", "2016-03-28 00:00")) == 0
    half = calendar("Europe/Berlin", week([["01:30", "02:30"], ["02:30", "03:30"]], DAYS))
    assert between(half, at("UTC", "2016-03-27 00:00"), at("UTC", "2016-03-27 23:00")) == 3600


def test_the_hour_that_autumn_repeats_counts_twice() -> None:
    night = calendar("Europe/Berlin", week([["02:00", "03:00"]], DAYS))
    assert between(night, at("UTC", "2016-10-30 00:00"), at("UTC", "2016-10-30 23:00")) == 7200


@pytest.mark.parametrize("zone", ["America/Havana", "Asia/Beirut", "America/St_Johns", "Pacific/Apia"])
def test_round_the_clock_is_real_time_where_the_clock_changes_at_midnight(zone: str) -> None:
    always = calendar(zone, week(ALWAYS, DAYS))
    start, end = datetime(2006, 1, 1, 5, 30, tzinfo=UTC), datetime(2012, 6, 1, 7, 15, tzinfo=UTC)
    seconds = int((end - start).total_seconds())
    assert between(always, start, end) == seconds
    assert due(always, start, seconds).due == end


@pytest.mark.parametrize("seconds", [0, -1, True, 1.5, "60", None])
def test_a_target_that_is_not_a_positive_number_is_refused(seconds: Any) -> None:
    with pytest.raises(Invalid) as caught:
        due(OFFICE, at("UTC", "2023-10-10 09:00"), seconds)
    assert caught.value.field == "seconds"
    assert "seconds" in str(caught.value)


@pytest.mark.parametrize("start", [datetime(2023, 10, 10), date(2023, 10, 10), "2023-10-10", None])  # noqa: DTZ001
def test_a_start_without_a_zone_is_refused(start: Any) -> None:
    with pytest.raises(Invalid) as caught:
        due(OFFICE, start, 60)
    assert caught.value.field == "start"


@pytest.mark.parametrize("year", [1, 1899, 3000, 9999])
def test_a_start_outside_the_centuries_is_refused(year: int) -> None:
    with pytest.raises(Invalid):
        due(OFFICE, datetime(year, 6, 1, tzinfo=UTC), 60)


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(Invalid) as caught:
        between(OFFICE, at("UTC", "2023-10-11 09:00"), at("UTC", "2023-10-10 09:00"))
    assert caught.value.field == "end"


@pytest.mark.parametrize("seconds", [10**6, 10**12])
def test_a_target_that_is_never_reached_ends_within_a_second(seconds: int) -> None:
    fair = calendar("Europe/Berlin", {}, shifts={"2023-10-14": [["10:00", "12:00"]]})
    before = time.perf_counter()
    with pytest.raises(Invalid) as caught:
        due(fair, at("UTC", "2023-10-10 09:00"), seconds)
    assert caught.value.field == "seconds"
    assert time.perf_counter() - before < 20  # guards against never ending, on a busy machine too


def test_almost_twenty_years_are_walked_in_a_second() -> None:
    always = calendar("Europe/Berlin", week(ALWAYS, DAYS))
    before = time.perf_counter()
    found = due(always, at("UTC", "2023-10-10 09:00"), 7300 * 86_400)
    assert time.perf_counter() - before < 20  # guards against never ending, on a busy machine too
    assert found.due == at("UTC", "2023-10-10 09:00") + timedelta(days=7300)
