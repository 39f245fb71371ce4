"""The main job by its services: first contact, one owner, promises, help, handoff, the customer's own word."""

from datetime import timedelta
from itertools import pairwise

import pytest

from shouwen.cases import queries, services
from shouwen.cases.models import Case, Escalation, Notice
from shouwen.cases.testing import AT, a_case, everything_happens, furnished, speaks
from shouwen.channels import queries as channels
from shouwen.kernel.errors import Forbidden, Invalid, NotFound, Refused
from shouwen.people import services as staffing
from shouwen.people.testing import a_department, a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.ledger.queries import timeline
from shouwen.promises import queries as promises
from shouwen.promises import services as promising
from shouwen.promises.testing import a_calendar, round_the_clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installation() -> None:
    furnished()


def names(case: Case) -> list[str]:
    return [row.name for row in timeline(case.subject)]


def test_a_rule_proposes_kind_and_priority() -> None:
    case = a_case()
    assert (case.kind, case.urgency, case.priority) == ("repair", 1, 2)


def test_a_new_case_is_offered_to_the_free_agents_of_the_team() -> None:
    team = a_team()
    free = a_person("agent", teams=(team,), presence="on_duty")
    a_person("agent", teams=(team,), presence="break")
    case = a_case(team_id=team.pk)
    everything_happens()
    assert list(case.offers.values_list("staff_id", flat=True)) == [free.id]
    assert Notice.objects.filter(user_id=free.id, kind="offered").count() == 1


def test_the_first_to_take_it_owns_it_and_the_second_is_told_who() -> None:
    first, second = a_person("agent", name="王芳"), a_person("agent")
    case = a_case(owner=first)
    with pytest.raises(Refused) as refused:
        services.take(case_id=case.pk, at=AT, by=as_actor(second))
    assert refused.value.sentence.params == {"name": "王芳"}
    case.refresh_from_db()
    assert (case.owner_id, case.first_asked_id, case.state) == (first.id, first.id, "open")


def test_who_registers_a_call_owns_it() -> None:
    from shouwen.customers.testing import a_customer

    agent = a_person("desk")
    case = services.register_contact(
        channel="phone",
        subject="打不着火",
        text="早上打不着火",
        customer=a_customer(),
        at=AT,
        by=as_actor(agent),
    )
    assert (case.owner_id, case.state, case.channel) == (agent.id, "open", "phone")


def test_a_reply_goes_out_meets_the_clock_and_records_its_promise() -> None:
    agent = a_person("agent")
    case = a_case(owner=agent)
    due = AT + timedelta(minutes=10)
    message = services.reply(
        case_id=case.pk,
        text="您好，10分钟内给您回电。",
        given=[services.PromiseGiven("10分钟内给您回电", due)],
        at=AT,
        by=as_actor(agent),
    )
    case.refresh_from_db()
    assert (message.channel, message.delivery, message.direction) == ("email", "queued", "outbound")
    assert {clock.sort: clock.state for clock in promises.clocks_for(case.subject)}["first_reply"] == "met"
    assert [(p.text, p.due_at) for p in promises.open_for(case.subject)] == [("10分钟内给您回电", due)]
    assert (case.due_at, case.due_sort, case.awaiting) == (due, "promise", "customer")


def test_a_customers_answer_comes_back_to_the_owner_and_has_its_clock() -> None:
    agent = a_person("agent")
    case = a_case(owner=agent)
    services.reply(case_id=case.pk, text="收到，我来处理。", waiting=True, at=AT, by=as_actor(agent))
    locked = queries.locked(case.pk)
    services.receive(case=locked, text="好的，照片已发", channel="email", at=AT + timedelta(hours=1))
    case.refresh_from_db()
    assert (case.state, case.awaiting, case.owner_id) == ("open", "us", agent.id)
    assert "next_reply" in {clock.sort for clock in promises.clocks_for(case.subject) if clock.is_live}


