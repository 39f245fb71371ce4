"""Reading forms: every complaint at once, by field, and nothing that breaks a database."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor
from shouwen.platform.web.input import Input


def read(query: str = "", **fields: Any) -> Input:
    request = RequestFactory().post("/")
    values = QueryDict(query, mutable=True)
    for name, value in fields.items():
        values.setlist(name, value if isinstance(value, list) else [value])
    request.POST = values  # type: ignore[assignment]
    request.actor = Actor(kind="staff", zone="Asia/Shanghai")  # type: ignore[attr-defined]
    return Input(request)


def test_text_is_trimmed_and_freed_of_what_no_database_holds() -> None:
    form = read(body="  你好\r\n世界\x00 ")
    assert form.text("body") == "你好\n世界"
    assert form.text("absent") == ""
    assert form.text("absent", default="x") == "x"
    form.done()


def test_all_complaints_come_in_one_fault() -> None:
    form = read(name=" ", count="many", kind="other", day="31.3.", at="soon", long="x" * 11)
    form.text("name", required=True)
    form.text("long", limit=10)
    form.integer("count")
    form.choice("kind", ["a", "b"])
    form.day("day")
    form.moment("at")
    with pytest.raises(Invalid) as caught:
        form.done()
    assert set(caught.value.errors) == {"name", "long", "count", "kind", "day", "at"}
    assert "11" in str(caught.value.errors["long"])


@pytest.mark.parametrize("text", ["1_000", "1e3", "٣", "0x1f", "1.0", "--1", "9" * 30, str(2**31)])
def test_what_is_no_whole_number_or_too_large_is_refused(text: str) -> None:
    form = read(n=text)
    assert form.integer("n") is None
    assert "n" in form.errors


def test_numbers_keep_within_what_is_asked() -> None:
    assert read(n="-7").integer("n") == -7
    assert read(n="+7").integer("n") == 7
    assert read(n="").integer("n") is None
    form = read(n="6", m="1")
    assert form.integer("n", most=5) is None
    assert form.integer("m", least=2) is None
    assert "None" not in "".join(str(text) for text in form.errors.values())


def test_a_row_id_is_positive() -> None:
    assert read(n="12").ident("n") == 12
    form = read(n="0")
    assert form.ident("n") is None
    assert form.errors


def test_a_choice_is_one_of_those_offered() -> None:
    assert read(kind="a").choice("kind", ["a", "b"]) == "a"
    assert read().choice("kind", ["a", "b"], default="b") == "b"
    assert read().choice("kind", ["a", "b"]) == ""
    form = read()
    form.choice("kind", ["a"], required=True)
    assert "kind" in form.errors


def test_several_values_of_one_name_have_a_limit() -> None:
    assert read(tags=[" a ", "", "b\x00"]).many("tags") == ["a", "b"]
    form = read(tags=["x"] * 6)
    assert len(form.many("tags", most=5)) == 5
    assert "tags" in form.errors


def test_ids_are_numbers() -> None:
    assert read(ids=["1", "22"]).idents("ids") == [1, 22]
    for wrong in ("x", "-1", "0", "9" * 19, "²"):
        form = read(ids=["1", wrong])
        assert form.idents("ids") == []
        assert "ids" in form.errors


def test_a_time_is_meant_in_the_readers_zone() -> None:
    assert read(at="2026-03-31T14:30").moment("at") == datetime(2026, 3, 31, 6, 30, tzinfo=UTC)
    assert read(at="2026-03-31T14:30+00:00").moment("at") == datetime(2026, 3, 31, 14, 30, tzinfo=UTC)
    assert read(at=["2026-03-31T14:30", "2026-04-01T09:00"]).moments("at")[1].day == 1


@pytest.mark.parametrize("text", ["0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T10:00", "x"])
def test_a_time_beyond_all_reason_is_refused(text: str) -> None:
    form = read(at=text, day=text[:10])
    assert form.moment("at") is None
    assert form.day("day") is None
    assert set(form.errors) == {"at", "day"}


def test_a_day_is_a_day() -> None:
    assert read(day="2026-03-31").day("day") == date(2026, 3, 31)
    form = read()
    form.day("day", required=True)
    form.moment("at", required=True)
    assert set(form.errors) == {"day", "at"}


def test_a_box_is_ticked_or_not() -> None:
    assert read(a="on").flag("a")
    assert not read(a="off").flag("a")
    assert not read().flag("a")


def test_a_question_may_be_read_too() -> None:
    request = RequestFactory().get("/?q=%E9%80%80%E6%AC%BE")
    assert Input(request, query=True).text("q") == "退款"
