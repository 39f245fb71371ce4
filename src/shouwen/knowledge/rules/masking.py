"""Personal data out of a text before it leaves the house, and back in afterwards. Pure.

Telephone, identity and passport numbers, mail and street addresses, bank cards, number plates, WeChat and QQ
accounts, and the names that are told are put away under marks such as [PHONE1], written wide or narrow;
`unmask` puts them back into an answer that keeps the marks. A mark the text itself holds is never used.
"""
# ruff: noqa: E501 - a pattern is easier to read in one piece than cut to the line length

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# what an input method makes wide is read as the same sign; each stays one sign, so that the places agree
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
# where a pattern has a group, the group alone is put away: the word before it says what it is
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("MAIL", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")),
    ("IDENTITY", re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")),
    ("IDENTITY", re.compile(r"(?<!\d)[1-9]\d{5}[ -]?(?:19|20)\d{6}[ -]?\d{3}[\dXx](?![\dA-Za-z])")),
    ("IDENTITY", re.compile(r"(?<!\d)[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")),
    ("IDENTITY", re.compile(r"(?i:护照|passport)[^\dA-Za-z]{0,6}(?i:no\.?|number)?[^\dA-Za-z]{0,3}([A-Za-z]{1,2}\d{7,8})(?!\d)")),
    ("CARD", re.compile(r"(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)")),
    ("ACCOUNT", re.compile(r"(?i:微信|wechat|weixin|QQ)(?:号码?| ?(?i:id))?[是为:： ]{0,3}([A-Za-z0-9][\w-]{4,19})", re.ASCII)),
    ("PHONE", re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d){8}(?!\d)")),
    ("PHONE", re.compile(r"(?<![\d-])(?:\(0\d{2,3}\) ?-?\d{7,8}|0\d{2,3}[- ]?\d{7,8}|\+\d[\d -]{7,16}\d)(?!\d)")),
    ("PLATE", re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·]?[A-HJ-NP-Z\d]{5,6}(?![A-Za-z\d])")),
    ("ADDRESS", re.compile(r"[\u4e00-\u9fff]{2,12}(?:路|街|大道|巷|弄|胡同)\s?[甲乙丙丁]?\d{1,5}\s?[号弄](?:[\dA-Za-z\u4e00-\u9fff-]{0,16}[室楼栋单元层]|[\dA-Za-z\u4e00-\u9fff-]{0,12}座\d{0,5})?")),
    ("ADDRESS", re.compile(r"[\u4e00-\u9fff]{2,12}\d{1,4}(?:栋|幢|号楼)(?:[\dA-Za-z]{1,3}(?:单元|座))?\d{1,5}室?")),
)  # fmt: skip
_MARK = re.compile(r"\[(?:MAIL|IDENTITY|CARD|ACCOUNT|PHONE|PLATE|ADDRESS|NAME)\d{1,3}\]")
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

    taken = frozenset(_MARK.findall(text))

    def put_away(sort: str, found: str) -> str:
        if found not in marks:
            counted[sort] = counted.get(sort, 0) + 1
            while f"[{sort}{counted[sort]}]" in taken:
                counted[sort] += 1
            marks[found] = f"[{sort}{counted[sort]}]"
            kept[marks[found]] = found
        return marks[found]

    for name in sorted({each.strip() for each in names}, key=len, reverse=True):
        if len(name) >= LEAST_NAME and name in text:
            text = text.replace(name, put_away("NAME", name))
    for sort, pattern in _PATTERNS:
        done, pieces = 0, []
        for found in pattern.finditer(text.translate(_NARROW)):
            start, end = found.span(pattern.groups)
            pieces += [text[done:start], put_away(sort, text[start:end])]
            done = end
        text = "".join([*pieces, text[done:]])
    return Masked(text, kept)


def unmask(text: str, kept: Mapping[str, str]) -> str:
    """The marks that are known put back; an invented one stays and is seen by who reads it over."""
    return _MARK.sub(lambda found: kept.get(found.group(), found.group()), text)
