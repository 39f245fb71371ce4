"""The supervisor's page, rulings, tasks with their gate, notices."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.cases import queries, services
from shouwen.cases.models import Escalation, Notice, Task
from shouwen.cases.queries import noticing, supervising
from shouwen.cases.rules import gate
from shouwen.cases.testing import a_case, furnished
from shouwen.customers.testing import a_customer
from shouwen.kernel.errors import Invalid
from shouwen.people.testing import a_department, a_person, a_provider, a_team, as_actor
from shouwen.platform.access import now

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STANDARD = "- 结论明确\n- 附数据"
WORDS = {
    "name": "王芳", "reason": "休假", "due": "2026-03-02T02:00:00+00:00", "share": 80, "text": "回电",
    "title": "检测", "state": "delivered", "sort": "first_reply", "address": "a@b.c", "word": "100% 满意",
    "number": 12,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _installation():
    furnished(now())


def signed_in(person):
    client = Client()
    client.force_login(person.user, backend=BACKEND)
    return client


@pytest.fixture
def team():
    return a_team("整机组")


@pytest.fixture
def wang(team):
    return a_person("agent", name="王芳", teams=(team,), presence="on_duty")


@pytest.fixture
def jiang(team):
    return a_person("supervisor", name="蒋薇", teams=(team,))


@pytest.fixture
def case(wang):
    return a_case(
        customer=a_customer("赵磊", phone="13812345678"),
        subject="发动机异响",
        owner=wang,
        at=now(),
        channel="phone",
    )


def a_task(case, by, **whom):
    wanted = {"title": "出检测结论", "ask": "请到场检测", "standard": STANDARD, "minutes": 60}
    return services.ask_task(case_id=case.pk, **wanted, **whom, at=now(), by=as_actor(by))


def test_the_board_shows_what_was_raised_what_is_nobodys_and_who_carries_how_much(case, wang, jiang):
    services.escalate(case_id=case.pk, reason="客户要求见领导", at=now(), by=as_actor(wang))
    a_case(subject="没人管的事", team_id=case.team_id, at=now())
    services.ask_handoff(
        case_id=case.pk, to_id=jiang.id, reason="需要主管", summary="两次维修未果，客户要求赔偿", at=now(), by=as_actor(wang)
    )  # fmt: skip
    board = supervising.board(as_actor(jiang), [case.team_id], now())
    assert [one.case_id for one in board.escalations] == [case.pk]
    assert [one.subject_line for one in board.unowned] == ["没人管的事"]
    assert [one.to_id for one in board.handoffs] == [jiang.id]
    assert {load.staff.id: load.cases for load in board.loads} == {wang.id: 1, jiang.id: 0}
    html = signed_in(jiang).get(reverse("cases:supervisor")).content.decode()
    for word in ("客户要求见领导", "没人管的事", "王芳", "需要主管"):
        assert word in html


def test_a_promise_that_broke_stands_there_until_somebody_says_why(case, wang, jiang):
    from shouwen.promises.services import tick

    at = now()
    services.promise(
        case_id=case.pk, text="今天到场", due_at=at + timedelta(minutes=30), at=at, by=as_actor(wang)
    )
    tick(at + timedelta(hours=1))
    board = supervising.board(as_actor(jiang), None, at + timedelta(hours=1))
    assert [one.promise.text for one in board.broken] == ["今天到场"]
    assert "今天到场" in signed_in(jiang).get(reverse("cases:supervisor"), {"team": "all"}).content.decode()


def test_another_team_is_not_on_the_board(case, jiang):
    board = supervising.board(as_actor(jiang), [a_team().pk], now())
    assert (board.unowned, board.escalations) == ([], [])


def test_a_ruling_reaches_the_owner(case, wang, jiang):
    raised = services.escalate(case_id=case.pk, reason="客户要求见领导", at=now(), by=as_actor(wang))
    url = reverse("cases:escalation-ruling", args=[raised.pk])
    client = signed_in(jiang)
    empty = client.post(url, {"ruling": ""})
    assert empty.status_code == 422
    assert "id_ruling-error" in empty.content.decode()
    assert client.post(url, {"ruling": "今天由我陪同到场"}).status_code == 302
    assert Escalation.objects.get().ruling == "今天由我陪同到场"
    assert Notice.objects.filter(user_id=wang.id, kind="ruling").exists()
    again = client.post(url, {"ruling": "再裁一次"})
    assert again.status_code == 409
    assert "再裁一次" in again.content.decode()


def test_an_agent_neither_sees_the_board_nor_rules(case, wang):
    raised = services.escalate(case_id=case.pk, reason="x", at=now(), by=as_actor(wang))
    client = signed_in(wang)
    assert client.get(reverse("cases:supervisor")).status_code == 403
    assert (
        client.post(reverse("cases:escalation-ruling", args=[raised.pk]), {"ruling": "x"}).status_code == 403
    )


def test_a_task_goes_from_the_department_through_its_gate(case, wang):
    department = a_department()
    expert = a_person("back_office", department=department)
    task = a_task(case, wang, department_id=department.pk)
    theirs, ours = signed_in(expert), signed_in(wang)
    assert "出检测结论" in theirs.get(reverse("cases:tasks"), {"view": "offered"}).content.decode()
    page = theirs.get(reverse("cases:task", args=[task.pk])).content.decode()
    assert "结论明确" in page
    assert "铲斗开裂" in page  # the conversation, read only
    theirs.post(reverse("cases:task-accept", args=[task.pk]))
    theirs.post(reverse("cases:task-deliver", args=[task.pk]), {"delivery": "活塞销磨损"})
    half = ours.post(reverse("cases:task-approve", args=[task.pk]), {"gate": ["1"]})
    assert half.status_code == 422
    assert "id_gate" in half.content.decode()
    ours.post(reverse("cases:task-return", args=[task.pk]), {"missing": "缺数据"})
    assert Task.objects.get().state == "returned"
    theirs.post(reverse("cases:task-deliver", args=[task.pk]), {"delivery": "活塞销磨损，数据见附件"})
    ours.post(reverse("cases:task-approve", args=[task.pk]), {"gate": ["1", "2"], "word": "谢谢"})
    task.refresh_from_db()
    assert (task.state, task.return_count, task.answer) == ("approved", 1, "谢谢")


def test_a_task_is_sent_back_only_with_a_reason(case, wang):
    department = a_department()
    client = signed_in(a_person("back_office", department=department))
    task = a_task(case, wang, department_id=department.pk)
    empty = client.post(reverse("cases:task-reject", args=[task.pk]), {"answer": ""})
    assert empty.status_code == 422
    assert "id_answer" in empty.content.decode()
    assert (
        client.post(reverse("cases:task-reject", args=[task.pk]), {"answer": "归质量部"}).status_code == 302
    )


def test_a_provider_sees_the_task_and_nothing_of_the_customer(case, wang):
    provider = a_provider()
    services.note(case_id=case.pk, text="内部备注", at=now(), by=as_actor(wang))
    client = signed_in(a_person("provider", provider=provider))
    task = a_task(case, wang, provider_id=provider.pk)
    for url in (reverse("cases:task", args=[task.pk]), reverse("cases:tasks") + "?view=offered"):
        html = client.get(url).content.decode()
        assert "出检测结论" in html
        for secret in ("赵磊", "13812345678", "铲斗开裂，请马上处理", "内部备注"):
            assert secret not in html


def test_a_provider_opens_the_task_alone_and_no_page_of_the_case(case, wang):
    provider = a_provider()
    client = signed_in(a_person("provider", provider=provider))
    stranger = signed_in(a_person("provider", provider=a_provider()))
    task = a_task(case, wang, provider_id=provider.pk)
    ref = case.reference
    pages = [
        reverse(f"cases:{name}", args=[ref])
        for name in ("case", "timeline", "related", "events", "inserts", "resolution")
    ]
    for url in (
        *pages,
        reverse("cases:inbox"),
        reverse("cases:inbox-list"),
        reverse("cases:inbox-counts"),
        reverse("cases:search"),
    ):
        assert client.get(url, {"before": "9", "q": "赵磊"}).status_code in (403, 404), url
    for name in ("note", "reply", "watch", "presence-beat", "take"):
        assert client.post(reverse(f"cases:{name}", args=[ref]), {"text": "我来看看"}).status_code in (
            403,
            404,
        ), name
    assert client.post(reverse("cases:draft", args=[ref, "note"]), {"text": "x"}).status_code in (403, 404)
    assert client.get("/", follow=True).status_code == 200
    assert client.get(reverse("cases:notices")).status_code == 200
    assert stranger.get(reverse("cases:task", args=[task.pk])).status_code == 404
    assert stranger.post(reverse("cases:task-accept", args=[task.pk])).status_code == 404
    assert client.post(reverse("cases:task-accept", args=[task.pk])).status_code == 302
    delivered = client.post(reverse("cases:task-deliver", args=[task.pk]), {"delivery": "轴承磨损，需更换"})
    assert delivered.status_code == 302
    assert Task.objects.get().state == "delivered"
    assert (
        reverse("cases:case", args=[ref])
        not in client.get(reverse("cases:task", args=[task.pk])).content.decode()
    )


def test_a_task_of_another_department_does_not_exist_and_the_wrong_side_may_not_decide(case, wang):
    task = a_task(case, wang, department_id=a_department().pk)
    stranger = signed_in(a_person("back_office", department=a_department()))
    assert stranger.get(reverse("cases:task", args=[task.pk])).status_code == 404
    assert stranger.post(reverse("cases:task-accept", args=[task.pk])).status_code == 404
    assert stranger.post(reverse("cases:task-approve", args=[task.pk])).status_code == 404


@pytest.mark.parametrize(
    ("standard", "points"),
    [
        ("", []),
        ("- 结论明确\n* 附数据\n3. 下一步", ["结论明确", "附数据", "下一步"]),
        ("有货；能当天发出", ["有货", "能当天发出"]),
        ("one line only", ["one line only"]),
    ],
)
def test_a_standard_is_read_point_by_point(standard, points):
    assert gate.points(standard) == points


def test_a_gate_without_points_stands_open_and_half_ticked_does_not():
    gate.check_passed("", [])
    gate.check_passed(STANDARD, [0, 1])
    with pytest.raises(Invalid) as invalid:
        gate.check_passed(STANDARD, [1])
    assert invalid.value.field == "gate"


@pytest.mark.parametrize("kind", sorted(noticing.SENTENCES))
@pytest.mark.parametrize("params", [{}, WORDS])
def test_every_notice_has_a_sentence_even_without_its_words(kind, params):
    shown = noticing.shown(Notice(kind=kind, params=params, user_id=1, at=now()))
    assert shown.sentence
    assert "%(" not in shown.sentence


def test_reading_a_notice_leads_to_its_case_and_only_ones_own_are_read(case, wang, jiang):
    services.escalate(case_id=case.pk, reason="客户要求见领导", at=now(), by=as_actor(wang))
    notice = Notice.objects.get(user_id=jiang.id)
    assert "客户要求见领导" in signed_in(jiang).get(reverse("cases:notices")).content.decode()
    url, to = reverse("cases:notices-read"), reverse("cases:case", args=[case.reference])
    signed_in(wang).post(url, {"notice": notice.pk})
    notice.refresh_from_db()
    assert notice.read_at is None
    assert signed_in(jiang).post(url, {"notice": notice.pk, "next": to}).headers["Location"] == to
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert signed_in(jiang).post(url, {"next": "https://elsewhere.example/"}).headers["Location"] == reverse(
        "cases:notices"
    )


def test_what_is_offered_to_my_department_has_a_number_and_is_what_the_page_opens_on(case, wang):
    department = a_department()
    yang = a_person("back_office", name="杨工", department=department)
    stranger = a_person("back_office", department=a_department())
    client, url = signed_in(yang), reverse("cases:tasks")
    empty = client.get(url).content.decode()
    assert queries.tasks_badge(as_actor(yang)).number is None
    assert f'hx-get="{url}?view=mine"' in empty
    task = a_task(case, wang, department_id=department.pk)
    assert (queries.tasks_badge(as_actor(yang)).number, queries.tasks_badge(as_actor(stranger)).number) == (
        1,
        None,
    )
    offered = client.get(url).content.decode()
    assert "出检测结论" in offered
    assert f'hx-get="{url}?view=offered"' in offered  # a refresh stays where the page opened
    client.post(reverse("cases:task-accept", args=[task.pk]))
    assert f'hx-get="{url}?view=mine"' in client.get(url).content.decode()
    assert f'hx-get="{url}?view=asked"' in signed_in(wang).get(url).content.decode()


def test_a_task_offered_to_a_provider_is_counted_for_its_people_alone(case, wang):
    provider = a_provider()
    a_task(case, wang, provider_id=provider.pk)
    theirs, others = (a_person("provider", provider=one) for one in (provider, a_provider()))
    assert (queries.tasks_badge(as_actor(theirs)).number, queries.tasks_badge(as_actor(others)).number) == (
        1,
        None,
    )


def test_who_opens_the_resolution_sees_first_what_is_still_open(case, wang):
    url = reverse("cases:resolution", args=[case.reference])
    assert "open-ends" not in signed_in(wang).get(url).content.decode()
    task = a_task(case, wang, department_id=a_department().pk)
    due = now() + timedelta(hours=2)
    promised = services.promise(case_id=case.pk, text="今天回电", due_at=due, at=now(), by=as_actor(wang))
    html = signed_in(wang).get(url, headers={"HX-Request": "true"}).content.decode()
    before_the_field = html[: html.index("<textarea")]
    for word in (task.title, reverse("cases:task", args=[task.pk]), "今天回电", f"/promises/{promised.pk}/"):
        assert word in before_the_field
