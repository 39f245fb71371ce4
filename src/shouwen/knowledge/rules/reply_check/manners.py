"""What concerns the reply as a whole: greeting, thanks, the name, pasted text, and the mood it meets."""
# ruff: noqa: E501 - patterns and sample sentences read better in one piece

import re
from collections.abc import Iterator
from functools import lru_cache

from shouwen.kernel.errors import Sentence

from . import reasons
from .shape import Remark, ReplyContext

WRITTEN = frozenset({"email", "web", "letter", "fax", "portal", "chat", "wechat", "sms"})
THANKING = WRITTEN - {"sms"}
MOST_NAMES = 2
COMPARED_REPLIES = 5
SAME_SHARE = 0.9
SHORTEST_PASTED = 40

GREETING = re.compile(
    r"您好|你好|尊敬的|亲爱的|[早上中下晚]{1,2}[上午]?好|各位|新年好|\b(?:hello|hi|hey|dear|good (?:morning|afternoon|evening|day)|greetings)\b",
    re.I,
)
_THANKS = re.compile(
    r"谢|感激|抱歉|对不起|致歉|道歉|歉意|不好意思|辛苦|\b(?:thank|thanks|sorry|apolog\w+|appreciate|grateful)\b",
    re.I,
)
_EMPATHY = re.compile(
    r"抱歉|对不起|致歉|道歉|歉意|理解|体谅|着急|心情|不便|麻烦了|添麻烦|让您.{0,6}[了久]|不愉快|担心|难过|遗憾|感受|换做我|换作我"
    r"|\b(?:sorry|apolog\w+|understand|inconvenience|frustrat\w+|regret|upset|worr\w+|trouble)\b",
    re.I,
)
_CHEERFUL = re.compile(
    r"哈哈+|嘻嘻|呵呵+|嘿嘿|么么哒|亲(?=[，,~～！!])|[~～]{2,}|[😀-😆😄😊😁🤣😂🎉🥳]|[:;][-]?[)D]|开心|恭喜|\b(?:awesome|great news|hooray|haha+|lol|cheers|yay)\b",
    re.I,
)
_SHOUTING = re.compile(r"[!！]{2,}|[?？]{2,}|(?:\b[A-Z]{3,}\b[ ,]+){2,}\b[A-Z]{3,}\b")
_PLACEHOLDER = re.compile(
    r"\{\{?[^{}\n]{1,40}\}?\}|[\[【<](?:客户|顾客|姓名|称呼|日期|时间|订单号?|单号|产品|型号|name|date|time|order|product)[^\]】>\n]{0,20}[\]】>]"
    r"|(?<![A-Za-z0-9])[Xx×]{2,}(?![A-Za-z0-9])|(?<![*＊])[*＊]{3,}(?![*＊])|_{3,}",
    re.I,
)
_NOISE = re.compile(r"[\W\d_]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_HARD = {"upset", "angry", "hostile"}
_SURNAMED = r"(?:先生|女士|小姐|老师|经理|总|工)"

_TEXTS = {
    "zh": {
        "greeting": "您好！\n", "named": "%(name)s，您好！\n", "thanks": "感谢您联系我们。",
        "empathy": "给您带来的不便，我非常抱歉，您的心情我完全理解。",
    },
    "en": {
        "greeting": "Hello,\n", "named": "Dear %(name)s,\n", "thanks": "Thank you for contacting us. ",
        "empathy": "I am sorry for the trouble this has caused you, and I understand how you feel. ",
    },
}  # fmt: skip


def language_of(text: str) -> str:
    """zh when a noticeable part of the letters is Chinese, else en."""
    chinese = len(_CHINESE.findall(text))
    return "zh" if chinese * 4 >= sum(ch.isascii() and ch.isalpha() for ch in text) and chinese else "en"


def opening(text: str, context: ReplyContext, language: str) -> Iterator[Remark]:
    """A first reply greets, and thanks for the contact or says sorry."""
    if not context.is_first_reply or context.channel not in WRITTEN or not text.strip():
        return
    words = _TEXTS[language]
    if not GREETING.search(text[:80]):
        named = (
            words["named"] % {"name": context.customer_name} if context.customer_name else words["greeting"]
        )
        yield Remark("greeting", 0, 0, "", Sentence(reasons.NO_GREETING), named, "hint")
    if context.channel in THANKING and not _THANKS.search(text):
        yield Remark("thanks", 0, 0, "", Sentence(reasons.NO_THANKS), words["thanks"], "hint")


def names(text: str, context: ReplyContext, language: str) -> Iterator[Remark]:
    """From the third time on the name is too much."""
    name = context.customer_name.strip()
    if len(name) < 2:
        return
    called = re.escape(name)
    if _CHINESE.match(name) and len(name) <= 4:
        called = rf"(?:{called}|{re.escape(name[0])}){_SURNAMED}|{called}"
    found = list(re.finditer(rf"(?:{called})(?P<comma>\s*[，,]\s*)?", text))
    if len(found) <= MOST_NAMES:
        return
    reason = Sentence(reasons.NAME, {"count": len(found)})
    for match in found[MOST_NAMES:]:
        better = "" if match["comma"] else "您" if language == "zh" else "you"
        yield Remark("name_overuse", match.start(), match.end(), match.group(), reason, better, "hint")


def pasted(text: str, whole: str, context: ReplyContext) -> Iterator[Remark]:
    """Gaps that were not filled in, and text that is the same as an earlier reply.

    `whole` is the text with what it quotes, which may stand inside a gap and is named as it was written.
    """
    for match in _PLACEHOLDER.finditer(text):
        gap = whole[match.start() : match.end()]
        reason = Sentence(reasons.PLACEHOLDER, {"matched": gap})
        yield Remark("boilerplate", match.start(), match.end(), gap, reason, None, "warning")
    bare = _bare(text, context.customer_name)
    if len(bare) < SHORTEST_PASTED:
        return
    pieces = _pieces(bare)
    for earlier in context.recent_replies[:COMPARED_REPLIES]:
        other, others = _read_before(earlier)
        if not 0.7 <= (len(other) + 1) / (len(bare) + 1) <= 1.4:
            continue
        if other == bare or _share(pieces, others) >= SAME_SHARE:
            yield Remark("boilerplate", 0, 0, "", Sentence(reasons.PASTED), None, "advice")
            return


@lru_cache(maxsize=64)
def _read_before(reply: str) -> tuple[str, frozenset[str]]:
    """An earlier reply taken apart; kept, because the composer asks about the same ones at every pause."""
    bare = _bare(reply, "")
    return bare, _pieces(bare)


def _bare(text: str, name: str) -> str:
    """Letters only, without the name: what stays the same when only name, date and number change."""
    return _NOISE.sub("", text.replace(name, "") if name else text).lower()[:2000]


def _pieces(bare: str) -> frozenset[str]:
    return frozenset(bare[at : at + 5] for at in range(len(bare) - 4))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard: the pieces both have, of the pieces either has; 0 … 1."""
    return len(one & other) / (len(one | other) or 1)


def mood(text: str, context: ReplyContext, language: str) -> Iterator[Remark]:
    """An upset customer hears first that somebody understands, and no cheerfulness."""
    for match in _SHOUTING.finditer(text):
        reason = Sentence(reasons.SHOUTING, {"matched": match.group()})
        calmer = match.group()[:1] if match.group()[0] in "!！?？" else match.group().capitalize()
        yield Remark("mood", match.start(), match.end(), match.group(), reason, calmer, "hint")
    if context.customer_emotion not in _HARD or not text.strip("\ufffc \t\r\n"):
        return
    if not _EMPATHY.search(text):
        better = _TEXTS[language]["empathy"]
        yield Remark("mood", 0, 0, "", Sentence(reasons.NO_EMPATHY), better, "advice")
    elif len(_NOISE.sub("", text)) < (15 if language == "zh" else 40):
        yield Remark("mood", 0, 0, "", Sentence(reasons.TOO_SHORT), None, "hint")
    for match in _CHEERFUL.finditer(text):
        reason = Sentence(reasons.TOO_CHEERFUL, {"matched": match.group()})
        yield Remark("mood", match.start(), match.end(), match.group(), reason, "", "advice")