def test_a_handoff_needs_a_reason_a_summary_and_the_others_yes() -> None:
    anna, bo = a_person("agent"), a_person("agent")
    case = a_case(owner=anna)
    with pytest.raises(Invalid) as invalid:
        services.ask_handoff(
            case_id=case.pk, to_id=bo.id, reason="", summary="x" * 20, at=AT, by=as_actor(anna)
        )
    assert invalid.value.field == "reason"
    with pytest.raises(Invalid) as invalid:
        services.ask_handoff(
            case_id=case.pk, to_id=bo.id, reason="休假", summary="短", at=AT, by=as_actor(anna)
        )
    assert invalid.value.field == "summary"
    handoff = services.ask_handoff(
        case_id=case.pk,
        to_id=bo.id,
        reason="休假",
        summary="铲斗开裂，照片已收，等报价",
        at=AT,
        by=as_actor(anna),
    )
    case.refresh_from_db()
    assert case.owner_id == anna.id
    with pytest.raises(Forbidden):
        services.accept_handoff(handoff_id=handoff.pk, at=AT, by=as_actor(anna))
    services.accept_handoff(handoff_id=handoff.pk, at=AT, by=as_actor(bo))
    everything_happens()
    case.refresh_from_db()
    handoff.refresh_from_db()
    assert (case.owner_id, case.handoff_count) == (bo.id, 1)
    assert handoff.customer_told_at is not None
    told = channels.message(handoff.told_message_id)
    assert bo.name in told.text


def test_open_promises_go_with_the_case_and_broken_or_other_peoples_do_not() -> None:
    anna, bo, cleo = (a_person("agent", name=name) for name in ("安娜", "薄云", "柯蓝"))
    case = a_case(owner=anna)
    wanted = {"给您回电": None, "寄出资料": None, "上门检查": cleo.id}
    due = {"给您回电": timedelta(hours=1), "寄出资料": timedelta(days=2), "上门检查": timedelta(days=2)}
    made = {
        text: services.promise(
            case_id=case.pk, text=text, due_at=AT + due[text], deliver_by=who, at=AT, by=as_actor(anna)
        )
        for text, who in wanted.items()
    }
    later = AT + timedelta(hours=2)
    promising.tick(at=later)
    handoff = services.ask_handoff(
        case_id=case.pk,
        to_id=bo.id,
        reason="休假",
        summary="资料明天寄出，等检查",
        at=later,
        by=as_actor(anna),
    )
    services.accept_handoff(handoff_id=handoff.pk, at=later, by=as_actor(bo))
    for one in made.values():
        one.refresh_from_db()
    who = {text: (one.state, one.made_by, one.deliver_by) for text, one in made.items()}
    assert who == {
        "给您回电": ("broken", anna.id, anna.id),
        "寄出资料": ("open", anna.id, bo.id),
        "上门检查": ("open", anna.id, cleo.id),
    }
    said = [row for row in timeline(case.subject) if row.name == "promises.passed_on"]
    assert [(row.data["text"], row.data["to_name"]) for row in said] == [("寄出资料", "薄云")]


def test_the_third_handoff_escalates_by_itself() -> None:
    people = [a_person("agent") for _n in range(4)]
    case = a_case(owner=people[0])
    for before, after in pairwise(people):
        assert case.escalation_level == 0
        handoff = services.ask_handoff(
            case_id=case.pk,
            to_id=after.id,
            reason="专业不符",
            summary="客户说铲斗开裂，已收照片",
            at=AT,
            by=as_actor(before),
        )
        services.accept_handoff(handoff_id=handoff.pk, at=AT, by=as_actor(after))
        case.refresh_from_db()
    assert case.escalation_level == 1
    assert Escalation.objects.get(case=case).trigger == "handoffs"


