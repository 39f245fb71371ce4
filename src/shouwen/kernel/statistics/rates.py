"""Counts of rare things: how surprising a count is, and whether a rate has dropped. Exact tests, no approximation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp, fsum, lgamma, log, log1p

ALPHA = 0.05
NOTHING = 1e-18


def poisson_tail(count: int, mean: float) -> float:
    """P(X ≥ count) for a Poisson count with that mean: how likely so many come by chance alone.

    ValueError for a negative mean or count. Exact to about 1e-12: the shorter side is summed.
    """
    if mean < 0 or count < 0:
        raise ValueError("a count and its mean are not negative")
    if count == 0:
        return 1.0
    if mean == 0:
        return 0.0
    if count <= mean:
        return max(0.0, 1.0 - fsum(_poisson(k, mean) for k in range(count)))
    terms, k = [], count
    while True:
        term = _poisson(k, mean)
        terms.append(term)
        if term <= terms[0] * 1e-17:
            return fsum(terms)
        k += 1


def _poisson(count: int, mean: float) -> float:
    return exp(count * log(mean) - mean - lgamma(count + 1))


def binomial_at_most(count: int, n: int, share: float) -> float:
    """P(X ≤ count) of n independent tries that succeed with probability `share`."""
    if not (0 <= count <= n and 0 <= share <= 1):
        raise ValueError("0 ≤ count ≤ n and 0 ≤ share ≤ 1")
    if count == n or share == 0:
        return 1.0
    if share == 1:
        return 0.0
    peak = min(count, int((n + 1) * share))
    top = exp(
        lgamma(n + 1)
        - lgamma(peak + 1)
        - lgamma(n - peak + 1)
        + peak * log(share)
        + (n - peak) * log1p(-share)
    )
    return min(1.0, fsum(_terms(top, peak, count, n, share / (1 - share))))


def _terms(top: float, peak: int, count: int, n: int, odds: float) -> Iterator[float]:
    """The chances of `peak`, then of those below and of those above up to `count`, each from the one beside it, until
    they no longer matter: tens of thousands of tries cost a few hundred terms."""
    yield top
    if not top:
        return
    term = top
    for k in range(peak, 0, -1):
        term *= k / ((n - k + 1) * odds)
        if term < top * NOTHING:
            break
        yield term
    term = top
    for k in range(peak, count):
        term *= (n - k) * odds / (k + 1)
        if term < top * NOTHING:
            break
        yield term


@dataclass(frozen=True)
class Drop:
    """Two counts over two lengths of time.

    `expected` is how many would have come afterwards at the rate of before; `ratio` the rate afterwards as a share of
    the rate before with its exact 95 % interval (`high` None: no upper bound); `p` the probability of so few
    afterwards if nothing had changed. All None where nothing was counted.
    """

    before: int
    after: int
    expected: float
    ratio: float | None
    low: float | None
    high: float | None
    p: float | None

    @property
    def is_real(self) -> bool:
        """Whether chance alone would give such a drop less than once in twenty times."""
        return self.p is not None and self.p < ALPHA


def rate_drop(before: int, before_time: float, after: int, after_time: float) -> Drop:
    """Whether fewer came per time afterwards: the conditional test of two Poisson rates.

    Given how many came in all, those afterwards are a binomial count whose share, if nothing changed, is the share
    of the time (Przyborowski and Wilenski 1940). One-sided: only a drop counts. The interval is that of Clopper and
    Pearson (1934) for the share, turned into a ratio of rates. Times in any one unit.
    """
    if before_time <= 0 or after_time <= 0:
        raise ValueError("both times are longer than nothing")
    n = before + after
    expected = before * after_time / before_time
    if n == 0:
        return Drop(before, after, expected, None, None, None, None)
    share, scale = after_time / (before_time + after_time), before_time / after_time
    low = _bound(lambda p: 1 - binomial_at_most(after - 1, n, p), rising=True) if after else 0.0
    high = _bound(lambda p: binomial_at_most(after, n, p), rising=False) if after < n else None
    return Drop(
        before=before,
        after=after,
        expected=expected,
        ratio=after / before * scale if before else None,
        low=low / (1 - low) * scale,
        high=high / (1 - high) * scale if high is not None else None,
        p=binomial_at_most(after, n, share),
    )


def _bound(tail: Callable[[float], float], *, rising: bool) -> float:
    """The share at which `tail` crosses 2.5 %, by halving."""
    low, high = 0.0, 1.0
    for _step in range(80):
        middle = (low + high) / 2
        if (tail(middle) < ALPHA / 2) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2
