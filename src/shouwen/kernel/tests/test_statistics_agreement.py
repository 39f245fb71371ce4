"""Agreement of reviewers and staffing against published figures."""

from math import exp, factorial
from typing import Any

import pytest

from shouwen.kernel.statistics import (
    cohen_kappa,
    erlang_c,
    kappa_of_ratings,
    krippendorff_alpha,
    rostered,
    staff_needed,
)


def row(text: str) -> list[float | None]:
    return [None if mark == "." else float(mark) for mark in text.split()]


KRIPPENDORFF_C = [
    row("1 2 3 3 2 1 4 1 2 . . ."),
    row("1 2 3 3 2 2 4 1 2 5 . 3"),
    row(". 3 3 3 2 3 4 2 2 5 1 ."),
    row("1 2 3 3 2 4 4 1 2 5 1 ."),
]


@pytest.mark.parametrize(
    ("level", "expected"),
    [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)],
)
def test_alpha_is_the_published_one(level: Any, expected: float) -> None:
    assert krippendorff_alpha(KRIPPENDORFF_C, level) == pytest.approx(expected, abs=5e-7)


def test_alpha_of_binary_data_is_the_published_one() -> None:
    """Krippendorff 2011, section B: two observers, ten units."""
    first, second = row("0 1 0 0 0 0 0 0 1 0"), row("1 1 1 0 0 1 0 0 0 0")
    assert krippendorff_alpha([first, second]) == pytest.approx(0.095, abs=5e-4)


@pytest.mark.parametrize("ratings", [[], [[1.0, 1.0], [1.0, 1.0]], [[1.0, None], [None, 2.0]], [[1.0, 2.0]]])
def test_alpha_of_one_category_or_no_pairs_cannot_be_computed(ratings: Any) -> None:
    assert krippendorff_alpha(ratings) is None


def test_perfect_agreement_is_one() -> None:
    for level in ("nominal", "ordinal", "interval", "ratio"):
        assert krippendorff_alpha([row("1 2 3"), row("1 2 3")], level) == 1


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([[20, 5], [10, 15]], 0.4),
        ([[45, 15], [25, 15]], 0.130435),
        ([[25, 35], [5, 35]], 0.259259),
        ([[10, 0], [0, 10]], 1.0),
        ([[0, 10], [10, 0]], -1.0),
    ],
)
def test_kappa_is_the_published_one(table: list[list[int]], expected: float) -> None:
    assert cohen_kappa(table) == pytest.approx(expected, abs=5e-7)


@pytest.mark.parametrize("table", [[], [[0, 0], [0, 0]], [[50, 0], [0, 0]], [[50]]])
def test_kappa_of_one_category_cannot_be_computed(table: list[list[int]]) -> None:
    assert cohen_kappa(table) is None


def test_kappa_takes_ratings_and_leaves_out_what_one_did_not_rate() -> None:
    first = ["yes"] * 25 + ["no"] * 25 + [None, "yes"]
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15 + ["no", None]
    assert kappa_of_ratings(first, second) == pytest.approx(0.4)


DESK: dict[str, Any] = {
    "contacts": 100,
    "interval_seconds": 1800,
    "handling_seconds": 180,
    "target_seconds": 20,
}


@pytest.mark.parametrize(("staff", "waiting", "level"), [(13, 0.285270, 0.795595), (14, 0.174132, 0.888350)])
def test_waiting_and_level_are_the_published_ones(staff: int, waiting: float, level: float) -> None:
    found = erlang_c(**DESK, staff=staff)
    assert (found.waiting, found.level) == pytest.approx((waiting, level), abs=5e-7)


def test_fourteen_people_keep_eighty_in_twenty() -> None:
    found = staff_needed(**DESK, level=0.8)
    assert found.staff == 14
    assert found.average_wait == pytest.approx(7.835937, abs=5e-7)
    assert found.occupancy == pytest.approx(0.714286, abs=5e-7)
    assert rostered(14, 0.3) == 20
    assert rostered(7, 0.3) == 10


@pytest.mark.parametrize("staff", [0, 1, 9, 10])
def test_as_many_people_as_load_or_fewer_are_unstable(staff: int) -> None:
    found = erlang_c(**DESK, staff=staff)
    assert not found.stable
    assert found.waiting is None


def test_the_recursion_agrees_with_the_formula_of_factorials() -> None:
    load, staff = 8.5, 12
    top = load**staff / factorial(staff) * staff / (staff - load)
    waiting = top / (sum(load**k / factorial(k) for k in range(staff)) + top)
    found = erlang_c(contacts=85, interval_seconds=1000, handling_seconds=100, target_seconds=30, staff=staff)
    assert found.waiting == pytest.approx(waiting)
    assert found.level == pytest.approx(1 - waiting * exp(-3.5 * 0.3))


def test_a_large_centre_does_not_overflow() -> None:
    found = staff_needed(contacts=50_000, interval_seconds=1800, handling_seconds=180, target_seconds=20)
    assert 5000 < found.staff < 5100


def test_no_contacts_need_one_person() -> None:
    nobody_waits = staff_needed(contacts=0, interval_seconds=1800, handling_seconds=180, target_seconds=20)
    assert (nobody_waits.staff, nobody_waits.level) == (1, 1.0)


@pytest.mark.parametrize("wrong", [{"contacts": -1}, {"interval_seconds": 0}, {"handling_seconds": 0}])
def test_impossible_input_is_an_error(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        erlang_c(**DESK | wrong, staff=5)
