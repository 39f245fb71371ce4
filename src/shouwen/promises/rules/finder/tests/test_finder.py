"""The finder against its tables, and against anything at all."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.kernel.worktime import Calendar
from shouwen.promises.rules.finder import FoundPromise, find

from . import fifth_table, later_tables, table
from .measuring import found_in, tally

ZONE = ZoneInfo(table.ZONE)
NOW = datetime.fromisoformat(table.WHEN).replace(tzinfo=ZONE)
CALENDAR = Calendar.from_json(table.CALENDAR)


def one(text: str, *, customers: bool = False) -> FoundPromise:
    (promise,) = find(text, NOW, CALENDAR, ZONE, customers=customers)
    return promise


@pytest.mark.parametrize("row", table.TABLE, ids=lambda row: row.text[:40])
def test_every_row_of_the_table_is_read_as_it_says(row: table.Row) -> None:
    assert found_in(row) == row.dues


def test_the_table_has_the_size_that_was_asked_for() -> None:
    assert len(table.TABLE) >= 150
    assert len({row.text for row in table.TABLE}) >= 150


@pytest.mark.parametrize("name", later_tables.SETS)
def test_the_later_rows_do_not_get_worse(name: str) -> None:
    counted = tally(later_tables.SETS[name])
    assert counted.precision >= 0.9
    assert counted.recall >= 0.85


def test_the_replies_of_the_fifth_set_do_not_get_worse() -> None:
    counted = tally(fifth_table.FIFTH)
    assert counted.precision >= 0.9
    assert counted.recall >= 0.95


def test_all_the_tables_together_hold_more_than_four_hundred_cases() -> None:
    rows = [*table.TABLE, *(row for rows in later_tables.SETS.values() for row in rows), *fifth_table.FIFTH]
    assert len({row.text for row in rows}) >= 400


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("下班前答复您。", "答复您", "2026-11-25T18:00"),
        ("48h内解决。", "解决", "2026-11-27T10:00"),
        ("30min内回电。", "回电", "2026-11-25T10:30"),
        ("You can expect a call by Friday 5pm.", "a call", "2026-11-27T17:00"),
    ],
)
def test_a_short_way_to_say_it_is_read_too(text: str, what: str, due: str) -> None:
    found = one(text)
    assert found.what == what
    assert found.due == datetime.fromisoformat(due).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    "story",
    [
        "第二天上午就收到了",
        "晚上看到了通知",
        "下单后次日送来了",
        "自11月30日开始生效",
        "上周五寄出的配件今天已经签收。",
    ],
)
def test_a_story_of_what_was_is_no_promise(story: str) -> None:
    assert find(story, NOW, CALENDAR, ZONE) == []


def test_as_long_as_nothing_comes_between_it_is_a_promise_said_with_doubt() -> None:
    assert not one("不出意外的话，明天上午给您送到").certain
    assert one("如无意外，明天上午给您送到").due == datetime(2026, 11, 26, 12, tzinfo=ZONE)


def test_that_day_is_the_day_named_before() -> None:
    assert one("这周五我休息，同事小陈会在当天上午跟您联系。").due == datetime(2026, 11, 27, 12, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "due"),
    [("We will release it in a day or two", "11-27"), ("I'll publish it late next month", "12-31"),
     ("We'll ship it by mid-December", "12-15"), ("新版本12月初发布", "12-10"), ("我们过两周给您上线", "12-09")],
)  # fmt: skip
def test_looser_times_are_read_as_people_mean_them(text: str, due: str) -> None:
    assert one(text).due.strftime("%m-%d") == due


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("10分钟内给您回电。", "回电"),
        ("我会在三个工作日内处理完毕", "处理完毕"),
        ("工程师下周三上午上门维修", "工程师上门维修"),
        ("I'll call you back in ten minutes.", "call you back"),
    ],
)
def test_the_deed_is_named_in_a_few_words(text: str, what: str) -> None:
    assert one(text).what == what


@pytest.mark.parametrize(
    ("text", "sort"),
    [("10分钟内给您回电", "relative"), ("明天上午给您答复", "absolute"), ("三个工作日内给您答复", "workday")],
)
def test_the_sort_of_time_is_said(text: str, sort: str) -> None:
    assert one(text).sort == sort


@pytest.mark.parametrize(
    "text", ["预计明天上午给您答复", "可能两小时内修好", "We hope to reply by Friday", "周三给您答复"]
)
def test_doubtful_words_and_double_meanings_are_not_certain(text: str) -> None:
    assert not one(text).certain


@pytest.mark.parametrize(
    "text", ["10分钟内给您回电", "明天下午三点前给您答复", "We will reply within 2 business days"]
)
def test_plain_words_are_certain(text: str) -> None:
    assert one(text).certain


def test_what_the_customer_is_to_do_comes_only_when_asked_for() -> None:
    assert find("请您在三天内提供发票", NOW, CALENDAR, ZONE) == []
    assert one("请您在三天内提供发票", customers=True).who == "customer"


def test_a_due_time_in_closed_hours_is_marked() -> None:
    assert one("今晚八点前恢复供电").outside_hours
    assert not one("今天下班前给您答复").outside_hours


def test_without_a_calendar_working_days_are_monday_to_friday() -> None:
    (promise,) = find("三个工作日内答复您", NOW, None, ZONE)
    assert promise.due == datetime(2026, 11, 30, 18, tzinfo=ZONE)


def test_the_zone_decides_what_tomorrow_is() -> None:
    late = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)  # one in the morning of the 26th in Shanghai
    (promise,) = find("明天上午给您答复", late, CALENDAR, ZONE)
    assert promise.due == datetime(2026, 11, 27, 12, tzinfo=ZONE)


def test_elapsed_minutes_cross_a_change_to_summer_time() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 3, 29, 1, 30, tzinfo=berlin)
    (promise,) = find("We will call you within 2 hours", before, None, berlin)
    assert promise.due.astimezone(UTC) == datetime(2026, 3, 29, 2, 30, tzinfo=UTC)


def test_offsets_point_into_the_text_as_it_was_written() -> None:
    text = "您好：\n\n　您的事我们记下了，１０分钟内给您回电。\n\n> 明天上午给您答复"
    promise = one(text)
    assert promise.quoted == text[promise.start : promise.end] == "１０分钟内给您回电"


_PIECES = st.sampled_from(
    [*"今明后天上下午周月一二三十百半0123456789点分:：内前后日号年-~至到给您我会将请如果吗？?，。“”\"\n> ",
     "tomorrow ", "within ", "by ", "5 pm", "business days", 
     "小时", "工作日", "月底", "31号", "2月30日", "99:99"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join)))
def test_no_text_makes_it_raise_and_every_promise_is_ahead(text: str) -> None:
    for promise in find(text, NOW, CALENDAR, ZONE, customers=True):
        assert promise.due > NOW
        assert text[promise.start : promise.end] == promise.quoted
        assert promise.what
