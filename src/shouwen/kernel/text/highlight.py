"""Where the words of a query stand in a text as it was written."""

from collections.abc import Sequence
from functools import lru_cache

from shouwen.kernel.text.analyser import fold
from shouwen.kernel.text.queries import terms

LONGEST = 100_000  # characters looked at; enough to show where a word stands
ELLIPSIS = "…"


def highlight_spans(text: str, query: str, *, typing: bool = False) -> list[tuple[int, int]]:
    """Half-open character ranges of `text` to be marked, in order, without overlap."""
    folded, origin = _folded(text[:LONGEST])
    found = sorted(
        (origin[match.start()], origin[match.end() - 1] + 1)
        for term in terms(query, typing=typing)
        for match in term.pattern.finditer(folded)
    )
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def excerpt(text: str, query: str, *, width: int = 120) -> str:
    """At most `width` characters of `text` on one line, around the first place that matches."""
    line = " ".join(text[:LONGEST].split())
    if len(line) <= width:
        return line
    spans = highlight_spans(line, query)
    wanted = spans[0][0] - width // 4 if spans else 0
    start = max(0, min(wanted, len(line) - width + 1))
    room = width - (start > 0)
    if start + room < len(line):
        return (ELLIPSIS if start else "") + line[start : start + room - 1] + ELLIPSIS
    return (ELLIPSIS if start else "") + line[start:]


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Folded text and, for each of its characters, the place in `text` it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    pieces = [*map(_one, text)]
    folded = "".join(pieces)
    if len(folded) == len(text) and all(pieces):  # one for one, as nearly every text is
        return folded, range(len(text))
    return folded, [index for index, piece in enumerate(pieces) for _character in piece]


@lru_cache(maxsize=8192)
def _one(character: str) -> str:
    return fold(character)
