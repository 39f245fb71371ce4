"""The check itself: all findings in the order of the text, one per place; and putting a better wording in."""

import re

from . import manners, phrases, wordings
from .quoted import own_words
from .shape import PhraseLists, Remark, ReplyContext

LONGEST_TEXT = 20_000
MOST_REMARKS = 200
_RANK = {"taboo": 0, "blame": 0, "over_promise": 1, "boilerplate": 2, "mood": 3, "jargon": 4}
_REST_OF_GREETING = re.compile(r"[^\n，,。！!：:]{0,30}[，,。！!：:\n]\s*")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}[ ,.']+[A-Za-z]{2,}")


def check(text: str, context: ReplyContext, lists: PhraseLists | None = None) -> list[Remark]:
    """Everything worth another look in `text`, in the order of the text; whole-text remarks first.

    Only the first 20 000 characters are read. Never blocks, never raises for any text.
    """
    lists = lists or PhraseLists()
    own = own_words(text[:LONGEST_TEXT])
    language = manners.language_of(own) if context.language == "auto" else context.language
    found = list(phrases.remarks(own, lists, language))
    if language == "zh" and _LATIN_WORD.search(own):
        found += phrases.remarks(own, PhraseLists(), "en")
    found += wordings.over_promising(own, context, language)
    found += wordings.jargon(own, lists, language)
    found += manners.names(own, context, language)
    found += manners.pasted(own, text, context)
    found += manners.mood(own, context, language)
    whole = list(manners.opening(own, context, language)) + [each for each in found if each.end == 0]
    placed = [each for each in found if each.end > 0 and not _allowed(each, lists)]
    return whole + _one_per_place(placed[:MOST_REMARKS])


def _allowed(remark: Remark, lists: PhraseLists) -> bool:
    return remark.matched in lists.allowed or remark.matched.lower() in lists.allowed


def _one_per_place(remarks: list[Remark]) -> list[Remark]:
    """Where remarks overlap, the graver sort stays, then the longer one."""
    ordered = sorted(remarks, key=lambda each: (_RANK.get(each.sort, 5), each.start - each.end, each.start))
    kept: list[Remark] = []
    for each in ordered:
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)


def apply(text: str, remark: Remark) -> str:
    """`text` with the better wording of one remark; unchanged when there is none or the text moved on.

    A greeting goes to the front, thanks and words of understanding after the greeting.
    """
    if remark.better is None:
        return text
    if remark.end > 0:
        if text[remark.start : remark.end] != remark.matched:
            return text
        return text[: remark.start] + remark.better + text[remark.end :]
    if remark.sort == "greeting":
        return remark.better + text
    greeting = manners.GREETING.search(text[:80])
    rest = _REST_OF_GREETING.match(text, greeting.end()) if greeting else None
    at = rest.end() if rest else 0
    return text[:at] + remark.better + text[at:]
