"""What is promised, in a few words: the clause without its time, its subject and its manners."""
# ruff: noqa: E501 - a pattern is easier to read in one piece than cut to the line length

import re

LONGEST = 40

_ZH_LEAD = re.compile(
    r"^(?:那么?|好的|所以|因此|同时|并且?|而且|然后|也|还|再|最[迟晚]|一定|务必|保证|承诺|争取|尽量|预计|大概|大约|于|在|会|将|就|要|能|可以|将会"
    r"|[给为替帮](?:您|你)|向(?:您|你)|跟(?:您|你)|[，,：:\s]|我们?(?:公司|这边)?|咱们|我司|我方|本公司|的|内|前|左右|请放心|您放心|马上|立即|准时|去|来|把)"
)
_ZH_KEEP = re.compile(r"^(?:给(?:您|你)(?:$|[一个]))")
_ZH_TAIL = re.compile(r"(?:[，,。；;！!、：:\s]|的|哦|呢|啊|哈|噢|吧|了)$")
_EN_LEAD = re.compile(
    r"^(?:[,\s:–-]|(?:and|so|then|but|also|ok|okay|yes|sure|i|we|you|'ll|can expect|can|will|shall|are|am|is|'re|'m|going to|promise|to|that|by|before|on|at|be able to|aim|hope|try|expect|should|please|rest assured)\b)",
    re.I,
)
_EN_TAIL = re.compile(r"(?:[,.;:!\s–-]|\b(?:by|before|on|at|in|within|and|or|the)\s*)$", re.I)


def what(before: str, after: str, *, chinese: bool) -> str:
    """The deed named by a clause: 回电, 工程师上门, call you back. Never empty."""
    if chinese:
        return _chinese(before, after)
    joined = " ".join(f"{before} {after}".replace("\ufffc", " ").split())
    return _stripped(joined, _EN_LEAD, _EN_TAIL)[:LONGEST].strip() or joined[:LONGEST]


def _chinese(before: str, after: str) -> str:
    joined = "".join((before + after).replace("\ufffc", "").split())
    bare = _stripped(joined, _ZH_LEAD, _ZH_TAIL)
    found = re.sub(r"(?:会|将|将会|一定会|就|可以)?(?:在|于)?(?:给|为|向|跟|帮|替)(?:您|你)(?=.)", "", bare)
    found = re.sub(r"(?:会|将|在|于)$", "", found)
    return (found or bare or joined)[:LONGEST]


def _stripped(words: str, lead: re.Pattern[str], tail: re.Pattern[str]) -> str:
    while words and (found := lead.match(words)) and found.end() and not _ZH_KEEP.match(words):
        words = words[found.end() :]
    while words and (ending := tail.search(words)) and ending.start() > 0:
        words = words[: ending.start()]
    return words
