"""Rules that hear of something: they act once, as themselves, within their rights, and never in a circle."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.cases import services
from shouwen.cases.models import AutomationRule, Case, Escalation, Notice, RuleRun, Task, Watch
from shouwen.cases.rules.automation import MOST_PER_HOUR
from shouwen.cases.services.automation import hearing
from shouwen.cases.services.automation.rulebook import move_rule, save_rule
from shouwen.cases.services.receiving import receive
from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.channels import queries as channels
from shouwen.channels.models import Message
from shouwen.customers.testing import a_customer
from shouwen.kernel.errors import Forbidden, Invalid
from shouwen.people.testing import a_department, a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.ledger.bus import Context
from shouwen.platform.ledger.describe import say
from shouwen.platform.ledger.queries import timeline

NOBODYS = Context(1, AT, "customer", 1, "", (("case", 1),))
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installation() -> None:
    furnished()


def a_rule(name: str = "规则", **given: Any) -> AutomationRule:
    given.setdefault("actions", {"add_tags": {"tags": ["到过"]}})
    if not given.get("moment"):
        given.setdefault("events", ["opened"])
    return save_rule(rule_id=None, name=name, at=AT, by=SYSTEM, **given)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def log(case: Case) -> list[str]:
    return [say(row.name, row.data) for row in timeline(case.subject) if row.name == "cases.rule_ran"]


def test_a_rule_acts_on_a_new_case_that_it_is_meant_for_and_says_so_in_its_log() -> None:
    rule = a_rule(
        "催办加急",
        conditions={"words": ["马上"], "tiers": ["A", "B"]},
        actions={"set_priority": {"priority": "1"}},
    )
    urgent = a_case(customer=a_customer(tier="B"))
    other = a_case(customer=a_customer(tier="C"))
    everything_happens()
    assert (fresh(urgent).priority, fresh(other).priority) == (1, 2)
    run = RuleRun.objects.get()
    assert (run.rule_id, run.version, run.case_id, run.stopped) == (rule.pk, 1, urgent.pk, "")
    assert log(urgent) == ["规则“催办加急”（第 1 版）：优先级: 高 → 紧急"]
    assert log(other) == []
    changed = next(row for row in timeline(urgent.subject) if row.name == "cases.changed")
    assert (changed.by_kind, changed.by_id, changed.by_name) == ("automation", run.pk, "催办加急")


def test_a_fact_heard_twice_is_acted_on_once() -> None:
    a_rule(actions={"note": {"text": "请先核对保修期"}})
    case = a_case()
    everything_happens()
    fact = next(row for row in timeline(case.subject) if row.name == "cases.opened")
    from shouwen.kernel.events import rebuild

    rebuilt = rebuild(fact.name, fact.data)
    hearing.hear(rebuilt, Context(fact.id, AT, "customer", 1, "", (case.subject,)))
    assert Message.objects.filter(subject_id=case.pk, kind="note").count() == 1
    assert RuleRun.objects.count() == 1


def test_every_action_goes_through_the_service_a_person_uses() -> None:
    team, department = a_team(), a_department()
    owner = a_person("agent", teams=(team,))
    lead = a_person("supervisor", teams=(team,))
    a_rule(
        "全套",
        events=["received"],
        actions={
            "set_kind": {"kind": "complaint"},
            "set_team": {"team": team.pk},
            "add_tags": {"tags": ["重要", "回访"]},
            "note": {"text": "{{customer_name}} 又来信了"},
            "task": {"title": "查原因", "whom": f"department:{department.pk}", "ask": "请查", "minutes": 60},
            "escalate": {"reason": "客户又来信"},
            "notify": {"whom": "supervisors", "text": "请看一下"},
            "watch": {"staff": lead.pk},
        },
    )
    case = a_case(owner=owner)
    receive(case=fresh(case), text="还没有人来", channel="email", at=AT + timedelta(hours=1))
    everything_happens(AT + timedelta(hours=1))
    now = fresh(case)
    assert (now.kind, now.team_id, now.tags, now.escalation_level) == (
        "complaint",
        team.pk,
        ["重要", "回访"],
        1,
    )
    assert Task.objects.get().title == "查原因"
    assert Escalation.objects.get().trigger == "rule"
    assert Notice.objects.filter(user_id=lead.pk, kind="rule").count() == 1
    assert Watch.objects.get().staff_id == lead.pk
    note = Message.objects.get(subject_id=case.pk, kind="note")
    assert (note.author_kind, note.author_name) == ("system", "全套")
    assert now.customer.name in note.text
    assert RuleRun.objects.get().refused == []


def test_what_one_action_is_refused_keeps_none_of_the_others_and_stands_in_the_log() -> None:
    a_rule(actions={"set_field": {"code": "no_such", "value": "1"}, "add_tags": {"tags": ["到过"]}})
    case = a_case()
    everything_happens()
    assert fresh(case).tags == ["到过"]
    assert [one["code"] for one in RuleRun.objects.get().refused] == ["set_field"]
    assert "被拒绝" in log(case)[0]


def test_a_template_goes_out_as_an_automatic_message_and_does_not_make_the_rule_an_owner() -> None:
    from shouwen.knowledge.models import Template

    template = Template.objects.create(
        name="稍候", body="{{customer_name}}，您好，我们正在处理 {{case_ref}}。", language="zh", changed_at=AT
    )
    a_rule(events=["received"], actions={"template": {"template": template.pk}})
    case = a_case()
    receive(case=fresh(case), text="在吗？怎么没人理我", channel="email", at=AT)
    everything_happens()
    sent = [m for m in channels.messages_of(case.subject) if m.kind == "rule"]
    assert [(m.automatic, m.direction) for m in sent] == [(True, "outbound")]
    assert case.reference in sent[0].text
    assert fresh(case).owner_id is None


def test_its_own_doing_does_not_set_a_rule_off_again_and_the_log_says_so() -> None:
    a_rule("自己", events=["changed"], actions={"note": {"text": "变了"}, "add_tags": {"tags": ["改过"]}})
    case = a_case()
    services.set_tags(case_id=case.pk, tags=["甲"], at=AT, by=SYSTEM)
    everything_happens()
    assert Message.objects.filter(subject_id=case.pk, kind="note").count() == 1
    assert sorted(RuleRun.objects.values_list("stopped", flat=True)) == ["", "own"]
    assert any("被停止" in one for one in log(case))


@pytest.mark.parametrize("begins", ["甲", "乙"])
def test_two_rules_that_set_each_other_off_end(begins: str) -> None:
    a_rule(
        "去",
        events=["changed"],
        conditions={"tags": ["乙"]},
        actions={"remove_tags": {"tags": ["乙"]}, "add_tags": {"tags": ["甲"]}},
    )
    a_rule(
        "回",
        events=["changed"],
        conditions={"tags": ["甲"]},
        actions={"remove_tags": {"tags": ["甲"]}, "add_tags": {"tags": ["乙"]}},
    )
    case = a_case()
    services.set_tags(case_id=case.pk, tags=[begins], at=AT, by=SYSTEM)
    everything_happens()
    assert RuleRun.objects.filter(stopped="").count() == 2
    assert RuleRun.objects.filter(stopped="own").exists()


def test_a_case_is_not_acted_on_more_often_than_a_person_would_within_an_hour() -> None:
    a_rule(events=["received"], actions={"note": {"text": "又来了"}})
    case = a_case()
    for number in range(MOST_PER_HOUR + 3):
        receive(
            case=fresh(case),
            text=f"第 {number} 封信在这里",
            channel="email",
            at=AT + timedelta(seconds=number),
        )
    everything_happens(AT + timedelta(minutes=5))
    assert RuleRun.objects.filter(stopped="").count() == MOST_PER_HOUR
    assert RuleRun.objects.filter(stopped="limit").count() == 1
    receive(case=fresh(case), text="两小时以后再来一封", channel="email", at=AT + timedelta(hours=2))
    everything_happens(AT + timedelta(hours=2))
    assert RuleRun.objects.filter(stopped="").count() == MOST_PER_HOUR + 1


def test_rules_act_in_their_order_and_one_may_be_the_last() -> None:
    first = a_rule("一", actions={"add_tags": {"tags": ["一"]}}, last=True)
    second = a_rule("二", actions={"add_tags": {"tags": ["二"]}})
    one = a_case()
    everything_happens()
    move_rule(rule_id=second.pk, up=True, at=AT, by=SYSTEM)
    two = a_case()
    everything_happens()
    assert (fresh(one).tags, fresh(two).tags) == (["一"], ["二", "一"])
    assert list(AutomationRule.objects.values_list("pk", flat=True)) == [second.pk, first.pk]


def test_a_rule_hears_of_anger_only_when_it_begins() -> None:
    a_rule(events=["emotion"], conditions={"emotion": "angry"}, actions={"add_tags": {"tags": ["安抚"]}})
    agent = a_person("agent")
    case = a_case(text="请问几点开门", subject="咨询", owner=agent)
    services.mark_feeling(case_id=case.pk, level="angry", at=AT, by=as_actor(agent))
    services.mark_feeling(case_id=case.pk, level="angry", at=AT, by=as_actor(agent))
    everything_happens()
    assert fresh(case).tags == ["安抚"]
    assert RuleRun.objects.count() == 1


def test_a_broken_promise_sets_a_rule_off() -> None:
    from shouwen.promises.services import tick

    a_rule(events=["promise_broken"], actions={"add_tags": {"tags": ["失约"]}})
    agent = a_person("agent")
    case = a_case(owner=agent)
    services.promise(
        case_id=case.pk, text="明早回电", due_at=AT + timedelta(hours=1), at=AT, by=as_actor(agent)
    )
    later = AT + timedelta(hours=2)
    tick(at=later)
    everything_happens(later)
    assert fresh(case).tags == ["失约"]


def test_who_may_not_set_rules_sets_none_and_faults_name_their_field() -> None:
    with pytest.raises(Forbidden):
        save_rule(
            rule_id=None,
            name="x",
            events=["opened"],
            actions={"note": {"text": "x"}},
            at=AT,
            by=as_actor(a_person("agent")),
        )
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"conditions": {"kinds": ["no_such"]}}, "conditions.kinds"),
        ({"conditions": {"age_least": "-1"}}, "conditions.age_least"),
        ({"conditions": {"nothing": 1}}, "conditions.nothing"),
        ({"actions": {"task": {"title": "只有题目"}}}, "actions.task.whom"),
        ({"actions": {"fly": {}}}, "actions.fly"),
        ({"actions": {"set_team": {"team": "abc"}}}, "actions.set_team.team"),
        ({"actions": {}}, "actions"),
        ({"events": ["nothing"]}, "events"),
        ({"name": " "}, "name"),
    ]
    for given, field in wrong:
        with pytest.raises(Invalid) as invalid:
            save_rule(
                rule_id=None,
                at=AT,
                by=SYSTEM,
                **{"name": "x", "events": ["opened"], "actions": {"note": {"text": "x"}}, **given},
            )
        assert field in invalid.value.errors, given


def test_where_no_rule_listens_a_fact_costs_no_statement() -> None:
    from shouwen.cases.events import CaseOpened
    from shouwen.cases.queries.automation.book import book

    book()
    with CaptureQueriesContext(connection) as queries:
        hearing.hear(CaseOpened(1, "help", "email", 1), NOBODYS)
    assert len(queries) == 0
    a_rule(events=["resolved"])
    book()
    with CaptureQueriesContext(connection) as queries:
        hearing.hear(CaseOpened(1, "help", "email", 1), NOBODYS)
    assert len(queries) == 0


def test_what_a_rule_said_is_forgotten_with_its_customer() -> None:
    from shouwen.cases.services.erasing import erase

    a_rule(actions={"note": {"text": "{{customer_name}} 要加急"}})
    case = a_case(customer=a_customer(name="欧阳山水"))
    everything_happens()
    assert "欧阳山水" in str(RuleRun.objects.get().did)
    erase(case.customer_id, at=AT, by=SYSTEM)
    assert RuleRun.objects.get().did == []
    assert "欧阳山水" not in str([row.data for row in timeline(case.subject)])
    assert len(log(case)) == 1
