"""From a line of text to its pieces: words, and names with a colon and a value."""

import re
from dataclasses import dataclass

from shouwen.cases.rules.asking.filters import NAMES

LONGEST = 300
_QUOTES = str.maketrans("“”„＂", '""""')  # one character for one: places stay what they were
_NAME = re.compile(r"([-－]?)([^\W\d_]{1,12})[:：]")
_VALUE = re.compile(r'"([^"]*)"?|[^\s"]+')
_WORD = re.compile(r'[-－]?"[^"]*"?|[^\s"]+')


@dataclass(frozen=True)
class Piece:
    """What stands at `start` to `end`. `field` is "" for words, and for a `name` that no filter has."""

    start: int
    end: int
    text: str
    name: str = ""
    field: str = ""
    value: str = ""
    negated: bool = False
    quoted: bool = False


def pieces(text: str) -> list[Piece]:
    """Everything that was typed, in order. Whatever it is, it is some pieces."""
    text = text[:LONGEST].translate(_QUOTES)
    found: list[Piece] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        piece = _named(text, place) or _words(text, place)
        found.append(piece)
        place = piece.end
    return found


def without(text: str, piece: Piece | tuple[int, int], instead: str = "") -> str:
    """The text without one piece, or with something else in its place."""
    start, end = (piece.start, piece.end) if isinstance(piece, Piece) else piece
    text = text[:LONGEST]
    return " ".join(part for part in (text[:start].strip(), instead, text[end:].strip()) if part)


def _named(text: str, start: int) -> Piece | None:
    named = _NAME.match(text, start)
    if named is None:
        return None
    name = named[2]
    field = NAMES.get(name.casefold(), "")
    place = named.end()
    if field:  # people put a blank behind the colon; what follows is the value unless it is a filter itself
        while place < len(text) and text[place].isspace():
            place += 1
        ahead = _NAME.match(text, place)
        if ahead is not None and ahead[2].casefold() in NAMES:
            place = named.end()
    value = _VALUE.match(text, place)
    if value is None:
        return Piece(start, named.end(), text[start : named.end()], name, field, "", bool(named[1]))
    quoted = value[1] is not None
    said = (value[1] if quoted else value[0]).strip()
    return Piece(start, value.end(), text[start : value.end()], name, field, said, bool(named[1]), quoted)


def _words(text: str, start: int) -> Piece:
    found = _WORD.match(text, start)
    end = found.end() if found else start + 1
    said = text[start:end]
    rest = said.lstrip("-－")
    # -200 is part of a number somebody looks for, and "-" alone is nothing
    negated = len(rest) == len(said) - 1 and (rest[:1].isalpha() or rest[:1] == '"')
    return Piece(start, end, said, value=rest if negated else said, negated=negated)
