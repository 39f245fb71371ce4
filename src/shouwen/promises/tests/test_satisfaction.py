"""Satisfaction is perception minus expectation."""

import pytest

from shouwen.kernel.errors import Invalid
from shouwen.platform.access import SYSTEM
from shouwen.promises import queries, services
from shouwen.promises.rules.satisfaction import satisfaction, state_of
from shouwen.promises.testing import AT

ALL = ("appearance", "attitude", "timeliness", "expertise", "integrity")


@pytest.mark.parametrize(
    ("difference", "state"),
    [(-0.5, "below"), (-0.49, "equal"), (0, "equal"), (0.49, "equal"), (0.5, "above"), (0.1 + 0.4, "above")],
)
def test_the_band_around_no_difference_counts_as_equal(difference: float, state: str) -> None:
    assert state_of(difference) == state


def test_without_a_band_only_no_difference_is_equal() -> None:
    assert [state_of(value, 0) for value in (-0.2, 0, 0.2)] == ["below", "equal", "above"]


def test_each_dimension_and_the_mean_are_said() -> None:
    found = satisfaction(
        {"attitude": 5, "timeliness": 2, "integrity": 4}, {"attitude": 4, "timeliness": 5}, default=4
    )
    assert found is not None
    assert [(d.dimension, d.difference, d.state) for d in found.differences] == [
        ("attitude", 1, "above"),
        ("timeliness", -3, "below"),
        ("integrity", 0, "equal"),
    ]
    assert (round(found.mean, 4), found.state, found.n) == (-0.6667, "below", 3)


def test_nothing_perceived_is_no_satisfaction_at_all() -> None:
    assert satisfaction({}, dict.fromkeys(ALL, 3)) is None


@pytest.mark.parametrize("levels", [{"speed": 3}, {"attitude": 0}, {"attitude": 6}, {"attitude": True}])
def test_levels_outside_one_to_five_and_unknown_dimensions_are_refused(levels: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        satisfaction(levels, {})


@pytest.mark.django_db
def test_a_case_is_held_against_what_was_recorded_last() -> None:
    case = ("case", 5)
    for text, levels in (("免费更换", {"timeliness": 5, "attitude": 3}), ("周内修好", {"timeliness": 3})):
        services.record_expectation(
            subject=case, customer_id=1, text=text, sort="too_high", levels=levels, at=AT, by=SYSTEM
        )
    assert queries.expected_levels(case) == {"timeliness": 3, "attitude": 3}
    found = queries.satisfaction_of(case, {"timeliness": 3, "attitude": 4, "expertise": 4})
    assert found is not None
    assert [d.difference for d in found.differences] == [1, 0, 0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": ""}, "text"),
        ({"sort": "silly"}, "sort"),
        ({"levels": {"attitude": 9}}, "levels.attitude"),
        ({"managed": "长" * 2001}, "managed"),
    ],
)
def test_a_wrong_expectation_is_refused_by_its_field(values: dict[str, object], field: str) -> None:
    given = {"text": "免费更换", "sort": "too_high", **values}
    with pytest.raises(Invalid) as fault:
        services.record_expectation(subject=("case", 5), customer_id=1, at=AT, by=SYSTEM, **given)  # type: ignore[arg-type]
    assert fault.value.field == field
