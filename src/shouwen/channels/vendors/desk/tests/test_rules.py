"""How long a visitor waits."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from shouwen.channels.vendors.desk import rules
from shouwen.kernel.errors import Invalid

TEN_MINUTES = [600.0] * 5


@pytest.mark.parametrize(
    ("ahead", "serving", "counters", "times", "seconds"),
    [
        (0, 0, 2, TEN_MINUTES, 0),
        (0, 2, 2, TEN_MINUTES, 300),
        (4, 2, 2, TEN_MINUTES, 1500),
        (3, 1, 1, [300.0, 300.0, 600.0, 900.0, 900.0], 2100),
        (1, 0, 2, TEN_MINUTES, 0),
    ],
)
def test_the_wait_is_the_work_ahead_shared_by_the_open_counters(
    ahead: int, serving: int, counters: int, times: list[float], seconds: int
) -> None:
    assert rules.estimate(ahead=ahead, serving=serving, counters=counters, times=times) == seconds


def test_without_measured_times_or_open_counters_it_is_not_known() -> None:
    assert rules.estimate(ahead=1, serving=0, counters=1, times=TEN_MINUTES[:4]) is None
    assert rules.estimate(ahead=1, serving=0, counters=0, times=TEN_MINUTES) is None


def test_the_day_begins_where_the_hall_is() -> None:
    at = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    assert rules.day_of(at, ZoneInfo("Asia/Shanghai")) == date(2026, 3, 2)


@pytest.mark.parametrize("wrong", ["", "1", "ABC", "é", "中"])
def test_a_letter_is_one_or_two_of_the_alphabet(wrong: str) -> None:
    with pytest.raises(Invalid):
        rules.letter(wrong)
