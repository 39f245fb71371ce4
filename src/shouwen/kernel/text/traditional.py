"""Simplified Chinese into traditional, by OpenCC's tables with the words of Taiwan (软件 → 軟體)."""

from functools import lru_cache
from typing import Any

TRADITIONAL = "zh-hant"


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import (
        OpenCC,
    )  # its tables take a tenth of a second to read; most installations never need them

    return OpenCC("s2twp")


def traditional(text: str) -> str:
    """`text` in traditional characters. What is traditional already, Latin or a number stays as it is."""
    return str(_converter().convert(text)) if text else text


def written_for(language: str, text: str) -> str:
    """`text` as a customer of `language` reads it; only `zh-hant` changes anything."""
    return traditional(text) if language == TRADITIONAL else text


def kept_in(language: str) -> str:
    """The language our texts are kept in for a customer of `language`: traditional ones are made of simplified."""
    return "zh-hans" if language == TRADITIONAL else language
