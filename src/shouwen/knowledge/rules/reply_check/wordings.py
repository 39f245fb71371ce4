"""Finds words that a customer does not know, and promises without limits or without a time."""
# ruff: noqa: E501 - patterns and sample sentences read better in one piece

import re
from collections.abc import Iterator
from functools import lru_cache

from shouwen.kernel.errors import Sentence

from . import reasons
from .jargon import JARGON_EN, JARGON_ZH, KNOWN_ABBREVIATIONS
from .shape import PhraseLists, Remark, ReplyContext

_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9_./#&-])[A-Z]{2,6}(?![A-Za-z0-9_/#&-]|\.\w)")
_EXPLAINED = re.compile(r"\s*[（(，,]?\s*(?:[（(]|即|也就是|是指|意思是|i\.e\.|that is)", re.I)
_CERTAIN = re.compile(
    r"(?P<will>(?:绝对|肯定|百分之百|百分百|100[%％]|必定|绝对百分百)(?:会|能|可以)(?!不))"
    r"|(?P<fine>(?:绝对|肯定|百分之百|百分百|100[%％])(?:没有?问题|没事))"
    r"|(?:绝对|肯定|百分之百|百分百|100[%％](?![棉纯含]))(?=不|没|是|可|保|满|解决|修|给|让|退|赔|安全|放心|有|成功|正品|按|准时|到|发|送|处理|完成|办|赶|来|今|明)"
    r"|万无一失|包[您你]满意|永远不会|绝不会再|无论如何都|不惜一切"
    r"|(?P<en_will>\b(?:we|I)(?: will|'ll) (?:definitely|absolutely|certainly|always)\b)"
    r"|\b(?:definitely|absolutely) (?:will|can|be|by|today|tomorrow)\b|\bwe guarantee\b|\bI guarantee\b|\b100 ?% (?:sure|certain|guaranteed)|\bnever happen again\b|\bno matter what\b",
    re.I,
)
_CERTAIN_NEEDLES = (
    "绝对", "肯定", "百分", "100", "必定", "万无一失", "包您", "包你", "永远不会", "绝不会再", "无论如何", "不惜一切",
    "definitely", "absolutely", "certainly", "always", "guarantee", "never happen", "no matter",
)  # fmt: skip
"""One of them stands in every text that _CERTAIN matches: most replies need no second look."""
_NOT_CERTAIN = re.compile(r"(?:不|非|没|您的?|得到|给予|表示|相对|不敢|不能|并不)$")
_SOON = re.compile(
    r"马上|立即|立刻|即刻|很快|尽快|第一时间|\b(?:right away|immediately|at once|straight ?away|asap|as soon as possible|in no time)\b",
    re.I,
)
_ASKED = re.compile(
    r"(?:请|麻烦|烦请|务必|建议|需要|提醒)(?:您|你)?[^，。！？；,.!?;\n]{0,10}$|(?:您|你)(?:可以|需要|要求|希望|想)?$|\b(?:please|you|kindly)\b[^.!?\n]{0,40}$",
    re.I,
)
_DONE = re.compile(
    r"(?:已经?|当时|昨天|刚才)[^，。！？\n]{0,6}$|\b(?:have|has|was|were)\b[^.!?\n]{0,20}$", re.I
)
_SENTENCE = re.compile(r"[。！？!?；;\n]|\.(?=\s|$)")
_BETTER_WILL = {"zh": "会尽全力", "en": "We will do everything we can to"}


@lru_cache(maxsize=64)
def _meanings(lists: PhraseLists) -> dict[str, str]:
    """What each word of jargon means. The organisation's meaning wins."""
    if not lists.built_in:
        return {word: meaning for word, meaning in lists.jargon.items() if word.strip()}
    english = {word: meaning for word, meaning in JARGON_EN.items() if word not in JARGON_ZH}
    return {
        **JARGON_ZH,
        **english,
        **{word: meaning for word, meaning in lists.jargon.items() if word.strip()},
    }


def _pattern(words: list[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(
        rf"(?<![A-Za-z0-9-]){re.escape(word)}(?![A-Za-z0-9-])" if word[0].isascii() else re.escape(word)
        for word in ordered
    ))  # fmt: skip


def jargon(text: str, lists: PhraseLists, language: str) -> Iterator[Remark]:
    """Words of our own trade, then capitals that nobody explained; each abbreviation once."""
    meanings = _meanings(lists)
    present = [word for word in meanings if word in text]
    seen: set[str] = set()
    for match in _pattern(present).finditer(text) if present else ():
        word = match.group()
        if _EXPLAINED.match(text, match.end()) and not text[match.end() :].startswith("，"):
            continue
        seen.add(word)
        meaning = _meaning(word, meanings, lists, language)
        yield Remark(
            "jargon", match.start(), match.end(), word,
            Sentence(reasons.JARGON, {"matched": word, "meaning": meaning}), meaning, "advice",
        )  # fmt: skip
    for match in _ABBREVIATION.finditer(text):
        word = match.group()
        if word in seen or word in KNOWN_ABBREVIATIONS or _EXPLAINED.match(text, match.end()):
            continue
        seen.add(word)
        if text[max(0, match.start() - 1) : match.start()] not in {"（", "("}:
            reason = Sentence(reasons.ABBREVIATION, {"matched": word})
            yield Remark("jargon", match.start(), match.end(), word, reason, None, "hint")


def _meaning(word: str, meanings: dict[str, str], lists: PhraseLists, language: str) -> str:
    if language == "en" and word in JARGON_EN and word not in lists.jargon:
        return JARGON_EN[word]
    return meanings[word]


def over_promising(text: str, context: ReplyContext, language: str) -> Iterator[Remark]:
    """Promises without limits, and "at once" where no time was given or recorded."""
    lowered = text.lower()
    bold = any(needle in lowered for needle in _CERTAIN_NEEDLES)
    for match in _CERTAIN.finditer(text) if bold else ():
        if _NOT_CERTAIN.search(text[max(0, match.start() - 4) : match.start()]):
            continue
        better = None
        if match["will"]:
            better = _BETTER_WILL["zh"]
        elif match["en_will"]:
            better = _BETTER_WILL["en"].replace("We", match.group()[:2].strip("' "), 1)
        elif match["fine"]:
            better = "我会负责跟进"
        reason = Sentence(reasons.CERTAIN, {"matched": match.group()})
        yield Remark("over_promise", match.start(), match.end(), match.group(), reason, better, "warning")
    if context.has_recorded_promise:
        return
    timed = [_sentence_of(text, start) for start, _ in context.promise_spans]
    for match in _SOON.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if _ASKED.search(before) or _DONE.search(before):
            continue
        if any(start <= match.start() < end for start, end in timed):
            continue
        reason = Sentence(reasons.SOON, {"matched": match.group()})
        yield Remark("over_promise", match.start(), match.end(), match.group(), reason, None, "advice")


def _sentence_of(text: str, at: int) -> tuple[int, int]:
    """The sentence around a place in the text."""
    starts = [match.end() for match in _SENTENCE.finditer(text, 0, max(0, min(at, len(text))))]
    end = _SENTENCE.search(text, max(0, at))
    return (starts[-1] if starts else 0), (end.start() if end else len(text))
