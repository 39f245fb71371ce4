"""How long such work really takes, so that a promise leaves enough room (PRO-2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Final

# What kind of work a promise speaks of: the first row of which a word is found. What is to be done for the
# customer (call, come, answer) stands before what it is about (a refund, a document).
WORK: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("call_back", ("回电", "致电", "来电", "电话", "call", "phone", "ring")),
    ("visit", ("上门", "到场", "到现场", "到达", "visit", "on site", "on-site", "come by")),
    ("repair", ("维修", "修复", "修好", "抢修", "更换", "换件", "repair", "fix", "replace")),
    (
        "answer",
        ("回复", "答复", "告知", "通知", "反馈", "联系", "reply", "answer", "let you know", "get back"),
    ),
    ("deliver", ("发货", "寄出", "寄送", "送到", "送达", "发出", "ship", "deliver", "dispatch")),
    ("refund", ("退款", "退费", "赔付", "赔偿", "补偿", "refund", "reimburse", "compensat")),
    ("document", ("资料", "文件", "发票", "报告", "合同", "报价", "invoice", "report", "document", "quote")),
)
OTHER: Final = "other"
FEWEST: Final = 10
"""With fewer finished promises than this nothing is suggested: a share of a handful says nothing."""
SHARE: Final = 0.8


@dataclass(frozen=True)
class Leeway:
    """`seconds` of open time that four of five such promises needed, from `n` of them."""

    work: str
    seconds: int
    n: int


def work_of(text: str) -> str:
    lowered = text.lower()
    return next((code for code, signs in WORK if any(sign in lowered for sign in signs)), OTHER)


def leeway(work: str, took_seconds: Sequence[int]) -> Leeway | None:
    """The 80th percentile by nearest rank (the value itself was reached), or None with too few."""
    n = len(took_seconds)
    if n < FEWEST:
        return None
    rank = ceil(SHARE * n)
    return Leeway(work, max(1, sorted(took_seconds)[rank - 1]), n)


def rounded(span: timedelta) -> timedelta:
    """Up to a time people say: five minutes below an hour, a quarter of an hour below a day, else an hour."""
    seconds = span.total_seconds()
    step = 300 if seconds <= 3600 else 900 if seconds <= 86_400 else 3600
    return timedelta(seconds=ceil(seconds / step) * step)
