"""Macros: looked at first, then applied in one piece, with the rights of who applies them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.cases import services
from shouwen.cases.models import Case, Macro, Task
from shouwen.cases.services.automation.macros import apply, preview, restore_macro, save_macro
from shouwen.cases.testing import AT, a_case, furnished
from shouwen.channels.models import Message
from shouwen.kernel.errors import Forbidden, Invalid, NotFound, Refused
from shouwen.people.models import Staff
from shouwen.people.testing import a_department, a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.jobs.models import Job
from shouwen.platform.ledger.models import Event
from shouwen.platform.ledger.queries import timeline

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> Staff:
    furnished()
    return a_person("agent", name="王芳", teams=(a_team(),))


def a_macro(by: Staff, **given: Any) -> Macro:
    values: dict[str, Any] = {
        "name": "催办安抚",
        "reply": "{{customer_name}}，您好，我是{{agent_name}}，{{case_ref}} 正在处理。",
        "actions": {"set_priority": {"priority": 1}, "add_tags": {"tags": ["催办"]}},
    }
    return save_macro(macro_id=None, at=AT, by=as_actor(by), **{**values, **given})


def test_a_preview_says_each_change_and_the_filled_text_and_changes_nothing(agent: Staff) -> None:
    macro, case, other = a_macro(agent), a_case(owner=agent), a_case()
    before = (Event.objects.count(), Message.objects.count(), Job.objects.count())
    seen = preview(macro_id=macro.pk, case_id=case.pk, at=AT, by=as_actor(agent))
    assert [(one["label"], one["was"], one["now"]) for one in seen.changes] == [
        ("优先级", "高", "紧急"),
        ("标签", "–", "催办"),
    ]
    assert seen.text == f"{case.customer.name}，您好，我是王芳，{case.reference} 正在处理。"
    assert (seen.refused, seen.open_gaps) == ([], [])
    unowned = preview(macro_id=macro.pk, case_id=other.pk, at=AT, by=as_actor(agent))
    assert [(one["label"], one["was"], one["now"]) for one in unowned.changes][2:] == [
        ("首问责任人", "–", "王芳"),
        ("状态", "新到", "处理中"),
    ]
    assert (Event.objects.count(), Message.objects.count(), Job.objects.count()) == before
    assert Case.objects.get(pk=case.pk).priority == 2


def test_applying_does_what_the_preview_said(agent: Staff) -> None:
    department = a_department()
    task = {"title": "查库存", "whom": f"department:{department.pk}", "ask": "请查", "minutes": 60}
    macro = a_macro(agent, actions={"add_tags": {"tags": ["催办"]}, "task": task}, waiting=True)
    case = a_case(owner=agent)
    seen = preview(macro_id=macro.pk, case_id=case.pk, at=AT, by=as_actor(agent))
    done = apply(macro_id=macro.pk, case_id=case.pk, at=AT, by=as_actor(agent))
    assert done[:-1] == seen.changes
    now = Case.objects.get(pk=case.pk)
    assert (now.tags, now.state, now.awaiting) == (["催办"], "waiting", "customer")
    assert Task.objects.get().asked_by_id == agent.pk
    assert Message.objects.get(subject_id=case.pk, direction="outbound").text == seen.text
    applied = next(row for row in timeline(case.subject) if row.name == "cases.macro_applied")
    assert (applied.data["version"], applied.by_name) == (1, "王芳")
    assert Macro.objects.get().uses == 1


def test_the_text_may_be_changed_and_an_open_gap_keeps_everything_back(agent: Staff) -> None:
    macro, case = a_macro(agent, reply="您好，{{promise}}"), a_case(owner=agent)
    seen = preview(macro_id=macro.pk, case_id=case.pk, at=AT, by=as_actor(agent))
    assert seen.open_gaps == ["promise"]
    with pytest.raises(Invalid) as invalid:
        apply(macro_id=macro.pk, case_id=case.pk, at=AT, by=as_actor(agent))
    assert "text" in invalid.value.errors
    assert Case.objects.get(pk=case.pk).tags == []
    apply(macro_id=macro.pk, case_id=case.pk, text="您好，今天给您回电。", at=AT, by=as_actor(agent))
    assert Message.objects.get(subject_id=case.pk, direction="outbound").text == "您好，今天给您回电。"


def test_what_one_action_is_refused_refuses_the_whole(agent: Staff) -> None:
    actions = {"add_tags": {"tags": ["催办"]}, "set_field": {"code": "no_such", "value": "1"}}
    macro, case = a_macro(agent, actions=actions), a_case(owner=agent)
    seen = preview(macro_id=macro.pk, case_id=case.pk, at=AT, by=as_actor(agent))
    assert len(seen.refused) == 1
    with pytest.raises(Refused):
        apply(macro_id=macro.pk, case_id=case.pk, at=AT, by=as_actor(agent))
    assert Case.objects.get(pk=case.pk).tags == []


def test_a_macro_does_nothing_its_person_may_not(agent: Staff) -> None:
    macro = a_macro(agent, reply="", actions={"snooze": {"minutes": 600}})
    shared = save_macro(
        macro_id=None, name="公用", scope="all", actions={"escalate": {"reason": "请看"}}, at=AT, by=SYSTEM
    )
    case = a_case(owner=a_person("agent"), channel="phone")
    assert len(preview(macro_id=macro.pk, case_id=case.pk, at=AT, by=as_actor(agent)).refused) == 1
    reviewer = as_actor(a_person("reviewer"))
    with pytest.raises(NotFound):
        apply(macro_id=shared.pk, case_id=case.pk, at=AT, by=reviewer)
    services.set_restricted(case_id=case.pk, restricted=True, at=AT, by=SYSTEM)
    with pytest.raises(NotFound):
        preview(macro_id=shared.pk, case_id=case.pk, at=AT, by=as_actor(agent))


def test_ones_own_are_nobody_elses_and_shared_ones_are_set_by_who_sets_rules(agent: Staff) -> None:
    mine = a_macro(agent)
    other, lead = as_actor(a_person("agent")), as_actor(a_person("supervisor"))
    for who in (other, lead):
        with pytest.raises(NotFound):
            preview(macro_id=mine.pk, case_id=a_case().pk, at=AT, by=who)
    with pytest.raises(Forbidden):
        a_macro(agent, scope="all")
    team = a_team()
    for_team = save_macro(
        macro_id=None, name="组", scope="team", team_id=team.pk, reply="您好", at=AT, by=lead
    )
    with pytest.raises(NotFound):
        preview(macro_id=for_team.pk, case_id=a_case().pk, at=AT, by=as_actor(agent))
    with pytest.raises(Invalid):
        a_macro(agent, reply="{{no_such}}")
    with pytest.raises(Invalid):
        a_macro(agent, reply="", actions={})


def test_versions_are_kept_and_brought_back(agent: Staff) -> None:
    macro, by = a_macro(agent), as_actor(agent)
    save_macro(macro_id=macro.pk, name="催办", reply="您好", actions={}, at=AT, by=by)
    back = restore_macro(macro_id=macro.pk, version=1, at=AT, by=by)
    assert (back.version, back.name, back.actions["add_tags"]) == (3, "催办安抚", {"tags": ["催办"]})


def test_the_way_of_a_macro_through_the_pages(agent: Staff) -> None:
    client = Client()
    client.force_login(agent.user)
    answer = client.post(
        reverse("cases:macro-new"),
        {"name": "催办", "reply": "{{customer_name}}，您好", "active": "1", "actions.add_tags.tags": "催办"},
    )
    assert answer.status_code == 302, answer.content.decode()
    macro, case = Macro.objects.get(), a_case(owner=agent)
    assert (macro.owner_id, macro.actions) == (agent.pk, {"add_tags": {"tags": ["催办"]}})
    page = client.get(reverse("cases:case", args=[case.reference])).content.decode()
    assert reverse("cases:case-macros", args=[case.reference]) in page
    assert 'data-key="a"' in page
    listed = client.get(reverse("cases:case-macros", args=[case.reference])).content.decode()
    assert "催办" in listed
    seen = client.post(reverse("cases:macro-preview", args=[case.reference, macro.pk])).content.decode()
    assert f"{case.customer.name}，您好" in seen
    gap = client.post(reverse("cases:macro-apply", args=[case.reference, macro.pk]), {"text": "{{promise}}"})
    assert gap.status_code == 422
    client.post(reverse("cases:macro-apply", args=[case.reference, macro.pk]), {"text": "您好，已催办。"})
    assert Case.objects.get(pk=case.pk).tags == ["催办"]
    assert client.get(reverse("cases:macros")).status_code == 200
    assert client.get(reverse("cases:macro", args=[macro.pk])).status_code == 200


def test_the_chooser_asks_the_same_however_many_macros_there_are(agent: Staff) -> None:
    client, case = Client(), a_case(owner=agent)
    client.force_login(agent.user)
    address = reverse("cases:case-macros", args=[case.reference])
    counts = []
    for _turn in range(2):
        for number in range(3):
            a_macro(agent, name=f"宏 {number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[1] <= counts[0]