def test_a_task_has_its_own_clock_and_quality_gate() -> None:
    technical = a_department("技术部")
    agent = a_person("agent")
    expert = a_person("back_office", department=technical)
    case = a_case(owner=agent)
    task = services.ask_task(
        case_id=case.pk,
        title="鉴定裂纹",
        ask="请判断是否属于质量问题",
        standard="附照片和结论",
        minutes=180,
        department_id=technical.pk,
        at=AT,
        by=as_actor(agent),
    )
    assert task.due_at == AT.replace(hour=6, minute=30)  # 10 to 12, lunch, 13:30 to 14:30
    with pytest.raises(Forbidden):
        services.accept_task(task_id=task.pk, at=AT, by=as_actor(a_person("agent")))
    services.accept_task(task_id=task.pk, at=AT, by=as_actor(expert))
    services.deliver_task(task_id=task.pk, delivery="焊缝疲劳", at=AT, by=as_actor(expert))
    services.return_task(task_id=task.pk, answer="缺照片", at=AT, by=as_actor(agent))
    services.deliver_task(task_id=task.pk, delivery="焊缝疲劳，照片已附", at=AT, by=as_actor(expert))
    done = services.approve_task(task_id=task.pk, at=AT, by=as_actor(agent))
    assert (done.state, done.return_count, done.assignee_id) == ("approved", 1, expert.id)
    case.refresh_from_db()
    assert case.owner_id == agent.id


@pytest.mark.parametrize("asked", ["department", "person", "nobody of the night"])
def test_a_tasks_clock_runs_by_the_hours_of_those_asked(asked: str) -> None:
    agent, technical = a_person("agent"), a_department("技术部")
    night = a_team("夜班组")
    staffing.change_team(
        team_id=night.pk, name="夜班组", department_id=technical.pk, active=True, at=AT, by=SYSTEM
    )
    calendar = a_calendar("Night", round_the_clock())
    promising.set_team_calendar(team_id=night.pk, calendar_id=calendar.pk, at=AT, by=SYSTEM)
    expert = a_person("back_office", teams=(night,))
    day = a_person("back_office", department=technical)
    to = {
        "department": {"department_id": technical.pk},
        "person": {"assignee_id": expert.pk},
        "nobody of the night": {"assignee_id": day.pk},
    }[asked]
    task = services.ask_task(
        case_id=a_case(owner=agent).pk,
        title="鉴定裂纹",
        ask="请判断",
        minutes=180,
        at=AT,
        by=as_actor(agent),
        **to,
    )
    by_the_night = AT + timedelta(hours=3)
    assert task.due_at == (AT.replace(hour=6, minute=30) if asked.startswith("nobody") else by_the_night)


def test_the_back_office_sees_only_cases_with_its_tasks() -> None:
    expert = a_person("back_office", department=a_department())
    case = a_case(owner=a_person("agent"))
    with pytest.raises(NotFound):
        queries.get(case.reference, as_actor(expert))


def test_a_broken_promise_stands_on_the_ledger_and_escalates() -> None:
    team = a_team()
    boss = a_person("supervisor", teams=(team,))
    agent = a_person("agent", teams=(team,))
    case = a_case(owner=agent, team_id=team.pk)
    given = [services.PromiseGiven("17点前上门", AT + timedelta(hours=7))]
    services.reply(case_id=case.pk, text="17点前上门", given=given, at=AT, by=as_actor(agent))
    late = AT + timedelta(hours=8)
    promising.tick(at=late)
    everything_happens(late)
    case.refresh_from_db()
    promise = promises.all_for(case.subject)[0]
    assert promise.state == "broken"
    assert "promises.broken" in names(case)
    assert Escalation.objects.filter(case=case, trigger="broken_promise").exists()
    assert Notice.objects.filter(user_id=boss.id, kind="promise_broken").exists()


def test_an_open_task_keeps_a_case_from_being_resolved() -> None:
    agent = a_person("agent")
    case = a_case(owner=agent)
    services.ask_task(
        case_id=case.pk,
        title="查",
        ask="查",
        minutes=60,
        department_id=a_department().pk,
        at=AT,
        by=as_actor(agent),
    )
    with pytest.raises(Refused):
        services.resolve(case_id=case.pk, summary="已经解决了", at=AT, by=as_actor(agent))


