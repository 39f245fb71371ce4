"""Rows of the list and messages of a case as markup, drawn once for the same words and kept.

A list is asked for again whenever something in it moves, by everybody who looks at it, and most of its rows are
as they were; so are the messages of a case that is open. Each is kept under all it shows, so one that differs in
anything is drawn anew.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from shouwen.cases import queries
from shouwen.cases.web.workbench.signs import Signs
from shouwen.cases.web.workbench.words import PRIORITIES
from shouwen.channels.reading import Shown
from shouwen.platform.web.pages import environment

MOST = 2048  # of about two kilobytes each
CLOCKS = {"paused": "pause", "red": "alarm-clock", "amber": "clock", "grey": "clock"}
MOST_MESSAGES = 1024
LONG = 4_000  # characters; longer messages are rare and not worth their room
MOST_HEADS = 256  # of about four kilobytes each
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


@lru_cache(maxsize=MOST_HEADS)
def _head(language: str, params: tuple[tuple[str, str], ...], choices: tuple[tuple[str, Any], ...]) -> str:
    template = environment().get_template("cases/parts/list_head.html")
    known = dict(params)
    view = queries.VIEWS[known["view"]]
    token = Markup(SUFFIX)  # noqa: S704  a mark of ours
    return template.render(view=view, params=known, choices=dict(choices), csrf_input=token)


def head(token: str, params: Mapping[str, str], choices: Mapping[str, Any]) -> Markup:
    """The head of the list; `token` is the reader's own against forgery."""
    kept = tuple(
        (name, (str(label), tuple((str(code), str(word)) for code, word in options)))
        for name, (label, options) in choices.items()
    )
    drawn = _head(get_language() or "", tuple(params.items()), kept)
    return Markup(drawn.replace(SUFFIX, str(token)))  # noqa: S704  what the template has escaped


@lru_cache(maxsize=MOST_MESSAGES)
def _message(language: str, zone: str, today: date, shown: Shown) -> Markup:
    macro: Any = environment().get_template("channels/message.html").module
    return Markup(macro.message(shown))  # noqa: S704  what the template has escaped


def message(shown: Shown) -> Markup:
    """One message of the timeline. Times are the reader's, and today's are shorter; links to files run out."""
    if shown.files or shown.undo_until or len(shown.body) + len(shown.quoted) > LONG:
        return _message.__wrapped__("", "", date.min, shown)
    today = timezone.localdate()
    return _message(get_language() or "", str(timezone.get_current_timezone()), today, shown)
