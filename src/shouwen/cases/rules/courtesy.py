"""Whether what a customer wrote only thanks or acknowledges: it is kept, and asks nothing of anybody.

Every word must be one of the listed; a single other word ("谢谢，什么时候到？") makes it a message like any other.
What only acknowledges ("好的") answers a question of ours, so after a question it is no mere courtesy.
"""

import re
from typing import Final

LONGEST: Final = 60
"""Longer than this nobody only says thanks."""
_COURTESY: Final = (
    r"(?:非常|十分|太|万分|衷心|再次|真的?|很)*+(?:感谢|谢谢|多谢|谢了|谢啦|谢过|谢|感激)++|辛苦(?:了|啦)?|麻烦(?:了|啦|你们?了|您了)|费心了"
    r"|没有了|好的?|好滴|好嘞|行|可以|没问题|收到|知道了|明白了?|了解了?|嗯++|哦++|噢|太好了|很好|很满意|满意|不客气|再见"
    r"|非常|十分|真是|真|您们?|你们?|大家|师傅|老师|贵公司|公司|各位|们|的|了|啦|哈++|呀|啊|哦|呢|支持|帮助|帮忙|回复|答复|关心|服务"
    r"|祝(?:您|你)?(?:工作|生活)?(?:顺利|愉快)"
    r"|thank\s*you|thanks|thx|many|so|very|much|a\s+lot|all|great|perfect|ok(?:ay)?|got\s+it|received|noted|fine|well|appreciated|cheers|for\s+your\s+(?:help|reply|support)"
)
# Possessive throughout: no input makes it try its words in another order.
_ONLY: Final = re.compile(rf"(?:(?>{_COURTESY})[\s\W_]*+)++", re.IGNORECASE)
_HEART: Final = re.compile(
    r"谢|感激|辛苦|麻烦(?:了|啦)|费心|好|行|可以|没问题|收到|知道|明白|了解|嗯|哦|噢|满意|不客气|再见"
    r"|than|thx|great|perfect|ok|got it|received|noted|appreciated|cheers",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(
    r"[?？]|吗|呢|么[。！!\s]*$|是否|能否|可否|哪|几点|什么时候|请告知|请提供|请确认"
)


def only_courtesy(text: str, *, asked: bool = False) -> bool:
    """`asked`: our last words were a question, so that even "好的" is an answer."""
    said = text.strip()
    if not said or asked or len(said) > LONGEST or _QUESTION.search(said):
        return False
    spoken = re.sub(r"^[\s\W_]+", "", said)
    return bool(spoken) and _ONLY.fullmatch(spoken) is not None and _HEART.search(spoken) is not None


def asks(text: str) -> bool:
    """Whether words of ours ask the customer something."""
    return _QUESTION.search(text) is not None
