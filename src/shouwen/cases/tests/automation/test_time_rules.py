"""Rules by time: each acts once for the same cause, only on what has come due, and keeps to service hours."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.cases import services
from shouwen.cases.models import AutomationRule, Case, RuleRun
from shouwen.cases.services.automation import timing
from shouwen.cases.services.automation.rulebook import save_rule
from shouwen.cases.services.receiving import receive
from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.jobs.models import Job

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _installation() -> None:
    furnished()


def a_rule(
    moment: str = "waiting_us", minutes: int = 60, *, at: datetime = AT, **given: Any
) -> AutomationRule:
    given.setdefault("actions", {"add_tags": {"tags": ["久等"]}})
    return save_rule(rule_id=None, name="时间规则", moment=moment, minutes=minutes, at=at, by=SYSTEM, **given)


def tags(case: Case) -> list[str]:
    return list(Case.objects.get(pk=case.pk).tags)


def test_a_rule_acts_when_its_time_has_come_and_once_only() -> None:
    a_rule()
    case = a_case(at=AT + timedelta(minutes=1))
    assert timing.run(at=AT + HOUR) == 0
    assert timing.run(at=AT + HOUR + timedelta(minutes=2)) == 1
    assert timing.run(at=AT + HOUR + timedelta(minutes=3)) == 0
    assert (tags(case), RuleRun.objects.count()) == (["久等"], 1)


def test_another_wait_is_another_cause() -> None:
    a_rule(actions={"note": {"text": "客户等了一小时"}})
    agent = a_person("agent")
    case = a_case(owner=agent, at=AT + timedelta(minutes=1))
    timing.run(at=AT + 2 * HOUR)
    services.reply(case_id=case.pk, text="您好，正在处理。", at=AT + 2 * HOUR, by=as_actor(agent))
    receive(case=Case.objects.get(pk=case.pk), text="那什么时候好", channel="email", at=AT + 3 * HOUR)
    receive(case=Case.objects.get(pk=case.pk), text="到底什么时候好", channel="email", at=AT + 3.5 * HOUR)
    assert timing.run(at=AT + 3.9 * HOUR) == 0
    assert timing.run(at=AT + 4.1 * HOUR) == 1  # counted from the first of the two, not from the last
    assert timing.run(at=AT + 5 * HOUR) == 0


def test_what_was_due_before_the_rule_is_left_alone_unless_it_is_wanted() -> None:
    old = a_case(at=AT - timedelta(days=3))
    rule = a_rule()
    assert timing.run(at=AT + HOUR) == 0
    save_rule(
        rule_id=rule.pk,
        name="时间规则",
        moment="waiting_us",
        minutes=60,
        actions=rule.actions,
        backlog=True,
        at=AT + HOUR,
        by=SYSTEM,
    )
    assert timing.run(at=AT + HOUR) == 1
    assert tags(old) == ["久等"]


def test_a_condition_that_comes_true_after_the_time_still_counts() -> None:
    a_rule("opened", 60, conditions={"priorities": ["1"]})
    case = a_case(subject="咨询", text="请问几点开门", at=AT + timedelta(minutes=1))
    assert timing.run(at=AT + 2 * HOUR) == 0
    services.set_priority(case_id=case.pk, impact=1, urgency=1, at=AT + 3 * HOUR, by=SYSTEM)
    everything_happens(AT + 3 * HOUR)
    assert tags(case) == ["久等"]


def test_a_deadline_that_moves_before_where_the_clock_has_passed_still_warns() -> None:
    a_rule("due_before", 5)
    agent = a_person("agent")
    case = a_case(owner=agent, at=AT)
    timing.run(at=AT)
    assert tags(case) == []
    services.promise(
        case_id=case.pk,
        text="马上回电",
        due_at=AT + timedelta(minutes=4),
        at=AT + timedelta(minutes=1),
        by=as_actor(agent),
    )
    everything_happens(AT + timedelta(minutes=1))
    assert tags(case) == ["久等"]


@pytest.mark.parametrize(
    ("moment", "acts"),
    [
        ("opened", True),
        ("unowned", False),
        ("waiting_us", True),
        ("waiting_customer", False),
        ("untouched", True),
        ("resolved", False),
    ],
)
def test_each_moment_means_only_the_cases_it_is_about(moment: str, acts: bool) -> None:
    a_rule(moment, 60)
    case = a_case(owner=a_person("agent"), at=AT + timedelta(minutes=1))
    timing.run(at=AT + 2 * HOUR)
    assert (tags(case) == ["久等"]) is acts


def test_outside_service_hours_a_rule_waits_until_they_begin_and_an_emergency_does_not() -> None:
    evening = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai
    a_rule(at=evening - HOUR, in_hours=True)
    quiet = a_case(subject="咨询", text="请问几点开门", at=evening)
    urgent = a_case(at=evening, impact=1, urgency=1)
    timing.run(at=evening + 2 * HOUR)
    assert (tags(quiet), tags(urgent)) == ([], ["久等"])
    opens = Job.objects.get(name="cases.rule_later").run_at
    assert opens == datetime(2026, 3, 3, 1, 0, tzinfo=UTC)  # 09:00
    timing.run(at=opens)
    from shouwen.cases.services.automation import hearing

    later = Job.objects.get(name="cases.rule_later").args
    hearing.act_later(at=opens, **later)
    hearing.act_later(at=opens, **later)
    assert tags(quiet) == ["久等"]
    assert RuleRun.objects.filter(case=quiet).count() == 1


def test_a_rule_that_waited_for_the_morning_asks_again_whether_it_still_holds() -> None:
    from shouwen.cases.services.automation import hearing

    evening = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
    agent = a_person("agent")
    a_rule(at=evening - HOUR, in_hours=True)
    case = a_case(subject="咨询", text="请问几点开门", owner=agent, at=evening)
    timing.run(at=evening + 2 * HOUR)
    services.reply(case_id=case.pk, text="您好，九点开门。", at=evening + 3 * HOUR, by=as_actor(agent))
    hearing.act_later(at=evening + 12 * HOUR, **Job.objects.get(name="cases.rule_later").args)
    assert tags(case) == []


def test_a_run_asks_one_question_for_each_rule_however_many_cases_there_are() -> None:
    for number in range(3):
        a_rule(minutes=60 + number)
    for number in range(8):
        a_case(at=AT + timedelta(minutes=number))
    timing.run(at=AT + 3 * HOUR)
    with CaptureQueriesContext(connection) as queries:
        assert timing.run(at=AT + 3.1 * HOUR) == 0
    assert len(queries) <= 4  # the rules, and what is due for each


def test_more_than_one_batch_is_taken_in_turns_and_a_crash_repeats_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timing, "BATCH", 2)
    monkeypatch.setattr(timing, "MOST_ACTS", 4)
    rule = a_rule()
    for number in range(7):
        a_case(at=AT + timedelta(minutes=1 + number))
    assert timing.run(at=AT + 3 * HOUR) == 4
    AutomationRule.objects.filter(pk=rule.pk).update(looked_at=AT, looked_id=0)  # how far it looked was lost
    assert timing.run(at=AT + 3 * HOUR) == 3
    assert RuleRun.objects.count() == 7


def test_rules_take_turns_so_that_one_with_much_to_do_holds_up_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "BATCH", 2)
    monkeypatch.setattr(timing, "MOST_ACTS", 5)
    many = a_rule("opened", 30, actions={"add_tags": {"tags": ["多"]}})
    few = a_rule("waiting_us", 60)
    for number in range(6):
        a_case(at=AT + timedelta(minutes=1 + number))
    assert timing.run(at=AT + 3 * HOUR) == 5
    assert {many.pk, few.pk} == set(RuleRun.objects.values_list("rule_id", flat=True))
    assert timing.run(at=AT + 3 * HOUR) == 5
    assert timing.run(at=AT + 3 * HOUR) == 2
