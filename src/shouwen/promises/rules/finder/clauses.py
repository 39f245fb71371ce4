"""Cuts a reply into sentences and clauses with offsets, and knows which parts are somebody else's words."""

import re
from dataclasses import dataclass

_SENTENCE_END = re.compile(
    r"[。！？!?；;\n\r]+|(?<![apAP]\.m)(?<![apAP])(?<!No)(?<!Mr)(?<!Ms)(?<!Dr)\.(?=\s|$)|(?<=[apAP]\.m)\.(?=\s+[A-Z]|\s*$)"
)
_CLAUSE_END = re.compile(r"[，,、：—–…]|:(?!\d)|\.{3}|(?<=\s)-(?=\s)")
_QUOTES = re.compile(
    r"“[^”]{0,2000}”|「[^」]{0,2000}」|『[^』]{0,2000}』|‘[^’]{0,2000}’|《[^》]{0,200}》"
    r'|(?<![A-Za-z0-9])"[^"\n]{0,2000}"'
)
_QUOTED_LINE = re.compile(r"^[ \t]*[>＞|].*$", re.M)
_QUOTED_TAIL = re.compile(
    r"^[ \t]*(?:-{2,}\s*(?:original message|forwarded message|原始邮件|回复的邮件|转发邮件).*"
    r"|on .{4,120} wrote:|.{0,80}(?:写道|wrote)[:：]|(?:发件人|from)[:：].*)$",
    re.M | re.I,
)
_FULL_WIDTH = {ord("０") + n: str(n) for n in range(10)} | {
    ord("："): ":", ord("．"): ".", ord("～"): "~", ord("　"): " ", ord("’"): "'", 0xA0: " ",
}  # fmt: skip


@dataclass(frozen=True)
class Clause:
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Sentence:
    """`asks` is True when it ends as a question."""

    start: int
    end: int
    text: str
    asks: bool
    clauses: tuple[Clause, ...]


def plain(text: str) -> str:
    """Same length as `text`: full-width digits, colons and spaces made ordinary, other people's
    words blanked.

    A blank is U+FFFC, which no pattern matches and which keeps every offset where it was.
    """
    quoted = text.translate(_FULL_WIDTH)
    tail = _QUOTED_TAIL.search(quoted)
    if tail:
        quoted = quoted[: tail.start()] + "\ufffc" * (len(quoted) - tail.start())
    for pattern in (_QUOTED_LINE,):
        quoted = pattern.sub(lambda found: "\ufffc" * len(found.group()), quoted)
    # Quotation marks are looked for in the original: the translation has already made ’ an apostrophe.
    cut = list(quoted)
    for found in _QUOTES.finditer(text):
        cut[found.start() : found.end()] = "\ufffc" * (found.end() - found.start())
    return "".join(cut)


def sentences(text: str) -> list[Sentence]:
    """The sentences of an already plain text, each with its clauses; empty ones are left out."""
    found: list[Sentence] = []
    start = 0
    for stop in [*_SENTENCE_END.finditer(text), None]:
        end = stop.start() if stop else len(text)
        if text[start:end].strip():
            mark = stop.group() if stop else ""
            found.append(_sentence(text, start, end, mark))
        if stop:
            start = stop.end()
    return found


_ASKING_END = re.compile(r"(?:吗|么|呢|好不好|行不行|可不可以|是不是|能不能)\s*$")


def _sentence(text: str, start: int, end: int, mark: str) -> Sentence:
    said = text[start:end]
    asks = "?" in mark or "？" in mark or bool(_ASKING_END.search(said))
    clauses: list[Clause] = []
    at = start
    for cut in [*_CLAUSE_END.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        if text[at:stop].strip():
            clauses.append(_trimmed(text, at, stop))
        if cut:
            at = cut.end()
    return Sentence(start, end, said, asks, tuple(clauses))


def _trimmed(text: str, start: int, end: int) -> Clause:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Clause(start, end, text[start:end])
