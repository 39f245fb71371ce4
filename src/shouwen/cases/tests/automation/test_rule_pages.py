"""The settings page of rules: made, tried, put in order, brought back, by who may and by nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shouwen.cases.models import AutomationRule, Case
from shouwen.cases.queries.automation.trying import tried
from shouwen.cases.services.automation import rulebook
from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.kernel.errors import NotFound
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM, now

pytestmark = pytest.mark.django_db
NEW: dict[str, Any] = {
    "name": "催办加急",
    "active": "1",
    "events": ["opened", "received"],
    "conditions.kinds": ["repair"],
    "conditions.words": "马上、立刻",
    "actions.set_priority.priority": "1",
    "actions.add_tags.tags": "催办",
}


@pytest.fixture
def supervisor() -> Client:
    furnished()
    client = Client()
    person = a_person("supervisor")
    client.force_login(person.user)
    client.person = person  # type: ignore[attr-defined]
    return client


def test_a_rule_is_made_shown_changed_and_brought_back(supervisor: Client) -> None:
    answer = supervisor.post(reverse("cases:rule-new"), NEW)
    rule = AutomationRule.objects.get()
    assert answer.headers["Location"] == reverse("cases:rule", args=[rule.pk])
    assert rule.conditions == {"kinds": ["repair"], "words": ["马上", "立刻"]}
    assert rule.actions == {"set_priority": {"priority": 1}, "add_tags": {"tags": ["催办"]}}
    listed = supervisor.get(reverse("cases:rules")).content.decode()
    assert "催办加急" in listed
    assert "设置优先级: 紧急" in listed
    supervisor.post(reverse("cases:rule", args=[rule.pk]), {**NEW, "conditions.words": "马上"})
    page = supervisor.get(reverse("cases:rule", args=[rule.pk])).content.decode()
    assert "第 2 版" in page
    assert "主题或最新一条留言含有其中一个词: 马上" in page
    assert "恢复到此版" in page
    supervisor.post(reverse("cases:rule-restoring", args=[rule.pk]), {"version": "1"})
    rule.refresh_from_db()
    assert (rule.version, rule.conditions["words"]) == (3, ["马上", "立刻"])


def test_a_time_rule_is_read_in_the_largest_unit(supervisor: Client) -> None:
    given = {**NEW, "moment": "waiting_us", "minutes": "2", "unit": "days", "in_hours": "1"}
    supervisor.post(reverse("cases:rule-new"), given)
    rule = AutomationRule.objects.get()
    assert (rule.moment, rule.minutes, rule.events, rule.in_hours) == ("waiting_us", 2880, [], True)
    page = supervisor.get(reverse("cases:rule", args=[rule.pk])).content.decode()
    assert 'value="2"' in page
    assert '<option value="days" selected>' in page


def test_a_try_says_which_cases_and_changes_nothing(supervisor: Client) -> None:
    hit, other = a_case(at=now()), a_case(subject="咨询", text="请问几点开门", at=now())
    everything_happens(now())
    page = supervisor.post(reverse("cases:rule-new"), {**NEW, "try": "1"}).content.decode()
    assert "会命中以下 1 个请求" in page
    assert hit.reference in page
    assert other.reference not in page
    assert not AutomationRule.objects.exists()
    assert Case.objects.get(pk=hit.pk).tags == hit.tags


def test_a_try_of_a_time_rule_counts_those_whose_time_came() -> None:
    furnished()
    late, fresh = a_case(at=AT), a_case(at=AT + timedelta(hours=5))
    row = rulebook.fill(
        rulebook.draft(), name="x", moment="waiting_us", minutes=60, actions={"note": {"text": "x"}}
    )
    found = tried(row, SYSTEM, since=AT, at=AT + timedelta(hours=5, minutes=30))
    assert ([case.pk for case in found.hits], found.looked_at) == ([late.pk], 1)
    assert fresh.pk not in {case.pk for case in found.hits}


def test_a_try_costs_the_same_however_many_cases_there_are() -> None:
    furnished()
    person = as_actor(a_person("supervisor"))
    row = rulebook.fill(
        rulebook.draft(),
        name="x",
        events=["opened"],
        conditions={"words": ["马上"], "overdue_least": "1"},
        actions={"note": {"text": "x"}},
    )
    for number in range(6):
        a_case(at=AT + timedelta(minutes=number))
    with CaptureQueriesContext(connection) as queries:
        tried(row, person, since=AT, at=AT + timedelta(hours=1))
    assert len(queries) <= 4


def test_faults_are_said_at_their_field_and_nothing_typed_is_lost(supervisor: Client) -> None:
    answer = supervisor.post(
        reverse("cases:rule-new"), {**NEW, "actions.task.title": "只有题目", "conditions.age_least": "x"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请输入 0 到" in page
    assert "催办加急" in page
    assert "马上、立刻" in page
    answer = supervisor.post(reverse("cases:rule-new"), {**NEW, "actions.task.title": "只有题目"})
    assert 'id="id_actions.task.whom-error"' in answer.content.decode()
    assert supervisor.post(reverse("cases:rule-new"), {"name": "x"}).status_code == 422
    assert supervisor.post(reverse("cases:rule-restoring", args=[999]), {"version": "1"}).status_code == 404


def test_rules_are_put_in_order_and_switched_off(supervisor: Client) -> None:
    for name in ("一", "二"):
        supervisor.post(reverse("cases:rule-new"), {**NEW, "name": name})
    first, second = AutomationRule.objects.all()
    supervisor.post(reverse("cases:rule-place", args=[second.pk]), {"to": "up"})
    assert list(AutomationRule.objects.values_list("name", flat=True)) == ["二", "一"]
    supervisor.post(reverse("cases:rule-state", args=[first.pk]), {"active": "0"})
    first.refresh_from_db()
    assert (first.active, first.version) == (False, 2)
    case = a_case()
    everything_happens()
    assert Case.objects.get(pk=case.pk).tags.count("催办") == 1


def test_only_who_configures_reaches_the_page() -> None:
    furnished()
    client = Client()
    client.force_login(a_person("agent").user)
    assert client.get(reverse("cases:rules")).status_code == 403
    assert client.post(reverse("cases:rule-new"), NEW).status_code == 403
    assert not AutomationRule.objects.exists()


def test_a_version_that_never_was_is_said_to_be_missing() -> None:
    furnished()
    row = rulebook.save_rule(
        rule_id=None, name="x", events=["opened"], actions={"note": {"text": "x"}}, at=AT, by=SYSTEM
    )
    with pytest.raises(NotFound):
        rulebook.restore_rule(rule_id=row.pk, version=7, at=AT, by=SYSTEM)


def test_the_log_on_the_rules_page_leads_to_the_case(supervisor: Client) -> None:
    supervisor.post(reverse("cases:rule-new"), NEW)
    case = a_case(at=timezone.now())
    everything_happens(now())
    page = supervisor.get(reverse("cases:rule", args=[AutomationRule.objects.get().pk])).content.decode()
    assert case.reference in page
    events = supervisor.get(reverse("cases:events", args=[case.reference])).content.decode()
    assert "规则“催办加急”（第 1 版）" in events
