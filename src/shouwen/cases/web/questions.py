"""What was understood of a question, as signs that can be taken away and mistakes that can be mended."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language

from shouwen.cases.queries.asking import filter_words_of, sentence
from shouwen.cases.rules import asking


def drawn(asked: asking.Asked, address: Callable[[str], str]) -> dict[str, Any]:
    """`chips` are (what was said, address without it); `mistakes` (the sentence, what would be right, its address)."""
    chips = [(one.said, address(asking.without(asked.text, one.place))) for one in asked.conditions]
    if chips and asked.words:
        rest = " ".join(one.said for one in asked.conditions)
        chips.append((f"“{asked.words}”", address(rest)))
    mistakes = [
        (
            sentence(one),
            one.nearest,
            address(asking.without(asked.text, one.place, one.nearest)) if one.nearest else "",
        )
        for one in asked.mistakes
        if one.reason != "empty" or one.place[1] < len(asked.text.rstrip())  # else it is being typed
    ]
    return {"chips": chips, "mistakes": mistakes}


def filter_words() -> list[dict[str, Any]]:
    """Every filter with an example of the language spoken and what it may say: the help below the field."""
    english = not (get_language() or "zh").startswith("zh")
    return [
        {
            "names": one.english[:1] if english else one.names[:1],
            "others": one.names[:1] if english else one.english[:1],
            "example": one.example[1 if english else 0],
            "words": filter_words_of(one.code, english=english),
        }
        for one in asking.FILTERS.values()
    ]
