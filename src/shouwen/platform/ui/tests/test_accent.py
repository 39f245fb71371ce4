"""A brand colour, however pale or dark, becomes one that reads."""

import colorsys
import re

import pytest

from shouwen.kernel.errors import Invalid
from shouwen.platform.ui.accent import contrast, stylesheet

LIGHT_GROUNDS = ("#ffffff", "#f5f6f8", "#f0f2f5")
DARK_GROUNDS = ("#101215", "#16181c", "#1f2228")
COLOURS = [
    "#" + "".join(f"{round(c * 255):02x}" for c in colorsys.hls_to_rgb(hue / 12, lightness, 0.9))
    for hue in range(12)
    for lightness in (0.05, 0.3, 0.5, 0.7, 0.95)
]


def _made(colour: str) -> tuple[str, str]:
    light, dark = re.findall(r"#[0-9a-f]{6}", stylesheet(colour))
    return light, dark


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", COLOURS)
def test_an_accent_reads_on_every_ground_of_both_themes(colour: str) -> None:
    light, dark = _made(colour)
    assert min(contrast(light, ground) for ground in LIGHT_GROUNDS) >= 4.5
    assert min(contrast(dark, ground) for ground in DARK_GROUNDS) >= 4.5
    assert contrast(light, "#ffffff") >= 4.5, "white text on a primary button"
    assert contrast(dark, "#0f1114") >= 4.5, "dark text on a primary button"


def test_a_colour_that_reads_already_stays_itself() -> None:
    assert _made("#2458c5")[0] == "#2458c5"


@pytest.mark.parametrize("wrong", ["", "blue", "#12345", "#gggggg", "#fff;}body{display:none"])
def test_what_is_no_colour_is_refused_and_names_the_field(wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        stylesheet(wrong)
    assert refused.value.field == "accent"
