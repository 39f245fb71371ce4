"""Addresses, numbers and text as they are stored."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.kernel.errors import Invalid
from shouwen.kernel.text import clean_line, clean_text, email, phone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zhang.Wei@Example.COM", "zhang.wei@example.com"),
        ("  a+b@example.com\n", "a+b@example.com"),
        ("ａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "a@example.com"),
        ("客服@例子.中国", "客服@xn--fsqu00a.xn--fiqs8s"),
        ("a@bücher.example", "a@xn--bcher-kva.example"),
        ("o'neil@example.com", "o'neil@example.com"),
        ("root@localhost", "root@localhost"),
        ("a@example.com.", "a@example.com"),
    ],
)
def test_an_address_has_one_form(text: str, expected: str) -> None:
    assert email(text) == expected
    assert email(expected) == expected


JUNK: list[Any] = [
    *["", "a", "@", "a@", "@b.c", "a@b", "a b@c.d", "a@b c.d", "a@b..c", "a@-b.c", "a@b.c@d", "<a@b.c>"],
    *[
        "a@1.2.3.4",
        "a@[::1]",
        "a@..",
        ".a@b.cn",
        "a.@b.cn",
        "a..b@c.cn",
        "a,b@c.cn",
        "a\0b@c.cn",
        "a@b.cn\nc",
    ],
    *["x" * 65 + "@b.cn", "a@" + "x" * 64 + ".cn", "a@" + "x.y" * 90 + ".cn", "a@é" + "x" * 70 + ".cn"],
    *["\ud800@b.cn", None, 5],
]


@pytest.mark.parametrize("text", JUNK)
def test_what_is_no_address_is_refused(text: Any) -> None:
    with pytest.raises(Invalid) as caught:
        email(text, field="from")
    assert caught.value.field == "from"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13800138000", "+8613800138000"),
        ("138 0013 8000", "+8613800138000"),
        ("138-0013-8000", "+8613800138000"),
        ("＋８６ １３８００１３８０００", "+8613800138000"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("0086 13800138000", "+8613800138000"),
        ("010-62345678", "+861062345678"),
        ("(010) 62345678", "+861062345678"),
        ("010-62345678 转 8012", "+861062345678;ext=8012"),
        ("010-62345678转8012", "+861062345678;ext=8012"),
        ("010-62345678分机：12", "+861062345678;ext=12"),
        ("+1 650-253-0000 ext. 5", "+16502530000;ext=5"),
        ("400-810-8888", "+864008108888"),
        ("+44 20 7946 0018", "+442079460018"),
        ("tel:+4930123456", "+4930123456"),
        ("8012", "8012"),
        ("110", "110"),
        ("12345", "12345"),
    ],
)
def test_a_number_has_one_form(text: str, expected: str) -> None:
    assert phone(text) == expected
    assert phone(expected) == expected


def test_a_number_belongs_to_the_region_given() -> None:
    assert phone("030 123456", region="DE") == "+4930123456"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "abc",
        "138001380001380013800",
        "13800138000abc",
        "++86138",
        "转8012",
        "1380013 or 8000",
        None,
        5,
    ],
)
def test_what_is_no_number_is_refused(text: Any) -> None:
    with pytest.raises(Invalid) as caught:
        phone(text)
    assert caught.value.field == "phone"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  挖掘机 \t 铲斗\r\n开裂 ", "挖掘机 铲斗 开裂"),
        ("a\0b\x1bc\x7f", "abc"),
        ("e\u0301", "é"),
        ("abc\u202etxt.exe", "abctxt.exe"),
        ("\ufeff标题\u200b", "标题"),
        ("x\ud800y", "x\ufffdy"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        (None, ""),
    ],
)
def test_a_line_is_one_visible_line(text: Any, expected: str) -> None:
    assert clean_line(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("\n\n  缩进  \n\n\n末 \n\n", "  缩进\n\n\n末"),
        ("a\0\tb", "a\tb"),
        ("\ud83d", "\ufffd"),
    ],
)
def test_a_text_keeps_its_lines(text: str, expected: str) -> None:
    assert clean_text(text) == expected


def test_a_text_that_is_too_long_is_refused_with_both_lengths() -> None:
    with pytest.raises(Invalid) as caught:
        clean_line("x" * 11, limit=10, field="subject")
    assert caught.value.field == "subject"
    assert str(caught.value) == "This is 11 characters long; at most 10 are allowed."


@pytest.mark.parametrize("text", [None, "", " \n ", "\0", "\u200b"])
def test_a_required_line_must_say_something(text: Any) -> None:
    with pytest.raises(Invalid) as caught:
        clean_line(text, field="subject", required=True)
    assert caught.value.field == "subject"


@pytest.mark.parametrize("text", [5, b"abc", ["a"], {}])
def test_what_is_not_text_is_refused(text: Any) -> None:
    with pytest.raises(Invalid):
        clean_text(text)


@given(st.text())
def test_cleaning_twice_changes_nothing_and_the_result_can_be_stored(text: str) -> None:
    for clean in (clean_line, clean_text):
        once = clean(text, limit=10**6)
        assert clean(once, limit=10**6) == once
        assert "\0" not in once
        once.encode()
