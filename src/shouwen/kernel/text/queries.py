"""What a person types into a search box, as terms that all must be found."""

import re
from dataclasses import dataclass

from shouwen.kernel.text.analyser import CJK, LONGEST_TOKEN, fold, pairs, runs

MOST_TERMS = 16
MOST_TOKENS = 32

_CHUNK = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = rf"[^\W_{CJK}]"


@dataclass(frozen=True)
class Term:
    """Tokens that stand next to each other; with `prefix` the last one may go on.

    `runs` are the pieces of folded text it came from, for highlighting.
    """

    tokens: tuple[str, ...]
    prefix: bool
    runs: tuple[tuple[str, bool], ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds the term in folded text."""
        return re.compile(r"[\W_]*".join(self._piece(*piece) for piece in self.runs))

    def _piece(self, run: str, cjk: bool) -> str:
        if cjk:
            return re.escape(run)
        end = "" if self.prefix and run == self.runs[-1][0] else f"(?!{_WORD})"
        return f"(?<!{_WORD}){re.escape(run)}{end}"


def terms(text: str, *, typing: bool = False) -> list[Term]:
    """The terms of a query; a text matches when all of them do.

    A word of two or more CJK characters is a phrase of its pairs, a single character a prefix;
    Latin words in one chunk ("ZX-200", an e-mail address) and anything in double quotes are a
    phrase. With `typing` the last Latin word may still be unfinished.
    """
    found: list[Term] = []
    for match in _CHUNK.finditer(fold(text).replace("“", '"').replace("”", '"')):
        pieces = list(runs(match[1] or match[2] or ""))
        for group in [pieces] if match[1] else _by_script(pieces):
            if group:
                found.append(_term(group))
    found = list(dict.fromkeys(found))[:MOST_TERMS]
    if typing and found and not found[-1].runs[-1][1]:
        last = found.pop()
        found.append(Term(last.tokens, True, last.runs))
    return found


def query(text: str, *, typing: bool = False) -> list[str]:
    """The terms as plain strings: tokens of a phrase joined by spaces, "*" after a prefix."""
    return [" ".join(term.tokens) + ("*" if term.prefix else "") for term in terms(text, typing=typing)]


def fts5(text: str, *, typing: bool = False, unwanted: str = "", either: bool = False) -> str:
    """The query for `MATCH` of SQLite FTS5; "" when there is nothing to look for. No term of `unwanted` may stand
    there; `either` asks for any term instead of all."""
    wanted = (" OR " if either else " ").join(_fts5(term) for term in terms(text, typing=typing))
    none_of = " OR ".join(_fts5(term) for term in terms(unwanted))
    return f"({wanted}) NOT ({none_of})" if wanted and none_of else wanted


def tsquery(text: str, *, typing: bool = False, unwanted: str = "", either: bool = False) -> str:
    """The query for `to_tsquery('simple', …)` of PostgreSQL; the same otherwise."""
    wanted = (" | " if either else " & ").join(_tsquery(term) for term in terms(text, typing=typing))
    none_of = " | ".join(_tsquery(term) for term in terms(unwanted))
    return f"({wanted}) & !({none_of})" if wanted and none_of else wanted


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.tokens)}"' + (" *" if term.prefix else "")


def _tsquery(term: Term) -> str:
    return f"({' <-> '.join(term.tokens)}{':*' if term.prefix else ''})"


def _by_script(pieces: list[tuple[str, bool]]) -> list[list[tuple[str, bool]]]:
    """Each CJK run by itself, neighbouring Latin runs together."""
    groups: list[list[tuple[str, bool]]] = []
    for piece in pieces:
        if groups and not piece[1] and not groups[-1][-1][1]:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _term(pieces: list[tuple[str, bool]]) -> Term:
    found: list[str] = []
    for run, cjk in pieces:
        found.extend(pairs(run) if cjk else [run[:LONGEST_TOKEN]])
    run, cjk = pieces[-1]
    if cjk and len(run) > 1:
        found.pop()  # in the text the word may go on, so its last character is no token there
    cut = len(found) > MOST_TOKENS
    return Term(tuple(found[:MOST_TOKENS]), cjk and len(run) == 1 and not cut, tuple(pieces))
