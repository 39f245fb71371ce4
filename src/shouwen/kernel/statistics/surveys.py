"""What survey answers amount to: CSAT, NPS, SERVQUAL. An invitation without an answer is none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import Literal

from shouwen.kernel.errors import N_, Invalid, Sentence
from shouwen.kernel.statistics.shares import Z95, Share, mean, share_with_interval

Overall = Literal["mean_of_dimensions", "item_weighted", "importance_weighted"]


@dataclass(frozen=True)
class Nps:
    """Net promoter score from −100 to +100 with its 95 % interval; None without answers.

    The score is a difference of two shares, so its interval is the normal one for a
    multinomial: ±1.96·√((p + d − (p − d)²)/n), cut at −100 and +100.
    """

    score: float | None
    promoters: int
    passives: int
    detractors: int
    n: int
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Servqual:
    """Perception − expectation by dimension and overall; `kind` says which overall it is."""

    dimensions: dict[str, float]
    overall: float | None
    kind: Overall
    items: int


def csat(scores: Iterable[int | None]) -> Share:
    """The share of the top two answers on a scale of 1 to 5; None is a dismissed invitation."""
    found = _answers(scores, 1, 5)
    return share_with_interval(sum(score >= 4 for score in found), len(found))


def nps(scores: Iterable[int | None]) -> Nps:
    """Share of 9 and 10 less the share of 0 to 6, times 100; None is a dismissed invitation."""
    found = _answers(scores, 0, 10)
    promoters, detractors = sum(score >= 9 for score in found), sum(score <= 6 for score in found)
    n = len(found)
    passives = n - promoters - detractors
    if not n:
        return Nps(None, 0, 0, 0, 0, None, None)
    score = 100 * (promoters - detractors) / n
    half = 100 * Z95 * sqrt(((promoters + detractors) / n - (score / 100) ** 2) / n)
    return Nps(score, promoters, passives, detractors, n, max(-100.0, score - half), min(100.0, score + half))


def servqual(
    answers: Mapping[str, Sequence[tuple[float | None, float | None]]],
    *,
    kind: Overall = "mean_of_dimensions",
    importance: Mapping[str, float] | None = None,
) -> Servqual:
    """The gaps of (expectation, perception) pairs by dimension; pairs with a None are left out.

    The gap of an item is perception − expectation, of a dimension the mean of its items, and
    overall by `kind`: the plain mean of the dimensions, the mean of all items, or the mean of
    the dimensions weighted by `importance`. Dimensions without an answered item are left out.
    """
    gaps = {
        name: [
            perceived - expected
            for expected, perceived in pairs
            if expected is not None and perceived is not None
        ]
        for name, pairs in answers.items()
    }
    gaps = {name: items for name, items in gaps.items() if items}
    dimensions = {name: fsum(items) / len(items) for name, items in gaps.items()}
    count = sum(len(items) for items in gaps.values())
    if kind == "item_weighted":
        overall = mean(gap for items in gaps.values() for gap in items)
    elif kind == "importance_weighted":
        overall = _weighted(dimensions, importance or {})
    else:
        overall = mean(dimensions.values())
    return Servqual(dimensions, overall, kind, count)


def _weighted(dimensions: Mapping[str, float], importance: Mapping[str, float]) -> float | None:
    missing = sorted(dimensions.keys() - importance.keys())
    if missing or any(weight < 0 for weight in importance.values()):
        message = N_("Every dimension needs a weight that is not negative.")
        raise Invalid(Sentence(message), field="importance")
    total = fsum(importance[name] for name in dimensions)
    return fsum(importance[name] * gap for name, gap in dimensions.items()) / total if total else None


def _answers(scores: Iterable[int | None], lowest: int, highest: int) -> list[int]:
    found = [score for score in scores if score is not None]
    for score in found:
        if isinstance(score, bool) or not isinstance(score, int) or not lowest <= score <= highest:
            message = N_("A score must be a whole number from %(lowest)s to %(highest)s.")
            raise Invalid(Sentence(message, {"lowest": lowest, "highest": highest}), field="score")
    return found
