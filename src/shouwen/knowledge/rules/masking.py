"""Personal data out of a text before it leaves the house, and back in afterwards. Pure.

Telephone and identity numbers, mail addresses, bank cards, and the names that are told are put away under
marks such as [PHONE1]; `unmask` puts them back into an answer that keeps the marks.
"""
# ruff: noqa: E501 - a pattern is easier to read in one piece than cut to the line length

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("MAIL", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")),
    ("IDENTITY", re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")),
    ("CARD", re.compile(r"(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)")),
    ("PHONE", re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d){8}(?!\d)")),
    ("PHONE", re.compile(r"(?<![\d-])(?:0\d{2,3}[- ]?\d{7,8}|\+\d[\d -]{7,16}\d)(?!\d)")),
    ("ADDRESS", re.compile(r"[\u4e00-\u9fff]{2,12}(?:路|街|大道|巷|弄)\s?\d{1,5}\s?[号弄](?:[\d\u4e00-\u9fff-]{0,12}[室楼栋单元])?")),
)  # fmt: skip
_MARK = re.compile(r"\[(?:MAIL|IDENTITY|CARD|PHONE|ADDRESS|NAME)\d{1,3}\]")
LEAST_NAME = 2


@dataclass(frozen=True)
class Masked:
    """`kept` says what stands behind each mark."""

    text: str
    kept: Mapping[str, str] = field(default_factory=dict)


def mask(text: str, names: Iterable[str] = ()) -> Masked:
    """`text` without what could name a person. The same thing has the same mark throughout."""
    kept: dict[str, str] = {}
    marks: dict[str, str] = {}
    counted: dict[str, int] = {}

    def put_away(sort: str, found: str) -> str:
        if found not in marks:
            counted[sort] = counted.get(sort, 0) + 1
            marks[found] = f"[{sort}{counted[sort]}]"
            kept[marks[found]] = found
        return marks[found]

    for name in sorted({each.strip() for each in names}, key=len, reverse=True):
        if len(name) >= LEAST_NAME and name in text:
            text = text.replace(name, put_away("NAME", name))
    for sort, pattern in _PATTERNS:
        text = pattern.sub(lambda found, sort=sort: put_away(sort, found.group()), text)  # type: ignore[misc]
    return Masked(text, kept)


def unmask(text: str, kept: Mapping[str, str]) -> str:
    """The marks that are known put back; an invented one stays and is seen by who reads it over."""
    return _MARK.sub(lambda found: kept.get(found.group(), found.group()), text)
