"""Which words of a request tell what it is about. No dictionary: pairs of characters that are not everyday talk."""

from collections import Counter
from collections.abc import Iterable

from shouwen.kernel.text import tokens

MOST_TEXT = 300  # characters that are read: what is wrong is said first
MOST_TERMS = 60
# What is said whatever is wrong. Pairs, as the analyser cuts them; and short English words.
_CHINESE = (
    "您好 你好 请问 我们 你们 他们 一下 谢谢 感谢 什么 可以 怎么 如何 处理 帮忙 尽快 马上 现在 今天 昨天 明天 上午 下午 "
    "晚上 早上 麻烦 希望 联系 电话 客服 问题 情况 没有 不能 已经 还是 因为 所以 但是 一直 需要 知道 告诉 解决 反馈 "
    "先生 女士 公司 这个 那个 时候 时间 是不 不是 为什 多少 是否 我家 家里 咱们 这边 那边 到底 到现 在还 还没 请尽 "
    "快处 烦请 请帮 急急 投诉 咨询 求助 报修"
)
_ENGLISH = (
    "the a an is are was were be been it its this that to of in on at for with and or not no yes my our your we you i "
    "me us have has had do does did can could please thanks thank hello hi dear re fw fwd since from by as so but "
    "there here now today still again"
)
EVERYDAY = frozenset((_CHINESE + " " + _ENGLISH).split())


def terms(*texts: str) -> frozenset[str]:
    """The telling terms of what was said: pairs of Chinese characters and words of at least two letters.

    Everyday pairs, single characters and bare numbers are left out, and what only bridges an everyday pair and
    the next word: of 家里断网 it is 断网 that tells, not 里断.
    """
    found: dict[str, None] = {}
    for text in texts:
        said = list(tokens(text[:MOST_TEXT]))
        for place, token in enumerate(said):
            if len(token) < 2 or token in EVERYDAY or token.isdecimal():
                continue
            if not _bridges(token, said[max(place - 1, 0) : place], said[place + 1 : place + 2]):
                found[token] = None
    return frozenset(list(found)[:MOST_TERMS])


def _bridges(token: str, before: list[str], after: list[str]) -> bool:
    """Whether a pair of characters shares its first with an everyday pair before it, or its last with one after."""
    if len(token) != 2 or token.isascii():
        return False
    left = any(one in EVERYDAY and not one.isascii() and one[-1] == token[0] for one in before)
    return left or any(one in EVERYDAY and not one.isascii() and one[0] == token[-1] for one in after)


def joined(terms: Iterable[str]) -> list[str]:
    """The terms as a person reads them: overlapping pairs put together, the longest first."""
    return [word for word, _count in spelled(Counter(terms), most=MOST_TERMS)]


def spelled(counts: Counter[str], *, most: int = 5) -> list[tuple[str, int]]:
    """Overlapping pairs that come equally often, put together again: 断网 and 网了 with 18 and 18 give 断网了.

    The most frequent first; a pair that is part of a longer one is not said again.
    """
    left = dict(counts.most_common(40))
    found: list[tuple[str, int]] = []
    for start in list(left):
        if start not in left:
            continue
        word, count = start, left.pop(start)
        while (after := _neighbour(left, count, word[-1] + ".")) is not None:
            word += after[1]
            count = min(count, left.pop(after))
        while (before := _neighbour(left, count, "." + word[0])) is not None:
            word = before[0] + word
            count = min(count, left.pop(before))
        found.append((word, count))
    found.sort(key=lambda pair: (-pair[1], -len(pair[0]), pair[0]))
    return found[:most]


def _neighbour(left: dict[str, int], count: int, shape: str) -> str | None:
    """A pair of Chinese characters that fits `shape` ("." is any character) and comes about as often."""
    first, second = shape[0], shape[1]
    return next(
        (
            pair
            for pair, often in left.items()
            if len(pair) == 2
            and not pair.isascii()
            and often >= 0.8 * count
            and first in (".", pair[0])
            and second in (".", pair[1])
        ),
        None,
    )
