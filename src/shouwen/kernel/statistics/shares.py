"""Shares with their uncertainty, means and percentiles."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum, isfinite, sqrt

Z95 = 1.959963984540054  # the 97.5 % point of the normal distribution


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1 with how many it rests on and its 95 % interval.

    Without any observation `share` is None and the interval says that nothing is known: 0 to 1.
    """

    successes: int
    n: int
    share: float | None
    low: float
    high: float


def wilson(successes: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of a share (E. B. Wilson 1927), without continuity correction.

    Holds for few observations and for shares near 0 and 1, where the usual one fails.
    ValueError unless 0 ≤ successes ≤ n.
    """
    if not 0 <= successes <= n:
        raise ValueError("successes must lie between 0 and n")
    if n == 0:
        return 0.0, 1.0
    share, square = successes / n, Z95 * Z95
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = Z95 / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == n else min(1.0, centre + half)
    return low, high


def share_with_interval(successes: int, n: int) -> Share:
    low, high = wilson(successes, n)
    return Share(successes, n, successes / n if n else None, low, high)


def mean(values: Iterable[float]) -> float | None:
    """The arithmetic mean; None of nothing."""
    found = list(values)
    return fsum(found) / len(found) if found else None


def percentile(values: Iterable[float], percent: float) -> float | None:
    """The value below which `percent` (0 to 100) of the values lie; None of nothing.

    Linear interpolation between the two nearest ranks (Hyndman and Fan's type 7, the default of
    R, NumPy and spreadsheets). p50 is the median.
    """
    if not 0 <= percent <= 100:
        raise ValueError("percent must lie between 0 and 100")
    ranked = sorted(values)
    if not ranked:
        return None
    if not all(isfinite(value) for value in (ranked[0], ranked[-1])):
        raise ValueError("values must be finite")
    place = (len(ranked) - 1) * percent / 100
    below = int(place)
    if below + 1 == len(ranked):
        return float(ranked[below])
    return ranked[below] + (place - below) * (ranked[below + 1] - ranked[below])
