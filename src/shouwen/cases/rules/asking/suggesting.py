"""What could come next, while somebody types."""

from collections.abc import Callable
from dataclasses import dataclass

from shouwen.cases.rules.asking.filters import FILTERS, Filter, Words
from shouwen.cases.rules.asking.pieces import pieces
from shouwen.cases.rules.asking.understanding import Known, vocabulary

MOST = 8


@dataclass(frozen=True)
class Suggestion:
    """`text` stands in the place of what was typed from `start` on; `note` says what it is, a filter's code."""

    text: str
    start: int
    note: str
    whole: bool  # with a value: nothing more has to be typed


def suggestions(
    text: str, known: Known, *, english: bool, texts: Callable[[str, str], list[str]] | None = None
) -> list[Suggestion]:
    """For the piece that `text` ends in: names of filters that begin so, or values of the filter it names.
    `texts(filter, begun)` knows values of filters that take any text."""
    found = pieces(text)
    if not found or text[-1:].isspace():
        return []
    last = found[-1]
    minus = "-" if last.negated else ""
    if last.field:
        return _values(last.start, last.field, last.value, minus, last.name, known, texts)
    if last.name or last.quoted or len(last.value) > 12:
        return []
    begun = last.value.casefold()
    return [
        Suggestion(f"{minus}{name}:", last.start, one.code, False)
        for one in FILTERS.values()
        if (name := _begun(one, begun, english))
    ][:MOST]


def _begun(one: Filter, begun: str, english: bool) -> str:
    """The name of a filter that begins so, in the language typed; or one whose usual word begins so."""
    for name in (*one.english, *one.names) if english else (*one.names, *one.english):
        if name.startswith(begun):
            return name
    return ""


def _values(
    start: int,
    field: str,
    said: str,
    minus: str,
    name: str,
    known: Known,
    texts: Callable[[str, str], list[str]] | None,
) -> list[Suggestion]:
    one = FILTERS[field]
    begun = said.casefold()
    if one.takes == "text":
        values = texts(field, said) if texts is not None else []
    else:
        values = _called(vocabulary(one, known), begun, english=name in one.english)
    return [Suggestion(f"{minus}{name}:{_quoted(value)}", start, field, True) for value in values[:MOST]]


def _called(words: Words, begun: str, *, english: bool) -> list[str]:
    """One word of each code that has one beginning so: the usual one of the language the filter's name is in."""
    found = []
    for names in words.values():
        usual = names[1] if english and len(names) > 1 else names[0]
        if any(name.casefold().startswith(begun) for name in (usual, *names)):
            found.append(usual)
    return found


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value or "," in value else value
