"""How far reviewers agree beyond chance. 1 is perfect, 0 is chance, below 0 is worse than chance.

Where only one category was ever used, nothing can be said: None, neither 1 nor 0.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import permutations
from math import fsum
from typing import Literal

Level = Literal["nominal", "ordinal", "interval", "ratio"]
Weight = Callable[[float, float], float]


def cohen_kappa(table: Sequence[Sequence[int]]) -> float | None:
    """Cohen's kappa (1960) of two reviewers from their square table of counts."""
    if any(len(row) != len(table) for row in table):
        raise ValueError("the table must be square")
    n = sum(map(sum, table))
    if not n:
        return None
    agreed = sum(table[index][index] for index in range(len(table))) / n
    columns = [sum(column) for column in zip(*table, strict=True)]
    chance = fsum(sum(row) * column for row, column in zip(table, columns, strict=True)) / (n * n)
    return (agreed - chance) / (1 - chance) if chance < 1 else None


def kappa_of_ratings(first: Sequence[object], second: Sequence[object]) -> float | None:
    """Cohen's kappa of two reviewers' categories for the same contacts; None marks one not rated."""
    pairs = [pair for pair in zip(first, second, strict=True) if None not in pair]
    categories = list(dict.fromkeys(value for pair in pairs for value in pair))
    counts = Counter(pairs)
    return cohen_kappa([[counts[row, column] for column in categories] for row in categories])


def krippendorff_alpha(ratings: Sequence[Sequence[float | None]], level: Level = "nominal") -> float | None:
    """Krippendorff's alpha of any number of reviewers (one row each), with gaps (None).

    `level` is the level of measurement. Categories are numbers; for "ratio" not negative ones.
    Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011.
    """
    pairs: defaultdict[tuple[float, float], float] = defaultdict(float)
    for unit in zip(*ratings, strict=True):
        given = [value for value in unit if value is not None]
        for pair in permutations(given, 2):
            pairs[pair] += 1 / (len(given) - 1)
    totals: defaultdict[float, float] = defaultdict(float)
    for (value, _), weight in pairs.items():
        totals[value] += weight
    n = fsum(totals.values())
    if len(totals) < 2:
        return None
    apart = _distance(level, dict(totals))
    observed = fsum(weight * apart(*pair) for pair, weight in pairs.items())
    expected = fsum(totals[a] * totals[b] * apart(a, b) for a in totals for b in totals)
    return 1 - (n - 1) * observed / expected


def _distance(level: Level, totals: dict[float, float]) -> Weight:
    """The squared difference of two categories at a level of measurement."""

    def ordinal(a: float, b: float) -> float:
        low, high = min(a, b), max(a, b)
        between = fsum(count for value, count in totals.items() if low <= value <= high)
        return (between - (totals[a] + totals[b]) / 2) ** 2 if a != b else 0.0

    distances: dict[Level, Weight] = {
        "nominal": lambda a, b: float(a != b),
        "ordinal": ordinal,
        "interval": lambda a, b: (a - b) ** 2,
        "ratio": lambda a, b: ((a - b) / (a + b)) ** 2 if a != b else 0.0,
    }
    return distances[level]
