"""From an address or a region to the area that an incident is told by: the district, not the house."""

import re
import unicodedata

MOST = 80
_SPACE = re.compile(r"\s+")
# 沈阳市和平区南京街12号 → 和平区; 江苏省苏州市昆山市 → 昆山市; 呼伦贝尔市新巴尔虎左旗 → 新巴尔虎左旗
_PARTS = re.compile(
    r"(?:市[北南中]区|(?!自治区)[^省市区县旗镇乡]{1,12}?(?:自治区|自治州|地区|盟|省|市|区|县|旗))"
)
_BELOW = ("区", "县", "旗", "市")
_NOT = ("小区", "社区", "园区", "校区", "厂区", "库区", "景区", "矿区", "自治区", "地区")


def area_of(*places: str) -> str:
    """The area of the first place that names one; "" when none does.

    Of a Chinese address the lowest district, county, banner or city; of other writing the part before the first
    comma or semicolon; whatever is short stays as it is.
    """
    for place in places:
        text = _SPACE.sub(" ", unicodedata.normalize("NFKC", place)).strip(" ,;，；。.")
        if text:
            return _lowest(text)[:MOST]
    return ""


def _lowest(text: str) -> str:
    found: list[str] = [
        part for part in _PARTS.findall(text) if part.endswith(_BELOW) and not part.endswith(_NOT)
    ]
    if found:
        return found[-1]
    return re.split(r"[,;]", text)[0].strip()


def same(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()
