"""Clocks that stand while we wait for the customer."""

from datetime import UTC, datetime

import pytest

from shouwen.kernel.errors import Invalid
from shouwen.kernel.worktime import Calendar, due_with_pauses, remaining, used

OFFICE = Calendar.from_json(
    {"zone": "UTC", "week": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}}
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


TUESDAY = at("2023-10-10 09:00")


def test_a_clock_without_pauses_runs_on_open_time() -> None:
    assert remaining(OFFICE, TUESDAY, 4 * 3600, [], at("2023-10-10 10:00")) == 3 * 3600
    assert remaining(OFFICE, TUESDAY, 4 * 3600, [], at("2023-10-11 10:00")) == -5 * 3600
    assert remaining(OFFICE, TUESDAY, 4 * 3600, [], at("2023-10-09 10:00")) == 4 * 3600


def test_a_pause_stops_the_clock() -> None:
    pauses = [(at("2023-10-10 10:00"), at("2023-10-10 12:00"))]
    assert used(OFFICE, TUESDAY, pauses, at("2023-10-10 13:00")) == 2 * 3600
    found = due_with_pauses(OFFICE, TUESDAY, 7 * 3600, pauses)
    assert found
    assert found.due == at("2023-10-11 10:00")
    assert [step.used_seconds for step in found.steps] == [3600, 5 * 3600, 3600]


def test_overlapping_pauses_count_once_in_any_order() -> None:
    first, second = (at("2023-10-10 11:00"), at("2023-10-10 13:00")), (TUESDAY, at("2023-10-10 12:00"))
    assert used(OFFICE, TUESDAY, [first, second], at("2023-10-10 14:00")) == 3600


def test_a_pause_over_closed_hours_changes_nothing() -> None:
    pauses = [(at("2023-10-10 17:00"), at("2023-10-11 09:00"))]
    found = due_with_pauses(OFFICE, TUESDAY, 9 * 3600, pauses)
    assert found
    assert found.due == at("2023-10-11 10:00")


def test_a_clock_that_stands_has_no_due_time_and_loses_nothing() -> None:
    pauses = [(at("2023-10-10 10:00"), None)]
    assert due_with_pauses(OFFICE, TUESDAY, 2 * 3600, pauses) is None
    assert remaining(OFFICE, TUESDAY, 2 * 3600, pauses, at("2024-05-01 10:00")) == 3600


def test_a_clock_that_was_due_before_its_pause_stays_due() -> None:
    found = due_with_pauses(OFFICE, TUESDAY, 3600, [(at("2023-10-10 10:00"), None)])
    assert found
    assert found.due == at("2023-10-10 10:00")


def test_a_paused_day_is_named_in_the_steps() -> None:
    pauses = [(at("2023-10-11 00:00"), at("2023-10-13 00:00"))]
    found = due_with_pauses(OFFICE, TUESDAY, 9 * 3600, pauses)
    assert found
    assert [step.reason for step in found.steps] == ["week", "paused", "week"]


def test_a_pause_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(Invalid) as caught:
        used(OFFICE, TUESDAY, [(TUESDAY, None), (TUESDAY, at("2023-10-09 10:00"))], TUESDAY.replace(hour=12))
    assert caught.value.field == "pauses[1]"
