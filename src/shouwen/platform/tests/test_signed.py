"""Differences as pages write them."""

import pytest

from shouwen.platform.web.environment import signed


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (0, 2, "0.00"),
        (-0.001, 2, "0.00"),
        (0, 0, "0"),
        (1, 0, "+1"),
        (-2.25, 1, "-2.2"),
        (0.5, 2, "+0.50"),
        (None, 2, "–"),
    ],
)
def test_a_difference_of_nothing_has_no_sign(value: float | None, digits: int, shown: str) -> None:
    assert signed(value, digits) == shown
