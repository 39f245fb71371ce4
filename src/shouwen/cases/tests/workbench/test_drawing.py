"""Rows of the list are kept as drawn: what any of them shows must never be another's, nor run."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils import translation

from shouwen.cases.queries import Row
from shouwen.cases.queries.chips import Chip
from shouwen.cases.web.workbench.drawing import draw

AT = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)
ROW = Row(
    7,
    "SW0000071",
    "泵漏水",
    "请尽快",
    "李建国",
    "B",
    "email",
    "林晓",
    False,
    "报修",
    0,
    "",
    True,
    None,
    AT,
    "3 分钟",
    "open",
)
CHIP = Chip("剩 5 分", "red", "首次答复", AT, AT, AT)


def drawn(row: Row, suffix: str = "?view=mine") -> str:
    return str(draw([row], base="/cases/", suffix=suffix))


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "另一句"},
        {"last": "好了"},
        {"customer": "王强"},
        {"tier": "A"},
        {"channel": "phone"},
        {"owner": "周航"},
        {"owner": ""},
        {"mine": True},
        {"kind": "投诉"},
        {"priority": 1},
        {"emotion": "angry"},
        {"waits": False},
        {"chip": CHIP},
        {"chip": replace(CHIP, text="剩 4 分")},
        {"ago": "4 分钟"},
        {"state": "resolved"},
    ],
)
def test_a_row_that_differs_in_anything_it_shows_is_drawn_anew(change: dict[str, object]) -> None:
    before = drawn(ROW)
    assert drawn(replace(ROW, **change)) != before  # type: ignore[arg-type]
    assert drawn(ROW) == before


def test_each_list_and_each_language_gets_its_own() -> None:
    assert 'href="/cases/SW0000071/?view=mine"' in drawn(ROW)
    assert 'href="/cases/SW0000071/?view=all&amp;q=&#34;&gt;"' in drawn(ROW, '?view=all&q=">')
    with translation.override("en"):
        assert "Select" in drawn(ROW)
    with translation.override("zh-hans"):
        assert "选择" in drawn(ROW)


def test_what_people_write_is_shown_and_never_run() -> None:
    bad = '"><script>alert(1)</script>'
    said = replace(
        ROW,
        subject=bad,
        last=bad,
        customer=bad,
        owner=bad,
        kind=bad,
        ago=bad,
        chip=replace(CHIP, text=bad, sort=bad),
    )
    assert "<script" not in drawn(said)
    assert drawn(said).count("&lt;script&gt;") == 10
