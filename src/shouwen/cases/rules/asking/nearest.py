"""The known word nearest to one that is not known."""

from collections.abc import Iterable


def nearest(said: str, known: Iterable[str]) -> str | None:
    """The word that needs the fewest changes (a letter more, less, other, or two swapped), when they are few: one
    in a short word, two from six letters on. A word of one character is near to nothing."""
    said = said.casefold()
    best, fewest = None, 99
    for word in known:
        spoken = word.casefold()
        most = 2 if max(len(said), len(spoken)) >= 6 else 1
        if min(len(said), len(spoken)) < 2 or abs(len(said) - len(spoken)) > most:
            continue
        changes = _changes(said, spoken)
        if changes <= most and changes < fewest:
            best, fewest = word, changes
    return best


def _changes(one: str, other: str) -> int:
    """Optimal string alignment distance."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
    return row[-1]
