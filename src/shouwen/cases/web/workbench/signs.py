"""Small signs of the list, drawn once per language and kept: a page of fifty rows asks for the same dozen."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from markupsafe import Markup

from shouwen.platform.web.pages import environment


@lru_cache(maxsize=1024)
def _drawn(language: str, macro: str, *given: Any) -> Markup:
    found: Markup = getattr(environment().globals["ui"], macro)(*given)
    return Markup(found.strip())  # noqa: S704  what our own component has escaped


class Signs:
    """`signs.tier("A")` in a template: the component `ui.tier("A")`, kept."""

    def __init__(self) -> None:
        self._language = get_language() or ""

    def channel(self, code: str) -> Markup:
        return _drawn(self._language, "channel", code, None, 14)

    def tier(self, letter: str) -> Markup:
        return _drawn(self._language, "tier", letter)

    def emotion(self, level: str) -> Markup:
        return _drawn(self._language, "emotion", level)

    def priority(self, level: int, word: str) -> Markup:
        return _drawn(
            self._language, "priority", {1: "urgent", 2: "high", 3: "normal"}.get(level, "low"), word
        )
