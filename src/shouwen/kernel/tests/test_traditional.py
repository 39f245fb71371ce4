"""Traditional characters."""

import pytest

from shouwen.kernel.text.traditional import kept_in, traditional, written_for


@pytest.mark.parametrize(
    ("simplified", "expected"),
    [("您好，软件里的鼠标已经寄出。", "您好，軟體裡的滑鼠已經寄出。"), ("头发与发票", "頭髮與發票"),
     ("干部面条", "幹部麵條"),
     ("Hello 123 {{customer_name}}", "Hello 123 {{customer_name}}"), ("已經是繁體", "已經是繁體"), ("", "")],
)  # fmt: skip
def test_words_and_not_only_characters_are_changed(simplified: str, expected: str) -> None:
    assert traditional(simplified) == expected


def test_only_who_reads_traditional_gets_it() -> None:
    assert written_for("zh-hans", "软件") == "软件"
    assert written_for("zh-hant", "软件") == "軟體"
    assert (kept_in("zh-hant"), kept_in("en"), kept_in("")) == ("zh-hans", "en", "")
