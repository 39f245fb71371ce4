"""The organisation's colour, made readable: the brand stylesheet for light and dark pages.

Contrast is that of WCAG 2.2 (relative luminance, sRGB). Text on paper and white text on a button
both need 4.5 : 1, so a brand colour that is too pale is darkened for the light theme
and lightened for the dark one until it passes; the hue stays.
"""

import colorsys
import re

from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid

# the least bright ground text stands on in each theme, see tokens.css and dark.css
LIGHT_PAPER = "#f0f2f5"
DARK_PAPER = "#1f2228"
READABLE = 4.6
DEFAULT = "#2458c5"
_SIX_DIGITS = re.compile(r"[0-9a-fA-F]{6}")


def _channels(colour: str) -> tuple[float, float, float]:
    digits = colour.strip().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    if not _SIX_DIGITS.fullmatch(digits):
        raise Invalid(_("A colour is written as # and six digits, for instance #2458c5."), field="accent")
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 (same) to 21 (black on white)."""
    pale, deep = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (pale + 0.05) / (deep + 0.05)


def readable_on(colour: str, paper: str, *, darker: bool) -> str:
    """`colour` moved in lightness, one hundredth at a time, until it reads on `paper`."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    step = -0.01 if darker else 0.01
    for turn in range(101):
        moved = min(1.0, max(0.0, lightness + step * turn))
        channels = colorsys.hls_to_rgb(hue, moved, saturation)
        candidate = "#" + "".join(f"{round(c * 255):02x}" for c in channels)
        if contrast(candidate, paper) >= READABLE:
            return candidate
    raise AssertionError("black or white always reads")  # pragma: no cover


def stylesheet(colour: str = DEFAULT) -> str:
    """The text of the brand stylesheet: the accent of both themes, as custom properties."""
    light = readable_on(colour, LIGHT_PAPER, darker=True)
    dark = readable_on(colour, DARK_PAPER, darker=False)
    return f":root{{--brand-light:{light};--brand-dark:{dark}}}\n"
