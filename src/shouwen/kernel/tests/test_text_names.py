"""Pinyin for names."""

import pytest

from shouwen.kernel.text import pinyin


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("张伟", "zhangwei zw zhang wei"),
        ("曾志伟", "zengzhiwei zzw zeng zhi wei"),
        ("单田芳", "shantianfang stf shan tian fang"),
        ("欧阳单", "ouyangdan oyd ou yang dan"),
        ("尉迟恭", "yuchigong ycg yu chi gong"),
        ("吕布", "lvbu lb lv bu"),
        ("重庆三一重工", "chongqingsanyizhonggong cqsyzg chong qing san yi zhong gong"),
        ("长沙银行", "changshayinhang csyh chang sha yin hang"),
        ("李 Wang", "liwang lw li wang"),
        ("张张", "zhangzhang zz zhang"),
        ("Wang Li", ""),
        ("", ""),
    ],
)
def test_a_name_is_spelled_whole_by_initials_and_by_syllables(name: str, expected: str) -> None:
    assert pinyin(name) == expected
