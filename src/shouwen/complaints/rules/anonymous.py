"""Names, numbers and addresses out of a text before others learn from it (CMP-8). Pure.

What is known of the people is masked wherever it stands; what looks like a telephone, mail address, plate,
identity, address or long number is masked too. It is a first pass: a person looks it over.
"""
# ruff: noqa: E501 - a pattern is easier to read in one piece than cut to the line length

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

MARKS: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {"name": "【姓名】", "number": "【编号】", "address": "【地址】", "mail": "【邮箱】", "phone": "【电话】", "plate": "【车牌】", "identity": "【证件号】"},
    "en": {"name": "[name]", "number": "[number]", "address": "[address]", "mail": "[mail]", "phone": "[phone]", "plate": "[plate]", "identity": "[identity]"},
}  # fmt: skip
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁"
_SHAPES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("mail", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.ASCII)),
    ("plate", re.compile(rf"[{_PROVINCES}][A-Za-z][·•\s-]?(?=[A-Za-z]{{0,4}}\d)[A-HJ-NP-Za-hj-np-z0-9]{{5,6}}(?![A-Za-z0-9])")),
    ("identity", re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")),
    ("phone", re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d){8}(?!\d)")),
    ("phone", re.compile(r"(?<![\d-])(?:0\d{2,3}[- ]?\d{7,8}|400[- ]?\d{3}[- ]?\d{4}|\+\d[\d -]{7,16}\d)(?!\d)")),
)  # fmt: skip
_LOOSE: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("address", re.compile(r"[\u4e00-\u9fff]{2,8}(?:路|街|大道|巷|弄)\s?\d{1,5}\s?[号弄](?:[\d\u4e00-\u9fff-]{0,10}[室楼栋])?")),
    ("number", re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,5}-?\d[\dA-Z-]{3,30}(?![A-Za-z0-9])")),
    ("number", re.compile(r"(?<![\d.¥￥])\d{6,30}(?![\d.,]*\s?(?:元|万|块|yuan))")),
)  # fmt: skip
_TITLES = "先生|女士|小姐|太太|师傅|经理|总|工|主任|老师|阿姨|大哥|大姐|同志"
_DOUBLE = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "皇甫",
        "司徒",
        "东方",
        "公孙",
        "慕容",
        "令狐",
        "尉迟",
        "夏侯",
        "端木",
        "南宫",
    ]
)
_CJK_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_FIRM_ENDS = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|集团公司|集团|公司)$")
LEAST_PART = 3  # letters of one part of a Latin name; shorter ones are words more often than names


@dataclass(frozen=True)
class Known:
    """What is known of the people and firms of one complaint."""

    names: Iterable[str] = field(default_factory=tuple)
    numbers: Iterable[str] = field(default_factory=tuple)
    addresses: Iterable[str] = field(default_factory=tuple)


def anonymised(text: str, known: Known, language: str = "zh") -> str:
    """`text` with a mark instead of everything that names somebody."""
    marks = MARKS[language]
    for sort, values in (("address", known.addresses), ("number", known.numbers)):
        for value in _longest_first(values):
            text = text.replace(value, marks[sort])
    for sort, shape in _SHAPES:
        text = shape.sub(marks[sort], text)
    for pattern in _name_patterns(known.names):
        text = pattern.sub(marks["name"], text)
    for sort, shape in _LOOSE:
        text = shape.sub(marks[sort], text)
    return text


def remains(text: str) -> list[str]:
    """What still looks like a mail address, telephone, plate or identity: no entry is published with it."""
    return [found.group() for _sort, shape in _SHAPES for found in shape.finditer(text)]


def _longest_first(values: Iterable[str]) -> list[str]:
    """One character, or an empty string, names nothing."""
    return sorted({value.strip() for value in values if len(value.strip()) > 1}, key=lambda v: (-len(v), v))


def _name_patterns(names: Iterable[str]) -> list[re.Pattern[str]]:
    whole: list[re.Pattern[str]] = []
    more: list[re.Pattern[str]] = []
    for name in _longest_first(names):
        if name.isascii():
            whole.append(re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.I))
            parts = [part for part in re.split(r"[\s.,-]+", name) if len(part) >= LEAST_PART]
            more.extend(
                re.compile(rf"(?<!\w){re.escape(part)}(?!\w)") for part in parts if part[:1].isupper()
            )
            continue
        whole.append(re.compile(re.escape(name)))
        if _CJK_NAME.fullmatch(name):
            surname = name[:2] if name[:2] in _DOUBLE else name[:1]
            more.append(re.compile(rf"{surname}(?={_TITLES})|[老小]{surname}"))
        elif len(stem := _FIRM_ENDS.sub("", name)) > 1 and stem != name:
            more.append(re.compile(re.escape(stem)))
    return [*whole, *more]
