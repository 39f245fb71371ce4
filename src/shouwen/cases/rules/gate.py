"""The quality gate of a task: its standard, point by point, each of which a delivery has to meet (CAS-6)."""

import re
from collections.abc import Iterable

from shouwen.kernel.errors import N_, Invalid, Sentence

_BULLET = re.compile(r"^\s*(?:[-*•·]|\d+[.、)]|[（(]\d+[)）])\s*")
MOST_POINTS = 20


def points(standard: str) -> list[str]:
    """The lines of a standard without their bullets; one sentence with ； between counts as several."""
    parts = re.split(r"[\n；;]+", standard)
    found = [_BULLET.sub("", part).strip() for part in parts]
    return [part for part in found if part][:MOST_POINTS]


def check_passed(standard: str, ticked: Iterable[int]) -> None:
    """Every point is met, or the work goes back; nobody passes a gate half open."""
    missing = set(range(len(points(standard)))) - set(ticked)
    if missing:
        raise Invalid(
            Sentence(N_("Tick every point that is met, or return the task and say what is missing.")),
            field="gate",
        )
