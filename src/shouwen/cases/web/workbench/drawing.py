"""Rows of the list as markup, drawn once for the same words and kept.

A list is asked for again whenever something in it moves, by everybody who looks at it, and most of its rows are
as they were. A row is kept under all it shows, so one that differs in anything is drawn anew.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from shouwen.cases import queries
from shouwen.cases.web.workbench.signs import Signs
from shouwen.cases.web.workbench.words import PRIORITIES
from shouwen.platform.web.pages import environment

MOST = 2048  # of about two kilobytes each
CLOCKS = {"paused": "pause", "red": "alarm-clock", "amber": "clock", "grey": "clock"}
SUFFIX = "\x00"  # stands where the way back to this list comes; no text of anybody's holds it


@lru_cache(maxsize=8)
def _words(language: str) -> dict[str, Any]:
    icon: Any = environment().globals["icon"]
    return {
        "select": _("Select"),
        "waits": _("waits for our answer"),
        "mine": _("me"),
        "unowned": _("unowned"),
        "confirming": _("to be confirmed"),
        "ended": _("case closed"),
        "clocks": {state: icon(name, 12) for state, name in CLOCKS.items()},
    }


@lru_cache(maxsize=MOST)
def _row(language: str, base: str, row: queries.Row) -> str:
    macro: Any = environment().get_template("cases/parts/row.html").module
    return str(macro.row(row, _words(language), dict(PRIORITIES), Signs(), base, SUFFIX))


def draw(rows: Sequence[queries.Row], *, base: str, suffix: str) -> Markup:
    """The rows, each leading to its case under `base`, with `suffix` behind its address."""
    language = get_language() or ""
    drawn = "\n".join(_row(language, base, row) for row in rows)
    return Markup(drawn.replace(SUFFIX, str(escape(suffix))))  # noqa: S704  what the template has escaped
