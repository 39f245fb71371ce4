"""Which articles fit a text: shared words, the rare ones counting most. Pure.

BM25 (Robertson and Zaragoza 2009) without length normalisation, for articles are of one size: an article
scores the sum over shared words of idf · w / (w + 1.2), half as much again for a word of its title or keywords,
where w is the word's weight in the article and idf = ln(1 + (N - n + ½) / (n + ½)) for n of N articles that hold
it. A word found in every article is worth almost nothing, so no long list of stop words is needed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import log

from shouwen.kernel.text import tokens

IN_TITLE, IN_KEYWORDS = 4, 4
ABOUT = (
    1.5  # a word of the title says what the article is about; two pairs of one name in passing do not beat it
)
MOST_IN_BODY = 3
MOST_TERMS = 400  # of one article
MOST_ASKED = 80  # of one text
SATURATION = 1.2

# A pair with one of these characters crosses a border between words or says nothing.
_EMPTY = frozenset(
    "的了吗呢吧啊呀我你您他她它们是在和与就也都很请这那个么什怎有没不要会能可以为把被从到给对说让还再又一上下来去好"
)
_EMPTY_WORDS = frozenset(
    """
    a an the is are was were be been i you we he she it they my your our me us to of in on at for with and or
    but not no do does did can could will would shall should may have has had this that these those there here
    what when where which who how why please hello hi dear thanks thank if so as by from up out about just very
    am pm
    """.split()  # noqa: SIM905 - words read better as a text
)


def telling(token: str) -> bool:
    """Whether a token of the search analyser can tell one article from another."""
    if token in _EMPTY_WORDS:
        return False
    if token.isascii():
        return len(token) > 1 and not (token.isdecimal() and len(token) < 3)
    return len(token) > 1 and not any(character in _EMPTY for character in token)


def weights(title: str, keywords: str, body: str) -> dict[str, int]:
    """The words of an article with their weights, the heaviest first, at most 400."""
    found: Counter[str] = Counter()
    for token, count in Counter(filter(telling, tokens(body))).items():
        found[token] = min(count, MOST_IN_BODY)
    for text, weight in ((title, IN_TITLE), (keywords, IN_KEYWORDS)):
        for token in set(filter(telling, tokens(text))):
            found[token] += weight
    return dict(found.most_common(MOST_TERMS))


def asked(text: str) -> list[str]:
    """The telling words of a text, each once, in order, at most 80 from its beginning."""
    return list(dict.fromkeys(filter(telling, tokens(text[:4000]))))[:MOST_ASKED]


def idf(holders: int, total: int) -> float:
    return log(1 + (total - holders + 0.5) / (holders + 0.5))


def scores(
    rows: Iterable[tuple[int, str, int]], holders: Mapping[str, int], total: int, *, asked_count: int
) -> list[tuple[int, float]]:
    """(article id, score) from (article id, word, weight), the best first.

    An article that shares a single word with a text of several is chance and left out, unless that word
    stands in its title or keywords.
    """
    points: dict[int, float] = defaultdict(float)
    shared: Counter[int] = Counter()
    titled: set[int] = set()
    for article_id, term, weight in rows:
        worth = idf(holders[term], total) * weight / (weight + SATURATION)
        points[article_id] += worth * ABOUT if weight >= IN_TITLE else worth
        shared[article_id] += 1
        if weight >= IN_TITLE:
            titled.add(article_id)
    fitting = [
        (article_id, score)
        for article_id, score in points.items()
        if shared[article_id] > 1 or asked_count == 1 or (article_id in titled and asked_count <= 4)
    ]
    return sorted(fitting, key=lambda pair: (-pair[1], -pair[0]))
