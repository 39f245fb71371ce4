"""Advice for every mood and style."""

import pytest

from shouwen.knowledge.rules.emotion import LEVELS
from shouwen.knowledge.rules.manner import STYLES, guidance


@pytest.mark.parametrize("style", ["", *STYLES])
@pytest.mark.parametrize("level", LEVELS)
def test_every_mood_and_style_has_something_that_helps_and_something_to_avoid(level: str, style: str) -> None:
    told = guidance(level, style)
    assert told.helps
    assert told.avoid
    assert len(set(told.helps)) == len(told.helps)


def test_a_style_adds_to_what_the_mood_says() -> None:
    assert guidance("angry", "exacting").helps[: len(guidance("angry").helps)] == guidance("angry").helps
    assert len(guidance("angry", "exacting").helps) > len(guidance("angry").helps)


def test_an_unknown_word_is_read_as_calm() -> None:
    assert guidance("furious", "dreamy") == guidance("calm")
