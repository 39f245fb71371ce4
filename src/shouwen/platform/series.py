"""Several words in a row, as the reader's language puts them: “甲、乙” and “A, B”."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import pgettext


def listed(words: Iterable[Any]) -> str:
    return pgettext("between words", ", ").join(map(str, words))


def clauses(parts: Iterable[Any]) -> str:
    return pgettext("between clauses", "; ").join(map(str, parts))
