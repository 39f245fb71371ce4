"""What a text must contain for a pattern to have a chance: makes a check of a hundred patterns cheap.

Conservative: where a pattern is not understood, nothing is demanded, and the pattern is simply
tried.
"""

import re

_LITERAL_RUN = re.compile(r"[^\\()\[\]{}|.*+?^$]+")
_FLAT_GROUP = re.compile(r"\(\?:([^\\()\[\]{}.*+?^$]+)\)(?![?*{])")
_ANY_GROUP = re.compile(r"\((?:[^()\\]|\\.)*\)[?*+]?(?:\{[^}]*\})?")
_CLASS = re.compile(r"\[(?:[^\]\\]|\\.)*\][?*+]?(?:\{[^}]*\})?")
_ESCAPE = re.compile(r"\\.[?*+]?|\{[^}]*\}")


def needles(pattern: str) -> tuple[str, ...]:
    """One of these stands, lower case, in every text that `pattern` matches; empty: nothing is known."""
    offers: list[tuple[str, ...]] = []
    flat = _FLAT_GROUP.finditer(pattern) if _depth_zero_only(pattern) else ()
    offers += [tuple(word.lower() for word in match[1].split("|")) for match in flat]
    rest, before = pattern, ""
    while rest != before:
        before, rest = rest, _ANY_GROUP.sub("\n", rest)
    if "|" in rest:
        return ()
    rest = _ESCAPE.sub("\n", _CLASS.sub("\n", rest))
    rest = re.sub(r".[?*]|[.^$]\+?", "\n", rest)
    offers += [
        (run.lower(),) for match in _LITERAL_RUN.finditer(rest) for run in match.group().split("\n") if run
    ]
    offers = [offer for offer in offers if all(offer)]
    return max(offers, key=lambda offer: (min(map(len, offer)), -len(offer)), default=())


def _depth_zero_only(pattern: str) -> bool:
    """Groups are not nested and there is no choice outside them, so that a group without ? must match."""
    depth = 0
    for ch in re.sub(r"\\.|\[(?:[^\]\\]|\\.)*\]", "", pattern):
        depth += (ch == "(") - (ch == ")")
        if depth > 1 or (ch == "|" and depth == 0):
            return False
    return True