def test_only_the_customers_own_word_confirms() -> None:
    agent = a_person("agent")
    case = a_case(owner=agent)
    services.resolve(case_id=case.pk, summary="更换了铲斗，客户试机正常", at=AT, by=as_actor(agent))
    everything_happens()
    case.refresh_from_db()
    assert case.state == "resolved"
    mails = [m for m in channels.messages_of(case.subject) if m.kind == "confirmation"]
    assert len(mails) == 1
    assert "/r/" in mails[0].text
    services.answer_confirmation(case_id=case.pk, solved=False, word="还在漏油", at=AT, by=speaks(case))
    case.refresh_from_db()
    assert (case.state, case.owner_id, case.reopen_count) == ("open", agent.id, 1)
    services.resolve(case_id=case.pk, summary="重新密封，现场确认", at=AT, by=as_actor(agent))
    levels = {"attitude": 5, "timeliness": 3}
    services.answer_confirmation(case_id=case.pk, solved=True, levels=levels, at=AT, by=speaks(case))
    case.refresh_from_db()
    assert case.state == "confirmed"
    satisfaction = promises.satisfaction_of(case.subject, levels)
    assert {one.dimension: one.difference for one in satisfaction.differences} == {
        "attitude": 1,
        "timeliness": -1,
    }


def test_silence_closes_as_unconfirmed_after_working_days() -> None:
    agent = a_person("agent")
    case = a_case(owner=agent)
    made = services.resolve(case_id=case.pk, summary="更换了铲斗", at=AT, by=as_actor(agent))
    assert made.close_at == AT + timedelta(days=7)  # Monday 10:00 and five working days
    assert services.close_silent(at=AT + timedelta(days=6)) == 0
    assert services.close_silent(at=AT + timedelta(days=7)) == 1
    case.refresh_from_db()
    assert case.state == "unconfirmed"


def test_a_stranger_sees_nothing() -> None:
    case = a_case()
    from shouwen.platform.access import ANONYMOUS, customer_actor

    for actor in (ANONYMOUS, customer_actor(999_999, "x"), as_actor(a_person("provider"))):
        with pytest.raises(NotFound):
            queries.get(case.reference, actor)


def test_a_sent_reply_is_counted_once_and_a_changed_wording_warns_its_owner() -> None:
    from shouwen.cases.services.measuring import measure
    from shouwen.knowledge import services as knowledge
    from shouwen.platform.access import SYSTEM

    wording = knowledge.state_wording(
        topic="保修期", text="整机保修两年或四千小时，先到为准。", valid_from=AT.date(), at=AT, by=SYSTEM
    )
    agent = a_person("agent")
    case = a_case(owner=agent)
    message = services.reply(
        case_id=case.pk, text="您好，整机保修两年或四千小时，先到为准。", at=AT, by=as_actor(agent)
    )
    everything_happens()
    assert measure(case_id=case.pk, message_id=message.pk, event_id=1, at=AT) is False
    knowledge.replace_wording(
        wording_id=wording.pk,
        text="整机保修三年。",
        valid_from=AT.date() + timedelta(days=1),
        at=AT,
        by=SYSTEM,
    )
    everything_happens()
    assert Notice.objects.filter(user_id=agent.id, kind="wording").count() == 1


def test_a_mail_to_the_customer_is_text_in_which_nothing_is_escaped() -> None:
    from shouwen.customers.testing import a_customer

    case = a_case(customer=a_customer(name="O'Neill & <West>", email="neill@demo.example"))
    everything_happens()
    (written,) = [one for one in channels.messages_of(case.subject) if one.kind == "acknowledgement"]
    assert "O'Neill & <West>" in written.text


def test_staff_neither_see_the_customers_link_nor_speak_by_it(client) -> None:
    from django.urls import reverse

    from shouwen.cases import links

    agent = a_person("agent")
    expert = a_person("back_office", department=(technical := a_department()))
    case = a_case(owner=agent)
    services.ask_task(
        case_id=case.pk,
        title="查",
        ask="查",
        minutes=60,
        department_id=technical.pk,
        at=AT,
        by=as_actor(agent),
    )
    everything_happens()
    client.force_login(expert.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("cases:case", args=[case.reference])).content.decode()
    address = case.customer.contacts.get().value
    assert "/r/" not in page
    assert address not in page
    client.force_login(agent.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("cases:case", args=[case.reference])).content.decode()
    assert address in page
    token = links.token(case.pk)
    answer = client.post(reverse("cases:customer-answer", args=[token]), {"solved": "yes"})
    assert answer.status_code == 403
