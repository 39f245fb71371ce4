"""What a customer's answer to "is it working again?" means, in Chinese and English; "" when it says neither."""

import re

WORKING, NOT_WORKING = "working", "not_working"
_NOT = re.compile(
    r"还(?:是)?(?:没|不)|仍(?:然|旧)?(?:没|不|无)|依然(?:没|不|无)|又(?:断|坏|没|不)|(?:没有?|尚?未)(?:恢复|修好|好|解决|来电|通)"
    r"|不(?:行|通|能|好使|正常)|没(?:用|网|电|水|信号)|(?:用|上|打)不了|连不上"
    r"|\bstill\s+(?:not|no|down|out|broken|doesn|isn|can|won)|\bnot\s+(?:working|yet|back|fixed|restored)|\bdoes\s?n.?t\s+work"
    r"|\bis\s?n.?t\s+working|\bno\s+(?:signal|internet|connection|power)\b|\bdown\s+again",
    re.IGNORECASE,
)
_YES = re.compile(
    r"(?:已经?|都|现在|终于|可以|全部?)?(?:恢复|修好|好|正常|通|可以用|能用|解决)(?:了|啦|啰|使用了)|正常了?$|可以了|没问题了|有(?:网|电|水|信号)了"
    r"|\bworks?\s+(?:again|now|fine)|\bworking\s+(?:again|now|fine)|\bback\s+(?:up|online|on)\b|\b(?:fixed|solved|restored)\b|\ball\s+good\b",
    re.IGNORECASE,
)


def answer_of(text: str) -> str:
    """`working`, `not_working` or "". Where both are said, what does not work counts: it is the costlier to miss."""
    said = " ".join(text.split())[:500]
    if _NOT.search(said):
        return NOT_WORKING
    if re.search(r"[?？]\s*$", said):
        return ""
    return WORKING if _YES.search(said) else ""
