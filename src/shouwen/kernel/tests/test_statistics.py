"""Figures against published or independently computed ones."""

from statistics import quantiles
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.kernel.errors import Invalid
from shouwen.kernel.statistics import csat, mean, nps, percentile, servqual, share_with_interval, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        # Newcombe 1998, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_the_interval_of_a_share_is_the_published_one(
    successes: int, n: int, low: float, high: float
) -> None:
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10_000), st.data())
def test_a_share_lies_in_its_interval(n: int, data: st.DataObject) -> None:
    share = share_with_interval(data.draw(st.integers(0, n)), n)
    assert share.share is not None
    assert 0 <= share.low <= share.share <= share.high <= 1
    assert share.low < share.high


@pytest.mark.parametrize(("successes", "n"), [(-1, 5), (6, 5), (1, 0), (0, -1)])
def test_an_impossible_share_is_an_error(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson(successes, n)


def test_a_share_of_nothing_is_unknown() -> None:
    assert share_with_interval(0, 0).share is None


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([15, 20, 35, 40, 50], 40, 29),
        ([1, 2, 3, 4], 75, 3.25),
        ([3, 1, 2], 50, 2),
        ([1, 2, 3, 4], 50, 2.5),
        (range(1, 101), 95, 95.05),
        (range(1, 11), 80, 8.2),
        ([7], 95, 7),
        ([1, 2], 0, 1),
        ([1, 2], 100, 2),
    ],
)
def test_a_percentile_is_interpolated(values: Any, percent: float, expected: float) -> None:
    assert percentile(values, percent) == pytest.approx(expected)


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=30))
def test_percentiles_agree_with_the_standard_library(values: list[int]) -> None:
    theirs = quantiles(values, n=20, method="inclusive")
    assert [percentile(values, 5 * step) for step in range(1, 20)] == pytest.approx(theirs)


def test_of_nothing_there_is_no_mean_and_no_percentile() -> None:
    assert mean([]) is None
    assert percentile([], 50) is None
    assert mean([1, 2, 6]) == 3


@pytest.mark.parametrize("percent", [-1, 100.1, float("nan")])
def test_a_percentile_outside_the_scale_is_an_error(percent: float) -> None:
    with pytest.raises(ValueError, match="percent"):
        percentile([1], percent)


def test_nps_is_promoters_less_detractors_of_those_who_answered() -> None:
    found = nps([10] * 40 + [9] * 30 + [8] * 10 + [7] * 10 + [6] * 5 + [0] * 5 + [None] * 50)
    assert found.score == 60
    assert (found.promoters, found.passives, found.detractors, found.n) == (70, 20, 10, 100)
    # Standard error √((0.8 − 0.36)/100) = 0.0663325.
    assert (found.low, found.high) == pytest.approx((46.999, 73.001), abs=5e-4)


def test_nps_without_answers_is_unknown() -> None:
    assert nps([None]).score is None
    assert nps([10, 10]).high == 100


@pytest.mark.parametrize("scores", [[11], [-1], [9.5], [True], ["9"]])
def test_a_score_off_the_scale_is_refused(scores: Any) -> None:
    with pytest.raises(Invalid) as caught:
        nps(scores)
    assert caught.value.field == "score"


def test_csat_is_the_share_of_the_top_two() -> None:
    found = csat([5, 5, 4, 3, 2, 1, None, 4, 4, 5])
    assert (found.successes, found.n) == (6, 9)
    assert csat([]).share is None
    with pytest.raises(Invalid):
        csat([0])


ANSWERS: dict[str, list[tuple[float | None, float | None]]] = {
    "integrity": [(5, 4), (4, 4)],
    "attitude": [(3, 5)],
    "timeliness": [(4, None), (None, 3)],
}


def test_a_gap_is_perception_less_expectation_and_says_which_overall() -> None:
    found = servqual(ANSWERS)
    assert found.dimensions == {"integrity": -0.5, "attitude": 2.0}
    assert (found.overall, found.kind, found.items) == (0.75, "mean_of_dimensions", 3)
    assert servqual(ANSWERS, kind="item_weighted").overall == pytest.approx(1 / 3)
    weighted = servqual(ANSWERS, kind="importance_weighted", importance={"integrity": 3, "attitude": 1})
    assert weighted.overall == pytest.approx(0.125)
    assert servqual({}).overall is None


def test_importance_must_be_given_for_every_dimension() -> None:
    with pytest.raises(Invalid) as caught:
        servqual(ANSWERS, kind="importance_weighted", importance={"integrity": 3})
    assert caught.value.field == "importance"
