"""What raises a case by itself, who is told and when, taking over, and rulings between departments."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from shouwen.cases import services
from shouwen.cases.models import Case, Dispute, Escalation, Notice, Task
from shouwen.cases.rules.ladder import USUAL, Ladder, Rule, Step
from shouwen.cases.services.escalating import look_at_ladder
from shouwen.cases.services.ladder import save_ladder
from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.customers.models import Customer
from shouwen.customers.testing import a_customer
from shouwen.kernel.errors import Forbidden, Invalid, Refused
from shouwen.people import services as people
from shouwen.people.models import Staff
from shouwen.people.testing import a_department, a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.apikit.services import create_token
from shouwen.platform.ledger.queries import timeline

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
NIGHT = AT + timedelta(hours=12)  # 22:00 in Shanghai
MORNING = AT + timedelta(hours=23)  # 09:00 on the next day


@pytest.fixture(autouse=True)
def _furnished() -> None:
    furnished()


def arrives(text: str, at: Any = AT, **values: Any) -> Case:
    case = a_case(text=text, at=at, **values)
    everything_happens(at)
    case.refresh_from_db()
    return case


def goes_on(case: Case, text: str, at: Any) -> Case:
    services.record_contact(
        case_id=case.pk, direction="inbound", channel="phone", text=text, at=at, by=SYSTEM
    )
    everything_happens(at)
    case.refresh_from_db()
    return case


def raised(case: Case) -> list[tuple[str, int]]:
    return list(Escalation.objects.filter(case=case).order_by("id").values_list("trigger", "level"))


def told(person: Staff, kind: str = "escalated") -> int:
    return Notice.objects.filter(user_id=person.id, kind=kind).count()


def test_a_calm_contact_raises_nothing() -> None:
    assert raised(arrives("您好，请问保修期多久？")) == []


def test_a_customer_who_asks_for_a_superior_is_raised_with_the_words() -> None:
    boss, team = a_person("supervisor"), a_team()
    case = arrives("修了三次还不行，找你们领导来", team_id=team.pk)
    assert raised(case) == [("asks_superior", 1)]
    assert "找你们领导" in Escalation.objects.get().reason
    assert told(boss) == 1


def test_a_threat_goes_to_the_second_level() -> None:
    assert raised(arrives("再不修我就去12315投诉，找媒体曝光")) == [("threat", 2)]


def test_danger_is_told_at_once_even_at_night() -> None:
    boss = a_person("supervisor")
    case = arrives("不给钱就不让师傅走", at=NIGHT)
    assert raised(case) == [("threat", 2)]
    assert told(boss) == 1


def test_what_is_raised_out_of_hours_is_told_when_service_begins() -> None:
    boss = a_person("supervisor")
    case = arrives("叫你们经理出来", at=NIGHT)
    assert raised(case) == [("asks_superior", 1)]
    assert told(boss) == 0
    look_at_ladder(at=NIGHT + timedelta(hours=1))
    assert told(boss) == 0
    look_at_ladder(at=MORNING)
    look_at_ladder(at=MORNING + MINUTE)
    assert told(boss) == 1


def test_a_rising_anger_raises_once_a_day() -> None:
    case = arrives("请问什么时候修？")
    goes_on(case, "你们这群骗子，垃圾公司！！太气人了", AT + MINUTE)
    assert raised(case) == [("emotion", 1)]
    goes_on(case, "骗子！垃圾！不要脸！", AT + 2 * MINUTE)
    assert raised(case) == [("emotion", 1)]


def test_coming_again_and_again_raises_by_the_number_set() -> None:
    save_ladder(plan=Ladder({**USUAL, "repeated": Rule(number=3)}), at=AT, by=SYSTEM)
    case = arrives("请问什么时候修？")
    goes_on(case, "还没有消息", AT + 10 * MINUTE)
    assert raised(case) == []
    goes_on(case, "又过了十分钟", AT + 20 * MINUTE)
    assert raised(case) == [("repeated", 1)]


def opened(customer: Customer, days: int) -> Case:
    return arrives("液压油漏了", customer=customer, at=AT + timedelta(days=days))


def test_a_customer_who_opens_the_same_again_is_heard() -> None:
    save_ladder(plan=Ladder({**USUAL, "repeated": Rule(number=2, hours=72)}), at=AT, by=SYSTEM)
    customer = a_customer(email="li@example.com")
    assert raised(opened(customer, 0)) == []
    assert raised(opened(customer, 2)) == [("repeated", 1)]
    assert raised(opened(customer, 9)) == []
    assert raised(opened(a_customer(email="other@example.com"), 9)) == []


def test_while_that_is_not_settled_the_next_ones_raise_nothing() -> None:
    """Ten cases in a morning are one customer to be called, not seven alarms."""
    save_ladder(plan=Ladder({**USUAL, "repeated": Rule(number=2, hours=72)}), at=AT, by=SYSTEM)
    customer = a_customer(email="li@example.com")
    opened(customer, 0)
    second = opened(customer, 1)
    assert raised(second) == [("repeated", 1)]
    assert raised(opened(customer, 2)) == []
    raising = second.escalations.get()
    boss = as_actor(a_person("supervisor"))
    services.settle_escalation(escalation_id=raising.pk, ruling="已回电", at=AT + timedelta(days=2), by=boss)
    assert raised(opened(customer, 3)) == [("repeated", 1)]


def test_a_trigger_that_is_switched_off_raises_nothing() -> None:
    off = {**USUAL, "asks_superior": Rule(on=False)}
    save_ladder(plan=Ladder(off), at=AT, by=SYSTEM)
    assert raised(arrives("找你们领导")) == []


def test_named_people_are_told_and_a_deputy_stands_in_for_who_is_on_leave() -> None:
    deputy = a_person("supervisor", name="代理")
    named, other = a_person("supervisor", name="指定"), a_person("supervisor")
    save_ladder(plan=Ladder(steps=(Step((named.id,)), Step(), Step())), at=AT, by=SYSTEM)
    arrives("找你们领导")
    assert (told(named), told(other)) == (1, 0)
    named.deputy = deputy
    named.save()
    people.note_leave(staff_id=named.id, first=date(2026, 3, 2), last=date(2026, 3, 6), at=AT, by=SYSTEM)
    arrives("叫你们经理接电话")
    assert (told(named), told(deputy)) == (1, 1)


def test_what_nobody_settles_climbs_counting_service_hours_only() -> None:
    boss, chief = a_person("supervisor"), a_person("chief")
    steps = (Step(minutes=60), Step(minutes=60), Step())
    save_ladder(plan=Ladder(steps=steps), at=AT, by=SYSTEM)
    evening = AT + timedelta(hours=7, minutes=30)  # 17:30, half an hour before the end
    case = arrives("找你们领导", at=evening)
    look_at_ladder(at=evening + 90 * MINUTE)
    assert raised(case) == [("asks_superior", 1)]
    look_at_ladder(at=MORNING + 31 * MINUTE)
    look_at_ladder(at=MORNING + 32 * MINUTE)
    assert raised(case) == [("asks_superior", 1), ("time", 2)]
    look_at_ladder(at=MORNING + 92 * MINUTE)
    assert raised(case) == [("asks_superior", 1), ("time", 2), ("time", 3)]
    assert (told(boss), told(chief)) == (2, 1)
    assert Escalation.objects.filter(case=case, settled_at=None).count() == 1
    look_at_ladder(at=MORNING + timedelta(hours=8))
    assert len(raised(case)) == 3


def test_what_was_settled_does_not_climb() -> None:
    boss = a_person("supervisor")
    save_ladder(plan=Ladder(steps=(Step(minutes=60), Step(), Step())), at=AT, by=SYSTEM)
    case = arrives("找你们领导")
    services.settle_escalation(
        escalation_id=Escalation.objects.get().pk, ruling="我来回电", at=AT, by=as_actor(boss)
    )
    look_at_ladder(at=AT + timedelta(hours=5))
    assert raised(case) == [("asks_superior", 1)]


def test_the_ladder_is_versioned_and_names_what_is_wrong() -> None:
    save_ladder(plan=Ladder(service_hours=False), at=AT, by=SYSTEM)
    save_ladder(plan=Ladder(service_hours=False), at=AT, by=SYSTEM)
    assert [row.data["version"] for row in timeline(("ladder", 1))] == [1]
    with pytest.raises(Invalid) as caught:
        save_ladder(plan=Ladder(steps=(Step((999,)), Step(), Step())), at=AT, by=SYSTEM)
    assert caught.value.field == "people_1"
    with pytest.raises(Forbidden):
        save_ladder(plan=Ladder(), at=AT, by=as_actor(a_person("agent")))


def test_who_reached_a_limit_is_relieved_by_the_first_who_steps_in() -> None:
    team = a_team()
    wang, li = (a_person("agent", name=name, teams=(team,), presence="on_duty") for name in ("王芳", "李娜"))
    boss = a_person("supervisor", teams=(team,))
    case = a_case(owner=wang, team_id=team.pk)
    services.reach_limit(case_id=case.pk, reason="第三次被骂，请接手", at=AT, by=as_actor(wang))
    assert [told(one, "takeover") for one in (wang, li, boss)] == [0, 1, 1]
    with pytest.raises(Refused):
        services.take_over(case_id=case.pk, at=AT, by=as_actor(wang))
    handoff = services.take_over(case_id=case.pk, at=AT + MINUTE, by=as_actor(li))
    everything_happens(AT + MINUTE)
    case.refresh_from_db()
    handoff.refresh_from_db()
    assert (case.owner_id, case.handoff_count, case.escalation_level) == (li.id, 1, 0)
    assert (handoff.state, handoff.by_id, handoff.summary.splitlines()[0]) == (
        "accepted",
        wang.id,
        "第三次被骂，请接手",
    )
    assert handoff.customer_told_at is not None, "the customer hears who answers now"
    with pytest.raises(Refused):
        services.take_over(case_id=case.pk, at=AT + 2 * MINUTE, by=as_actor(boss))


def test_only_the_owner_or_a_supervisor_may_say_that_a_limit_is_reached() -> None:
    case = a_case(owner=a_person("agent"))
    with pytest.raises(Forbidden):
        services.reach_limit(case_id=case.pk, reason="x", at=AT, by=as_actor(a_person("agent")))


def test_after_a_hard_contact_a_break_is_offered_once_an_hour() -> None:
    wang = a_person("agent")
    case = arrives("你们这群骗子，垃圾公司！！太气人了", owner=wang)
    for minutes in (1, 2):
        services.reply(
            case_id=case.pk, text="非常抱歉，马上核实。", at=AT + minutes * MINUTE, by=as_actor(wang)
        )
    calm = arrives("请问保修多久？", owner=wang)
    services.reply(case_id=calm.pk, text="您好，一年。", at=AT + 3 * MINUTE, by=as_actor(wang))
    everything_happens(AT + 3 * MINUTE)
    assert told(wang, "break") == 1


def in_dispute(client: Client | None = None) -> tuple[Case, Dispute, Task, Any]:
    parts, field = a_department("配件部"), a_department("外勤部")
    owner, chief = a_person("agent"), a_person("chief", name="首席")
    case = a_case(owner=owner)
    task = services.ask_task(
        case_id=case.pk,
        title="谁来拆泵",
        ask="请拆泵检查",
        minutes=60,
        department_id=parts.pk,
        at=AT,
        by=as_actor(owner),
    )
    dispute = services.raise_dispute(
        case_id=case.pk, one_id=parts.pk, other_id=field.pk, question="两个部门都说不归自己", task_id=task.pk,
        at=AT, by=as_actor(owner),
    )  # fmt: skip
    assert told(chief, "dispute") == 1
    return case, dispute, task, chief


def test_a_ruling_gives_the_task_to_the_department_that_cannot_reject_it() -> None:
    case, dispute, task, chief = in_dispute()
    ruling = {"dispute_id": dispute.pk, "ruling": "拆泵归外勤部", "minutes": 120, "at": AT}
    services.rule_on(**ruling, answerable_id=dispute.other_id, by=as_actor(chief))
    task.refresh_from_db()
    made = Task.objects.exclude(pk=task.pk).get()
    assert (task.state, made.department_id, made.bound, made.title) == (
        "cancelled",
        dispute.other_id,
        True,
        "谁来拆泵",
    )
    worker = a_person("back_office", department=dispute.other)
    with pytest.raises(Refused):
        services.reject_task(task_id=made.pk, answer="不归我们", at=AT, by=as_actor(worker))
    services.accept_task(task_id=made.pk, at=AT, by=as_actor(worker))
    assert "cases.dispute_ruled" in [row.name for row in timeline(case.subject)]
    with pytest.raises(Refused):
        services.rule_on(**ruling, answerable_id=dispute.one_id, by=as_actor(chief))


def test_a_ruling_for_who_has_the_task_already_binds_it_where_it_is() -> None:
    _case, dispute, task, chief = in_dispute()
    services.rule_on(
        dispute_id=dispute.pk,
        answerable_id=dispute.one_id,
        ruling="归配件部",
        minutes=60,
        at=AT,
        by=as_actor(chief),
    )
    task.refresh_from_db()
    assert (task.bound, task.state, Task.objects.count()) == (True, "asked", 1)


def test_only_the_chief_rules_and_only_between_the_two() -> None:
    _case, dispute, _task, chief = in_dispute()
    ruling = {"dispute_id": dispute.pk, "ruling": "归谁", "minutes": 60, "at": AT}
    with pytest.raises(Forbidden):
        services.rule_on(**ruling, answerable_id=dispute.one_id, by=as_actor(a_person("supervisor")))
    with pytest.raises(Invalid) as caught:
        services.rule_on(**ruling, answerable_id=a_department().pk, by=as_actor(chief))
    assert caught.value.field == "answerable"


def test_the_pages_raise_rule_set_and_take_over(client: Client) -> None:
    case, dispute, _task, chief = in_dispute()
    client.force_login(chief.user)
    assert "两个部门都说不归自己" in client.get("/disputes/").content.decode()
    address = f"/disputes/{dispute.pk}/ruling/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"ruling": "x", "minutes": "60"}).status_code == 422
    given = {"answerable": dispute.one_id, "ruling": "归配件部", "minutes": "60"}
    assert client.post(address, given).status_code == 302
    assert "归配件部" in client.get("/disputes/?ruled=1").content.decode()
    ref = case.reference
    assert client.get(f"/cases/{ref}/disputes/").status_code == 200
    assert (
        client.post(f"/cases/{ref}/disputes/", {"one": "1", "other": "1", "question": "x"}).status_code == 422
    )
    client.force_login(case.owner.user)
    assert client.get("/disputes/").status_code == 403
    assert (
        client.post(f"/cases/{ref}/escalation/", {"trigger": "limit", "reason": "请接手"}).status_code == 302
    )
    client.force_login(a_person("agent", name="接手的").user)
    assert f"/cases/{ref}/takeover/" in client.get(f"/cases/{ref}/").content.decode()
    assert client.post(f"/cases/{ref}/takeover/").status_code == 302
    case.refresh_from_db()
    assert case.owner.name == "接手的"


def test_the_ladders_page_saves_and_says_what_is_wrong(client: Client) -> None:
    boss = a_person("supervisor")
    client.force_login(boss.user)
    assert client.get("/settings/escalation/").status_code == 200
    form = {
        "on_threat": "1",
        "to_threat": "3",
        "number_repeated": "5",
        "people_1_0": boss.id,
        "minutes_1": "30",
    }
    assert client.post("/settings/escalation/", {**form, "number_repeated": "1"}).status_code == 422
    assert client.post("/settings/escalation/", {**form, "people_1_0": "99999"}).status_code == 422
    assert client.post("/settings/escalation/", form).status_code == 302
    assert raised(arrives("咱们法院见")) == [("threat", 3)]
    assert raised(arrives("找你们领导")) == []
    client.force_login(a_person("agent").user)
    assert client.get("/settings/escalation/").status_code == 403


def test_programs_raise_settle_and_rule(client: Client) -> None:
    case, dispute, _task, chief = in_dispute()
    _token, secret = create_token(
        username=chief.user.username, scopes=["cases:read", "cases:write"], at=AT, by=SYSTEM
    )
    api = Client(headers={"authorization": f"Bearer {secret}"})
    base, kind = f"/api/v1/cases/{case.reference}", {"content_type": "application/json"}
    made = api.post(f"{base}/escalations", {"reason": "没有规定", "trigger": "no_guideline"}, **kind)
    assert (made.status_code, made.json()["trigger"], made.json()["level"]) == (201, "no_guideline", 1)
    settled = api.post(f"/api/v1/escalation/{made.json()['id']}/ruling", {"ruling": "按保修办"}, **kind)
    assert settled.json()["ruling"] == "按保修办"
    assert [one["trigger"] for one in api.get(f"{base}/escalations").json()] == ["no_guideline"]
    assert [one["id"] for one in api.get("/api/v1/escalation/disputes").json()["items"]] == [dispute.pk]
    ruled = api.post(
        f"/api/v1/escalation/disputes/{dispute.pk}/ruling",
        {"answerable": dispute.one_id, "ruling": "归配件部"},
        **kind,
    )
    assert ruled.json()["answerable_id"] == dispute.one_id
    assert api.post(f"{base}/escalations", {"reason": "x", "trigger": "luck"}, **kind).status_code == 422
    assert api.post(f"{base}/takeover", {}, **kind).status_code == 409
    assert api.get("/api/v1/escalation/ladder").status_code == 403


def test_programs_set_the_ladder() -> None:
    a_person("supervisor", username="api")
    _token, secret = create_token(username="api", scopes=["cases:read", "cases:write"], at=AT, by=SYSTEM)
    api = Client(headers={"authorization": f"Bearer {secret}"})
    body = {"rules": {"emotion": {"on": False}}, "steps": [{"minutes": 5}, {}, {}]}
    saved = api.put("/api/v1/escalation/ladder", body, content_type="application/json").json()
    assert (saved["version"], saved["rules"]["emotion"]["on"], saved["steps"][0]["minutes"]) == (1, False, 5)
    wrong = {"rules": {"emotion": {"to": 9}}}
    assert api.put("/api/v1/escalation/ladder", wrong, content_type="application/json").status_code == 422
