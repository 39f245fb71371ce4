"""The words an article is found by, when another one joins it and when the two come apart again."""

from collections.abc import Iterable

LONGEST_KEYWORDS = 300


def joined_keywords(mine: str, title: str, theirs: str) -> str:
    """The words of the one that stays, then the other's title and words; none twice."""
    found_by = [*mine.split(), title, *theirs.split()]
    return " ".join(dict.fromkeys(found_by))[:LONGEST_KEYWORDS]


def parted_keywords(today: str, *, was: str, became: str, others: Iterable[str]) -> str:
    """The words without what a merge had added. `others`: titles and words of articles that are still merged
    here, whose words stay. Words added or taken away since the merge stay as they are."""
    added = set(became.split()) - set(was.split())
    gone = added - {word for text in others for word in text.split()}
    if today == became and gone == added:
        return was
    return " ".join(word for word in today.split() if word not in gone)
