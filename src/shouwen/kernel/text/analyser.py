"""The one analyser of search: text to tokens that SQLite FTS5 and PostgreSQL take as they are.

Chinese is written without spaces, and the stock tokenizers find no word inside a sentence. So a
run of Chinese, Japanese or Korean characters becomes its overlapping pairs and the last single
character: 退款未到 → 退款 款未 未到 到. A word of two characters is one token, a longer one a phrase of
neighbouring tokens, and every single character begins some token, so a prefix finds it.
Everything else becomes words of letters and digits in lower case, without Latin accents.

Tokens hold letters and digits only: nothing in them is an operator of any query language.
"""

import re
import unicodedata
from collections.abc import Iterator

CJK = (
    "\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters (as a regular expression class) of the scripts that we cut into pairs."""

LONGEST_TOKEN = 64  # longer "words" are encoded data; cut, so that an index row stays small
LONGEST_DOCUMENT = 40_000  # tokens, and
LARGEST_DOCUMENT = 500_000  # bytes; together they keep a tsvector below PostgreSQL's limit of 1 MB

# Circled and Roman numerals that stay after folding: Python takes them for digits, PostgreSQL does not.
_NO_LETTERS = "_\u2150-\u218b\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
_RUN = re.compile(rf"([{CJK}]+)|[^\W{_NO_LETTERS}{CJK}]+")
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_MARK = re.compile("[\u0300-\u036f]+")
# Characters younger than Unicode 6.1, whose letters FTS5 knows, and all beyond 16 bits.
_RARE = re.compile("[\u4db6-\u4dbf\u9fcd-\u9fff\U00020000-\U0003ffff]")


def fold(text: str) -> str:
    """One form for what means the same: full and half width, upper and lower case, accents."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).lower()
    return _MARK.sub("", _ACCENTED.sub(lambda match: unicodedata.normalize("NFD", match[0]), folded))


def runs(folded: str) -> Iterator[tuple[str, bool]]:
    """The runs of letters and digits in folded text, and whether each is CJK."""
    for match in _RUN.finditer(folded):
        yield match[0], match.lastindex == 1


def pairs(run: str) -> list[str]:
    """The overlapping pairs of a CJK run, then its last character."""
    found = [run[index : index + 2] for index in range(len(run) - 1)]
    found.append(run[-1])
    return [_RARE.sub(_spelled, token) for token in found] if _RARE.search(run) else found


def tokens(text: str) -> list[str]:
    """The search tokens of `text` in its order."""
    found: list[str] = []
    for run, cjk in runs(fold(text)):
        if cjk:
            found.extend(pairs(run))
        else:
            found.append(run[:LONGEST_TOKEN])
    return found


def document(text: str, *, limit: int = LONGEST_DOCUMENT) -> str:
    """What goes into the index for `text`: its tokens, joined by spaces, at most `limit` of them."""
    joined = " ".join(tokens(text)[:limit])
    if len(joined) * 4 <= LARGEST_DOCUMENT or len(data := joined.encode()) <= LARGEST_DOCUMENT:
        return joined
    return data[:LARGEST_DOCUMENT].decode(errors="ignore").rpartition(" ")[0]


def _spelled(match: re.Match[str]) -> str:
    return f"u{ord(match[0]):x}"
