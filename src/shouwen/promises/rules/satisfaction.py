"""Satisfaction is perception minus expectation (PRO-8), per dimension and over all.

Both are levels from 1 to 5 on the five dimensions appearance, attitude, timeliness, expertise and integrity.
The three states are above, equal and below. "Equal" is a band, not a point: one level of difference on one of
five dimensions moves the mean by 0.2 and is within what the same person answers on another day, so a
difference of less than half a level in either direction counts as equal. The band is a setting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from shouwen.kernel.errors import N_, Invalid, Sentence

DIMENSIONS: Final = ("appearance", "attitude", "timeliness", "expertise", "integrity")
LABELS: Final = {
    "appearance": N_("Appearance"),
    "attitude": N_("Attitude"),
    "timeliness": N_("Timely feedback"),
    "expertise": N_("Expertise"),
    "integrity": N_("Integrity"),
}
STATE_LABELS: Final = {
    "above": N_("Above expectation"),
    "equal": N_("As expected"),
    "below": N_("Below expectation"),
}
LOWEST, HIGHEST = 1, 5
EQUAL_BAND = 0.5
DEFAULT_EXPECTED = 4
"""What a customer expects who has said nothing: good service, not perfect service."""

State = Literal["above", "equal", "below"]


@dataclass(frozen=True)
class Difference:
    dimension: str
    label: str
    perceived: float
    expected: float
    difference: float
    state: State


@dataclass(frozen=True)
class Satisfaction:
    """`mean` is the plain mean of the differences over the `n` dimensions that were perceived."""

    differences: tuple[Difference, ...]
    mean: float
    state: State
    n: int

    @property
    def label(self) -> str:
        return STATE_LABELS[self.state]


def state_of(difference: float, band: float = EQUAL_BAND) -> State:
    """Below the band's lower edge is below, above its upper edge above; the edges themselves decide outward.

    With the usual band of 0.5: −0.5 is below, −0.49 equal, 0.49 equal, 0.5 above. A band of 0 leaves equal
    for exactly no difference.
    """
    # Means of fifths are not exact in binary: 0.1 + 0.4 must meet a band of 0.5.
    rounded = round(difference, 9)
    if rounded == 0:
        return "equal"
    if rounded >= band:
        return "above"
    return "below" if rounded <= -band else "equal"


def satisfaction(
    perceived: Mapping[str, int | float],
    expected: Mapping[str, int | float],
    *,
    default: int | float = DEFAULT_EXPECTED,
    band: float = EQUAL_BAND,
) -> Satisfaction | None:
    """Perception minus expectation; None when nothing was perceived.

    A dimension that was not perceived does not count. One that was perceived but has no recorded expectation
    is held against `default`. Levels outside 1…5 and unknown dimensions are Invalid.
    """
    check_levels(perceived, field="perceived")
    check_levels(expected, field="expected")
    found = []
    for dimension in DIMENSIONS:
        if dimension not in perceived:
            continue
        seen, hoped = float(perceived[dimension]), float(expected.get(dimension, default))
        gap = seen - hoped
        found.append(Difference(dimension, LABELS[dimension], seen, hoped, gap, state_of(gap, band)))
    if not found:
        return None
    mean = sum(item.difference for item in found) / len(found)
    return Satisfaction(tuple(found), mean, state_of(mean, band), len(found))


def check_levels(levels: Mapping[str, int | float], *, field: str = "levels") -> None:
    for dimension, level in levels.items():
        if dimension not in DIMENSIONS:
            sentence = Sentence(N_('There is no dimension "%(name)s".'), {"name": str(dimension)[:40]})
            raise Invalid(sentence, field=field)
        if isinstance(level, bool) or not isinstance(level, int | float) or not LOWEST <= level <= HIGHEST:
            raise Invalid(Sentence(N_("A level lies between 1 and 5.")), field=f"{field}.{dimension}")
