"""The analyser, checked in the real full-text index of SQLite."""

import sqlite3
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.kernel.text import document, excerpt, fts5, highlight_spans, query, tokens, tsquery

COMPLAINT = "客户投诉退款未到账，请尽快处理"


def found(text: str, words: str, *, typing: bool = False) -> bool:
    """Whether SQLite's full-text index finds `text` by `words`."""
    with sqlite3.connect(":memory:") as base:
        base.execute("CREATE VIRTUAL TABLE entry USING fts5(body, tokenize='unicode61')")
        base.execute("INSERT INTO entry VALUES (?)", [document(text)])
        match = fts5(words, typing=typing)
        return bool(match) and bool(base.execute("SELECT 1 FROM entry(?)", [match]).fetchall())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("退款", ["退款", "款"]),
        ("退", ["退"]),
        ("退款未到", ["退款", "款未", "未到", "到"]),
        ("退款，未到", ["退款", "款", "未到", "到"]),
        ("Refund ＡＢＣ１２３", ["refund", "abc123"]),
        ("挖掘机XE215铲斗", ["挖掘", "掘机", "机", "xe215", "铲斗", "斗"]),
        ("zhang.wei@example.com", ["zhang", "wei", "example", "com"]),
        ("Café Ångström", ["cafe", "angstrom"]),
        ("snake_case 3.5", ["snake", "case", "3", "5"]),
        ("ｶﾞｿﾘﾝ", ["ガソ", "ソリ", "リン", "ン"]),
        ("𠮷野家", ["u20bb7野", "野家", "家"]),
        ("第3次", ["第", "3", "次"]),
        ("it's “100−1=0” 😀!", ["it", "s", "100", "1", "0"]),
        ("a" * 100, ["a" * 64]),
        ("x❶⓫y ①", ["x", "y", "1"]),
        (" \n\t、。", []),
        ("", []),
    ],
)
def test_text_becomes_these_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected
    assert document(text) == " ".join(expected)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("退款", ["退款"]),
        ("退款未到", ["退款 款未 未到"]),
        ("退", ["退*"]),
        ("退款 refund", ["退款", "refund"]),
        ("ZX-200", ["zx 200"]),
        ("zhang@example.com", ["zhang example com"]),
        ("XE215铲斗", ["xe215", "铲斗"]),
        ('"not  delivered"', ["not delivered"]),
        ("“退款abc”", ["退款 款 abc"]),
        ("退款 退款", ["退款"]),
        ("AND OR NOT NEAR(", ["and", "or", "not", "near"]),
        ("!!! ***", []),
    ],
)
def test_a_query_becomes_these_terms(words: str, expected: list[str]) -> None:
    assert query(words) == expected


def test_queries_are_written_for_both_databases() -> None:
    assert fts5("退款未 退 ZX-200") == '"退款 款未" "退" * "zx 200"'
    assert tsquery("退款未 退 ZX-200") == "(退款 <-> 款未) & (退:*) & (zx <-> 200)"
    assert fts5("ref", typing=True) == '"ref" *'
    assert fts5("") == tsquery("") == ""


@pytest.mark.parametrize(
    "words",
    [
        "退款",
        "投诉",
        "到账",
        "退款未到账",
        "处理",
        "客",
        "账",
        "理",
        "退",
        "投诉 处理",
        "请尽快处理",
        "“退款未到账，请尽快”",
    ],
)
def test_words_of_any_length_are_found_inside_a_sentence(words: str) -> None:
    assert found(COMPLAINT, words)


@pytest.mark.parametrize("words", ["款退", "退货", "账请", "到账请", "换", "refund", "退款 换货", "客诉"])
def test_words_that_are_not_there_are_not_found(words: str) -> None:
    assert not found(COMPLAINT, words)


def test_latin_words_are_found_whole_or_while_typing() -> None:
    text = "Die Rückerstattung für ZX-200 (S/N 00042) ist offen"
    assert found(text, "rückerstattung")
    assert found(text, "ruckerstattung")
    assert found(text, "zx-200 00042")
    assert not found(text, "zx-20")
    assert found(text, "zx-20", typing=True)
    assert found(text, "200 zx")
    assert not found(text, "200-zx")
    assert found(text, '"200 s n"')


def test_a_huge_text_is_cut_between_tokens_so_that_the_index_takes_it() -> None:
    chinese = document("退款未到账" * 20_000)
    assert len(chinese.split()) == 40_000
    latin = document(" ".join(f"{number:060d}" for number in range(50_000)))
    assert 499_900 < len(latin) <= 500_000
    assert {len(token) for token in latin.split()} == {60}


def test_rare_characters_are_found() -> None:
    assert found("顾客𠮷野先生", "𠮷")
    assert found("顾客𠮷野先生", "𠮷野")
    assert not found("顾客𠮷野先生", "𠮷本")
    assert found("元素鿫的名字", "鿫")


chinese = st.text("退款未到账请尽快处理客户投诉", min_size=1, max_size=30)


@settings(deadline=None)
@given(chinese, st.data())
def test_every_part_of_a_chinese_text_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert found(text, text[start:end])


@settings(deadline=None)
@given(chinese, st.text("退款未到", min_size=1, max_size=4))
def test_a_chinese_word_is_found_exactly_when_it_is_there(text: str, word: str) -> None:
    assert found(text, word) == (word in text)


@given(st.text())
def test_tokens_hold_letters_and_digits_only(text: str) -> None:
    assert all(token.isalnum() and 0 < len(token) <= 64 for token in tokens(text))


@settings(deadline=None)
@given(st.text(), st.text())
def test_no_text_and_no_query_upset_the_index(text: str, words: str) -> None:
    found(text.replace("\ud800", ""), words)


@given(st.text(), st.text(max_size=10))
def test_spans_lie_in_the_text_in_order(text: str, words: str) -> None:
    spans = highlight_spans(text, words)
    places = [place for span in spans for place in span]
    assert places == sorted(set(places))
    assert all(0 <= start < end <= len(text) for start, end in spans)


def marked(text: str, words: str) -> str:
    pieces: Iterable[tuple[int, int]] = reversed(highlight_spans(text, words))
    for start, end in pieces:
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (COMPLAINT, "退款", "客户投诉[退款]未到账，请尽快处理"),
        (COMPLAINT, "账", "客户投诉退款未到[账]，请尽快处理"),
        (COMPLAINT, "款未 退款", "客户投诉[退款未]到账，请尽快处理"),
        ("Refund, refunds, REFUND!", "refund", "[Refund], refunds, [REFUND]!"),
        ("ＺＸ－２００ 与 zx 200", "zx-200", "[ＺＸ－２００] 与 [zx 200]"),
        ("㎏ Café", "cafe kg", "[㎏] [Café]"),
        ("XE215铲斗", "xe215", "[XE215]铲斗"),
        ("nothing", "换货", "nothing"),
        ("a.b", "...", "a.b"),
    ],
)
def test_the_words_of_a_query_are_marked_as_they_were_written(text: str, words: str, expected: str) -> None:
    assert marked(text, words) == expected


def test_an_excerpt_shows_the_place_that_matches() -> None:
    long = "前言。" * 100 + COMPLAINT + "。后话" * 100
    shown = excerpt(long, "退款", width=40)
    assert "退款" in shown
    assert len(shown) == 40
    assert shown[0] == shown[-1] == "…"
    assert excerpt(long, "没有", width=40).startswith("前言。前言。")
    assert excerpt(COMPLAINT, "退款") == COMPLAINT
    assert excerpt("前言" * 50 + "退款", "退款", width=20).endswith("退款")
    assert excerpt("a\n\n b", "") == "a b"
