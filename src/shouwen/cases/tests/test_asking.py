"""What is typed into the search, understood: pieces, filters in two languages, days, mistakes, suggestions."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.cases.rules import asking
from shouwen.cases.rules.asking import FILTERS, NAMES, Span
from shouwen.cases.rules.asking.days import span
from shouwen.cases.rules.asking.nearest import nearest

TODAY = date(2026, 11, 18)  # a Wednesday
KNOWN = {
    "state": {
        "new": ("新建", "New"),
        "open": ("处理中", "In work"),
        "waiting": ("等待客户", "Waiting for the customer"),
        "confirmed": ("客户已确认", "Confirmed by the customer"),
    },
    "channel": {"phone": ("电话", "Phone"), "email": ("邮件", "E-mail")},
    "kind": {"repair": ("报修", "Repair"), "complaint": ("投诉", "Complaint")},
    "emotion": {"calm": ("平静", "Calm"), "angry": ("愤怒", "Angry")},
    "owner": {
        "7": ("王小明", "wangxiaoming", "wxm"),
        "8": ("王芳", "wangfang", "wf"),
        "9": ("李雷", "lilei", "ll"),
    },
    "team": {"3": ("华东售后组", "huadongshouhouzu", "hdshz")},
}


def known(field):
    return KNOWN.get(field, {})


def asked(text):
    return asking.understood(text, known, TODAY)


@pytest.mark.parametrize(
    ("text", "words", "conditions"),
    [
        ("挖掘机 状态:处理中", "挖掘机", [("state", ("open",), False)]),
        ("状态：处理中", "", [("state", ("open",), False)]),
        ("state:open refund", "refund", [("state", ("open",), False)]),
        ("STATE:OPEN", "", [("state", ("open",), False)]),
        ("状态: 处理中", "", [("state", ("open",), False)]),
        ("-状态:新建", "", [("state", ("new",), True)]),
        ("－状态：新建", "", [("state", ("new",), True)]),
        ("状态:新建,处理中", "", [("state", ("new", "open"), False)]),
        ("状态:新建，处理中", "", [("state", ("new", "open"), False)]),
        ("状态:未结束", "", [("state", ("active",), False)]),
        ('state:"in work"', "", [("state", ("open",), False)]),
        ('客户:"张 伟" 退款', "退款", [("customer", ("张 伟",), False)]),
        ("客户:“张 伟”", "", [("customer", ("张 伟",), False)]),
        ("customer:5678", "", [("customer", ("5678",), False)]),
        ("渠道:电话 漏油 等级:a", "漏油", [("channel", ("phone",), False), ("tier", ("A",), False)]),
        ("承诺:逾期", "", [("promise", ("overdue",), False)]),
        ("promise:today", "", [("promise", ("today",), False)]),
        ("承诺:今天到期", "", [("promise", ("today",), False)]),
        ("负责人:我", "", [("owner", ("me",), False)]),
        ("owner:none", "", [("owner", ("none",), False)]),
        ("负责人:wxm", "", [("owner", ("7",), False)]),
        ("负责人:王小明", "", [("owner", ("7",), False)]),
        ("负责人:王", "", [("owner", ("7", "8"), False)]),
        ("班组:华东", "", [("team", ("3",), False)]),
        ("team:mine", "", [("team", ("mine",), False)]),
        ("类型:投诉 类别:报修", "", [("kind", ("complaint",), False), ("kind", ("repair",), False)]),
        ("优先级:紧急,2", "", [("priority", ("1", "2"), False)]),
        ("标签:保修 tag:oil", "", [("tag", ("保修",), False), ("tag", ("oil",), False)]),
        ("情绪:愤怒", "", [("emotion", ("angry",), False)]),
        ("有:附件", "", [("has", ("attachment",), False)]),
        ("http://example.com 12:30", "http://example.com 12:30", []),
        ("RE: 退款 说明:如下", "RE: 退款 说明:如下", []),
        ('"状态:新建"', '"状态:新建"', []),
        ("zx -200", "zx -200", []),
        ("- --", "- --", []),
        ("", "", []),
    ],
)  # fmt: skip
def test_words_and_filters_are_told_apart(text, words, conditions):
    found = asked(text)
    assert found.words == words
    assert [(one.field, one.values, one.negated) for one in found.conditions] == conditions
    assert found.mistakes == ()


def test_a_minus_before_a_word_asks_for_texts_without_it():
    found = asked('退款 -发票 -"已经 到账"')
    assert (found.words, found.unwanted) == ("退款", '发票 "已经 到账"')


@pytest.mark.parametrize(
    ("text", "reason", "right"),
    [
        ("状态:处里中", "value", "状态:处理中"),
        ("state:opne", "value", "state:open"),
        ("-state:opne", "value", "-state:open"),
        ("渠道:新建,电活", "value", ""),
        ("渠道:电话,邮见", "value", "渠道:电话,邮件"),
        ("状态:紫色", "value", ""),
        ("状太:新建", "name", "状态:新建"),
        ("chanel:phone", "name", "channel:phone"),
        ("promsie:overdue", "name", "promise:overdue"),
        ("状态:", "empty", ""),
        ("状态: 渠道:电话", "empty", ""),
        ("创建:2026-13-01", "day", ""),
        ("创建:2026-02-30", "day", ""),
        ("创建:yesteday", "day", "创建:yesterday"),
        ("创建:>", "day", ""),
        ("opened:soon", "day", ""),
    ],
)
def test_a_mistake_names_the_word_and_what_would_be_right(text, reason, right):
    (mistake,) = asked(text).mistakes
    assert (mistake.reason, mistake.nearest) == (reason, right)
    assert text[slice(*mistake.place)] == mistake.said
    if right:
        assert asked(asking.without(text, mistake.place, mistake.nearest)).mistakes == ()


DAYS = {name.casefold(): code for code, names in FILTERS["opened"].words.items() for name in (code, *names)}


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2026-11-01", date(2026, 11, 1), date(2026, 11, 2)),
        ("2026/11/1", date(2026, 11, 1), date(2026, 11, 2)),
        ("2026年11月1日", date(2026, 11, 1), date(2026, 11, 2)),
        ("11月1日", date(2026, 11, 1), date(2026, 11, 2)),
        ("11-01", date(2026, 11, 1), date(2026, 11, 2)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        (">2026-11-01", date(2026, 11, 2), None),
        ("＞2026-11-01", date(2026, 11, 2), None),
        (">=2026-11-01", date(2026, 11, 1), None),
        ("≥2026-11-01", date(2026, 11, 1), None),
        ("<2026-11-01", None, date(2026, 11, 1)),
        ("<=2026-11", None, date(2026, 12, 1)),
        ("2026-11-01..2026-11-05", date(2026, 11, 1), date(2026, 11, 6)),
        ("2026-11-01至今天", date(2026, 11, 1), date(2026, 11, 19)),
        ("2026-11-01..", date(2026, 11, 1), None),
        ("..昨天", None, date(2026, 11, 18)),
        ("今天", TODAY, date(2026, 11, 19)),
        ("yesterday", date(2026, 11, 17), TODAY),
        ("明天", date(2026, 11, 19), date(2026, 11, 20)),
        ("本周", date(2026, 11, 16), date(2026, 11, 23)),
        ("上周", date(2026, 11, 9), date(2026, 11, 16)),
        ("本月", date(2026, 11, 1), date(2026, 12, 1)),
        ("last-month", date(2026, 10, 1), date(2026, 11, 1)),
        ("今年", date(2026, 1, 1), date(2027, 1, 1)),
        ("7天", date(2026, 11, 12), date(2026, 11, 19)),
        ("7d", date(2026, 11, 12), date(2026, 11, 19)),
        (">上周", date(2026, 11, 16), None),
        ("<本周", None, date(2026, 11, 16)),
    ],
)
def test_days_are_read_as_people_write_them(text, since, until):
    assert span(text, DAYS, TODAY) == Span(since, until)


def test_the_month_of_a_day_near_the_end_of_the_year_ends_with_the_year():
    assert span("本月", DAYS, date(2026, 12, 31)) == Span(date(2026, 12, 1), date(2027, 1, 1))
    assert span("上月", DAYS, date(2026, 1, 31)) == Span(date(2025, 12, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-00-01", "0001-01-01", "9999-12-31", "..", ">", "99999d", "2026-1-1-1"]
)
def test_what_is_no_day_is_none(text):
    assert span(text, DAYS, TODAY) is None


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("opne", "open"),
        ("ope", "open"),
        ("处里中", "处理中"),
        ("xyz", None),
        ("o", None),
        ("complant", "complaint"),
    ],
)
def test_the_nearest_word_needs_few_changes(said, found):
    assert nearest(said, ["open", "处理中", "complaint"]) == found


@pytest.mark.parametrize(
    ("text", "english", "offered"),
    [
        ("状", False, ["状态:"]),
        ("sta", True, ["state:"]),
        ("sta", False, ["state:"]),
        ("退款 -渠", False, ["-渠道:"]),
        ("emotion:", True, ["emotion:Calm", "emotion:Angry"]),
        ("state:c", True, ["state:confirmed", "state:ended"]),
        ("状态:处", False, ["状态:处理中"]),
        ("负责人:wx", False, ["负责人:王小明"]),
        ("负责人：王", False, ["负责人:王小明", "负责人:王芳"]),
        ("promise:o", True, ["promise:overdue", "promise:owed"]),
        ("状态:处理中 ", False, []),
        ("一句完整的话，没有筛选的意思", False, []),
        ("", False, []),
    ],
)  # fmt: skip
def test_what_could_come_next_is_offered(text, english, offered):
    assert [one.text for one in asking.suggestions(text, known, english=english)] == offered


def test_a_filter_of_any_text_asks_for_its_values():
    offered = asking.suggestions(
        "客户:张", known, english=False, texts=lambda field, begun: [f"{begun}伟", "张 三"]
    )
    assert [one.text for one in offered] == ["客户:张伟", '客户:"张 三"']
    assert {one.start for one in offered} == {0}


def test_no_name_belongs_to_two_filters_and_every_example_is_understood():
    assert len(NAMES) == sum(len(one.names) + len(one.english) for one in FILTERS.values())
    for one in FILTERS.values():
        for example in one.example:
            found = asked(example)
            assert found.mistakes == (), example
            assert [condition.field for condition in found.conditions] == [one.code]


def test_taking_a_filter_away_leaves_the_rest():
    text = "挖掘机 状态:处理中 渠道:电话"
    first, second = asked(text).conditions
    assert asking.without(text, first.place) == "挖掘机 渠道:电话"
    assert asking.without(text, second.place) == "挖掘机 状态:处理中"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(alphabet='状态state:：-－ "“”退款>2026,，.\n', max_size=40) | st.text(max_size=320))
def test_whatever_is_typed_is_understood_somehow(text):
    found = asked(text)
    assert len(asking.pieces(text)) <= len(text)
    for one in (*found.conditions, *found.mistakes):
        assert 0 <= one.place[0] < one.place[1] <= len(text)
    asking.suggestions(text, known, english=False)
