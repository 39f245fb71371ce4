"""From pieces to what is asked: words, conditions on the row, and what could not be understood."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shouwen.cases.rules.asking.days import Span, span
from shouwen.cases.rules.asking.filters import FILTERS, NAMES, Filter, Words
from shouwen.cases.rules.asking.nearest import nearest
from shouwen.cases.rules.asking.pieces import Piece, pieces

Known = Callable[[str], Words]  # the organisation's own words for a filter: states, kinds, teams, people …
Reason = Literal["name", "value", "empty", "day"]
_SPLIT = re.compile(r"[,，、|]")


@dataclass(frozen=True)
class Condition:
    """One filter as it was said. Any of `values` fits; `negated`: none of them. `days` for filters of a day."""

    field: str
    values: tuple[str, ...]
    negated: bool
    said: str
    place: tuple[int, int]
    days: Span | None = None


@dataclass(frozen=True)
class Mistake:
    """What was said and is not known. `nearest` is what could be put in its place; "" when nothing is near."""

    said: str
    field: str
    reason: Reason
    place: tuple[int, int]
    nearest: str = ""


@dataclass(frozen=True)
class Asked:
    """`words` are looked for in what was said, none of `unwanted` may be there; `conditions` narrow by the row."""

    text: str = ""
    words: str = ""
    unwanted: str = ""
    conditions: tuple[Condition, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.words or self.unwanted or self.conditions)

    @property
    def plain(self) -> bool:
        """Nothing but words."""
        return not (self.unwanted or self.conditions or self.mistakes)


def understood(text: str, known: Known, today: date) -> Asked:
    """What is asked. Mistakes narrow nothing: who refuses them does so by `mistakes`."""
    words: list[str] = []
    unwanted: list[str] = []
    conditions: list[Condition] = []
    mistakes: list[Mistake] = []
    for piece in pieces(text):
        made = _condition(piece, FILTERS[piece.field], known, today) if piece.field else _misspelt(piece)
        if isinstance(made, Condition):
            conditions.append(made)
        elif made is not None:
            mistakes.append(made)
        elif piece.name:
            words.append(piece.text)
        else:
            (unwanted if piece.negated else words).append(piece.value)
    return Asked(text, " ".join(words), " ".join(unwanted), tuple(conditions), tuple(mistakes))


def vocabulary(one: Filter, known: Known) -> dict[str, tuple[str, ...]]:
    """Every word of a filter by code: ours, which are short, and the organisation's. Those people may have in mind
    first, which are not ours, come first."""
    said = known(one.code)
    mixed = {code: (*one.words.get(code, ()), *words) for code, words in said.items()}
    return mixed | {code: words for code, words in one.words.items() if code not in mixed}


def fitting(said: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The codes that are called so; when none is, those whose word begins so."""
    spoken = said.casefold()
    whole = [code for code, names in words.items() if spoken in {name.casefold() for name in (code, *names)}]
    if whole:
        return tuple(whole)
    return tuple(
        code for code, names in words.items() if any(n.casefold().startswith(spoken) for n in (code, *names))
    )


def _condition(piece: Piece, one: Filter, known: Known, today: date) -> Condition | Mistake:
    place = (piece.start, piece.end)
    if not piece.value:
        return Mistake(piece.text, one.code, "empty", place)
    if one.takes == "text":
        return Condition(one.code, _values(piece), piece.negated, piece.text, place)
    if one.takes == "day":
        spoken = {name.casefold(): code for code, names in one.words.items() for name in (code, *names)}
        days = span(piece.value, spoken, today)
        if days is None:
            instead = _replaced(piece, piece.value, nearest(piece.value, spoken))
            return Mistake(piece.text, one.code, "day", place, instead)
        return Condition(one.code, (), piece.negated, piece.text, place, days)
    words = vocabulary(one, known)
    found: list[str] = []
    for said in _values(piece):
        codes = fitting(said, words)
        if not codes:
            near = nearest(said, (name for code, names in words.items() for name in (*names, code)))
            return Mistake(piece.text, one.code, "value", place, _replaced(piece, said, near))
        found += codes
    return Condition(one.code, tuple(dict.fromkeys(found)), piece.negated, piece.text, place)


def _values(piece: Piece) -> tuple[str, ...]:
    if piece.quoted:
        return (piece.value,)
    return tuple(part for part in (one.strip() for one in _SPLIT.split(piece.value)) if part) or (
        piece.value,
    )


def _misspelt(piece: Piece) -> Mistake | None:
    """A name with a colon that is nearly a filter's. Others are words: addresses of pages, times, ratios."""
    if not piece.name or not piece.value or piece.value.startswith("/"):
        return None
    near = nearest(piece.name, NAMES)
    if near is None:
        return None
    instead = piece.text.replace(piece.name, near, 1)
    return Mistake(piece.text, "", "name", (piece.start, piece.end), instead)


def _replaced(piece: Piece, said: str, near: str | None) -> str:
    if not near:
        return ""
    before, after = piece.text[: piece.text.rindex(said)], piece.text[piece.text.rindex(said) + len(said) :]
    return f"{before}{near}{after}" if piece.quoted or " " not in near else f'{before}"{near}"{after}'
