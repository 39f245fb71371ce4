"""Rare counts against published and hand-made figures."""

from math import comb

import pytest

from shouwen.kernel.statistics import binomial_at_most, poisson_tail, rate_drop


@pytest.mark.parametrize(
    ("count", "mean", "tail"),
    [
        (0, 3.0, 1.0),
        (1, 0.0, 0.0),
        (1, 1.0, 0.6321205588),  # 1 − 1/e
        (4, 0.5, 0.0017516226),
        (3, 3.0, 0.5768099189),
        (10, 3.0, 0.0011024881),
    ],
)
def test_so_many_or_more_come_by_chance(count: int, mean: float, tail: float) -> None:
    assert poisson_tail(count, mean) == pytest.approx(tail, abs=1e-9)


def test_a_tail_far_out_is_tiny_and_not_negative() -> None:
    assert 0 < poisson_tail(60, 2.0) < 1e-60


@pytest.mark.parametrize(("count", "mean"), [(-1, 1.0), (1, -1.0)])
def test_negative_counts_are_refused(count: int, mean: float) -> None:
    with pytest.raises(ValueError, match="not negative"):
        poisson_tail(count, mean)


def test_at_most_two_of_twelve_with_a_fair_coin() -> None:
    assert binomial_at_most(2, 12, 0.5) == pytest.approx(79 / 4096)
    assert binomial_at_most(3, 3, 0.2) == 1.0
    assert binomial_at_most(0, 3, 1.0) == 0.0
    # by symmetry: P(X ≤ 10 000) of 20 000 fair coins is a half and half the chance of exactly 10 000
    assert binomial_at_most(10_000, 20_000, 0.5) == pytest.approx(
        0.5 + comb(20_000, 10_000) * 10**20 // 2**20_001 / 10**20
    )
    assert binomial_at_most(20_000, 20_001, 0.5) == 1.0
    assert binomial_at_most(1, 20_000, 0.9) == 0.0


def test_ten_before_and_two_after_in_equal_times_is_no_chance() -> None:
    drop = rate_drop(10, 28, 2, 28)
    assert drop.p == pytest.approx(79 / 4096)
    assert (drop.ratio, drop.expected, drop.is_real) == (pytest.approx(0.2), 10, True)
    # Clopper–Pearson for 2 of 12 is 0.020863 to 0.484138
    assert drop.low == pytest.approx(0.020863 / 0.979137, abs=1e-5)
    assert drop.high == pytest.approx(0.484138 / 0.515862, abs=1e-4)


def test_unequal_times_are_taken_into_account() -> None:
    """11 in 800 against 21 in 3011: the rate is about twice as high, as in the example of R's poisson.test."""
    drop = rate_drop(21, 3011, 11, 800)
    assert drop.ratio == pytest.approx(1.971488, abs=1e-6)
    assert (drop.low, drop.high) == (pytest.approx(0.8584264, abs=1e-6), pytest.approx(4.2772659, abs=1e-6))
    assert not drop.is_real


def test_a_half_as_high_rate_may_be_chance_when_the_counts_are_small() -> None:
    drop = rate_drop(4, 7, 2, 7)
    assert drop.p == pytest.approx(22 / 64)
    assert not drop.is_real


def test_none_after_five_before_has_a_bound_above_and_none_before_has_no_ratio() -> None:
    gone = rate_drop(5, 1, 0, 1)
    assert (gone.p, gone.low, gone.ratio) == (pytest.approx(1 / 32), 0.0, 0.0)
    assert gone.high is not None
    assert gone.high > 1
    new = rate_drop(0, 1, 3, 1)
    assert (new.ratio, new.high) == (None, None)
    assert rate_drop(0, 1, 0, 1).p is None


def test_no_time_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than nothing"):
        rate_drop(1, 0, 1, 1)
