"""A thank-you wakes nobody; a question does."""

from datetime import timedelta

import pytest

from shouwen.cases import queries, services
from shouwen.cases.queries.one import locked
from shouwen.cases.rules.courtesy import asks, only_courtesy
from shouwen.cases.services.personal import wake_snoozed
from shouwen.cases.services.receiving import receive
from shouwen.cases.testing import AT, a_case, furnished
from shouwen.people.testing import a_person, as_actor
from shouwen.promises import queries as promises
from shouwen.promises import services as promising

LATER = AT + timedelta(minutes=30)


@pytest.mark.parametrize(
    "text",
    [
        "谢谢", "谢谢！", "好的，谢谢您！", "非常感谢", "太好了，谢谢！", "收到，辛苦了", "嗯嗯 谢谢师傅", "OK",
        "ok, thanks!", "没有了，谢谢", "Thank you very much.", "好的",
        "谢谢你们的帮助，祝工作顺利", "知道了，谢谢 🙏", "明白了，麻烦您了。",
    ],
)  # fmt: skip
def test_a_mere_thank_you_is_known(text):
    assert only_courtesy(text)
    assert not only_courtesy(text, asked=True)


@pytest.mark.parametrize(
    "text",
    [
        "", "谢谢，什么时候到？", "好的，那什么时候能修好", "谢谢，但是还在漏油", "不好", "不行", "还没收到",
        "没有收到，谢谢", "不满意", "谢谢，不用来了", "好的，改到后天", "收到了吗", "可以吗？", "Thanks, but it still leaks",
        "ok but when?", "！！！", "嗯" * 59 + "x", "谢" * 59 + "x",
        "no thanks", "不太好", "不可以", "好的，我明天下午三点在工地", "谢谢 13812345678", "了", "您们公司的服务", "的服务",
    ],
)  # fmt: skip
def test_anything_more_is_a_message_like_any_other(text):
    assert not only_courtesy(text)


def test_a_question_of_ours_is_known():
    assert asks("明天上午九点可以吗？")
    assert asks("请提供设备序列号")
    assert not asks("已经安排工程师明天上午到场。")


@pytest.fixture
def case(db):
    furnished()
    return a_case(owner=a_person("agent", name="安娜"), channel="phone")


def by_owner(case):
    return as_actor(case.owner)


def hears(case, text, at=LATER, **more):
    receive(case=locked(case.pk), text=text, channel="phone", at=at, **more)
    case.refresh_from_db()


def test_thanks_leave_a_case_asleep_and_a_question_wakes_it(case):
    services.reply(case_id=case.pk, text="已安排工程师到场。", at=AT, by=by_owner(case))
    services.snooze(case_id=case.pk, until=AT + timedelta(hours=3), at=AT, by=by_owner(case))
    hears(case, "好的，谢谢！")
    assert (case.snoozed_until is not None, case.awaiting, case.last_words) == (
        True,
        "customer",
        "好的，谢谢！",
    )
    assert "next_reply" not in [clock.sort for clock in promises.live_clocks(case.subject)]
    hears(case, "谢谢，大概几点？")
    assert (case.snoozed_until, case.awaiting) == (None, "us")
    assert "next_reply" in [clock.sort for clock in promises.live_clocks(case.subject)]


def test_thanks_reopen_nothing_and_a_complaint_does(case):
    services.resolve(case_id=case.pk, summary="已更换油封并试机", at=AT, by=by_owner(case))
    hears(case, "谢谢师傅")
    assert (case.state, case.reopen_count) == ("resolved", 0)
    hears(case, "谢谢，可是今天又漏了")
    assert (case.state, case.reopen_count) == ("open", 1)


def test_an_answer_to_our_question_wakes_however_short(case):
    services.reply(case_id=case.pk, text="明天上午九点到可以吗？", at=AT, by=by_owner(case))
    services.snooze(case_id=case.pk, until=AT + timedelta(hours=3), at=AT, by=by_owner(case))
    hears(case, "好的，谢谢")
    assert (case.snoozed_until, case.awaiting) == (None, "us")


def test_a_picture_with_thanks_is_more_than_thanks(case):
    services.reply(case_id=case.pk, text="已安排工程师到场。", at=AT, by=by_owner(case))
    hears(case, "谢谢", attached=True)
    assert case.awaiting == "us"


def test_thanks_before_our_answer_take_nothing_from_what_we_owe(case):
    hears(case, "谢谢")
    assert case.awaiting == "us"
    assert "first_reply" in [clock.sort for clock in promises.live_clocks(case.subject)]


def test_a_case_put_aside_comes_back_before_the_warning_about_its_promise(case):
    by = by_owner(case)
    services.reply(case_id=case.pk, text="已安排。", at=AT, by=by)
    promise = services.promise(case_id=case.pk, text="回电", due_at=AT + timedelta(hours=4), at=AT, by=by)
    kept = services.snooze(case_id=case.pk, until=AT + timedelta(hours=8), at=AT, by=by)
    assert kept.snoozed_until < promise.half_at  # the first warning comes at half its time
    assert wake_snoozed(at=kept.snoozed_until) == 1
    case.refresh_from_db()
    assert case.snoozed_until is None
    assert [one.pk for one in queries.listed("mine", by, AT).items] == [case.pk]


def test_a_promise_made_while_the_case_sleeps_brings_it_back_before_its_warning(case):
    by = by_owner(case)
    services.reply(case_id=case.pk, text="已安排。", at=AT, by=by)
    services.snooze(case_id=case.pk, until=AT + timedelta(hours=5), at=AT, by=by)
    promise = promising.make(
        subject=case.subject,
        customer_id=case.customer_id,
        text="回电",
        due_at=AT + timedelta(hours=2),
        at=AT,
        by=by,
    )
    assert wake_snoozed(at=AT + timedelta(minutes=30)) == 0
    assert wake_snoozed(at=promise.half_at - timedelta(minutes=1)) == 1


def test_what_is_about_to_break_is_not_put_aside(case):
    from shouwen.kernel.errors import Refused

    by = by_owner(case)
    services.reply(case_id=case.pk, text="已安排。", at=AT, by=by)
    services.promise(case_id=case.pk, text="回电", due_at=AT + timedelta(minutes=20), at=AT, by=by)
    promising.tick(AT + timedelta(minutes=17))
    with pytest.raises(Refused):
        services.snooze(case_id=case.pk, until=AT + timedelta(hours=1), at=AT + timedelta(minutes=17), by=by)
