"""Finds taboo and blaming phrases, leaving out harmless uses: the customer's words, questions, politeness."""
# ruff: noqa: E501 - patterns and sample sentences read better in one piece

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from shouwen.kernel.errors import Sentence

from . import reasons, taboo_en, taboo_zh
from .needles import needles
from .shape import Phrase, PhraseLists, Remark

_BEFORE, _AFTER = 40, 16
_REPORTED = re.compile(
    r"(?:您|你|客户|顾客)(?:们)?(?:刚才|之前|昨天|上次|一直|在.{1,6}[中里])?(?:说|提到|反映|反馈|表示|觉得|担心|认为|问|写|以为)[^，。！？；,.!?;\n]{0,15}$"
    r"|\b(?:you|customer|they) (?:\w+ )?(?:said|say|wrote|mentioned|told|asked|felt|feel|think|thought|were worried)\b[^.!?\n]{0,40}$",
    re.I,
)
_NEVER_SAID = re.compile(
    r"(?:不会|不能|从不|绝不|决不|不应该?|不该|不可以|不再|不要|避免)(?:再)?(?:对您|跟您|用)?(?:说|讲|回答|答复|用)?[^，。！？\n]{0,4}$"
    r"|\b(?:never|not) (?:say|tell|answer|reply)\b[^.!?\n]{0,30}$",
    re.I,
)


@dataclass(frozen=True)
class Compiled:
    """A phrase ready for use; one of `needles`, when there are any, stands in every text it matches."""

    sort: Literal["taboo", "blame"]
    pattern: re.Pattern[str]
    needles: tuple[str, ...]
    phrase: Phrase
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


@lru_cache(maxsize=64)
def compiled(lists: PhraseLists, language: str) -> tuple[Compiled, ...]:
    """The phrases to look for in a language, the organisation's own first."""
    own: list[Compiled] = []
    for sort, words in (("taboo", lists.taboo), ("blame", lists.blame)):
        own.extend(
            _compile(sort, Phrase(_plain(text), _escaped(better), reasons.OWN_LIST))
            for text, better in words.items()
        )
    if not lists.built_in:
        return tuple(own)
    room = taboo_zh if language == "zh" else taboo_en
    own.extend(_compile("taboo", phrase) for phrase in room.TABOO)
    own.extend(_compile("blame", phrase) for phrase in room.BLAME)
    return tuple(own)


def _plain(text: str) -> str:
    """A pattern for words as written; Latin words match as whole words."""
    found = re.escape(text.strip())
    return rf"(?<![A-Za-z]){found}(?![A-Za-z])" if text[:1].isascii() else found


def _escaped(better: str | None) -> str | None:
    return None if better is None else better.replace("\\", "\\\\")


def _compile(sort: str, phrase: Phrase) -> Compiled:
    return Compiled(
        sort="blame" if sort == "blame" else "taboo", pattern=re.compile(phrase.pattern, re.I),
        needles=needles(phrase.pattern), phrase=phrase,
        before=re.compile(f"(?:{phrase.unless_before})", re.I) if phrase.unless_before else None,
        after=re.compile(phrase.unless_after, re.I) if phrase.unless_after else None,
    )  # fmt: skip


def remarks(text: str, lists: PhraseLists, language: str) -> Iterator[Remark]:
    """Every taboo or blaming phrase in `text`, whose foreign words are already blanked."""
    lowered = text.lower()
    for each in compiled(lists, language):
        if each.needles and not any(needle in lowered for needle in each.needles):
            continue
        for match in each.pattern.finditer(text):
            if match.end() > match.start() and not _harmless(each, text, match):
                yield _remark(each, match)


def _harmless(each: Compiled, text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    after = text[match.end() : match.end() + _AFTER]
    if each.before and each.before.search(before):
        return True
    if each.after and each.after.match(after):
        return True
    return bool(_REPORTED.search(before) or _NEVER_SAID.search(before))


def _remark(each: Compiled, match: re.Match[str]) -> Remark:
    better = None if each.phrase.better is None else match.expand(each.phrase.better)
    rude = each.phrase.reason in {reasons.RUDE, reasons.BLAME, reasons.BRUSH_OFF}
    return Remark(
        sort=each.sort, start=match.start(), end=match.end(), matched=match.group(),
        reason=Sentence(each.phrase.reason, {"matched": match.group()}), better=better,
        severity="warning" if rude else "advice",
    )  # fmt: skip
