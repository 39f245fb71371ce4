"""What changed between two texts, for a person to see at a glance. Pure."""

import re
from difflib import SequenceMatcher

PIECE = re.compile(r"[A-Za-z0-9]+|\s+|.", re.S)
MOST_PIECES = 6000  # beyond that lines are compared, which is quick however long the texts are


def differences(old: str, new: str) -> list[tuple[str, str]]:
    """(`same` | `gone` | `new`, text) in order; all `same` and `gone` make the old text, `same` and `new` the new.

    Latin words are compared whole, Chinese by the character.
    """
    before, after = PIECE.findall(old), PIECE.findall(new)
    if len(before) + len(after) > MOST_PIECES:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(before[i1:i2])))
            continue
        if i2 > i1:
            found.append(("gone", "".join(before[i1:i2])))
        if j2 > j1:
            found.append(("new", "".join(after[j1:j2])))
    return found
