"""Abuse: first a notice, then a warning, then a contact may be ended; the customer is heard and stays served."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.cases import services as cases
from shouwen.cases.models import Case, Notice
from shouwen.cases.testing import everything_happens
from shouwen.channels.models import Chat
from shouwen.channels.vendors.chat import queries as chats
from shouwen.channels.vendors.chat.testing import Browser, staffed_chat
from shouwen.complaints import services
from shouwen.complaints.models import AbuseRecord
from shouwen.complaints.queries import abuse
from shouwen.complaints.testing import AT, a_case, a_person, as_actor, furnished
from shouwen.customers import queries as customers
from shouwen.kernel.errors import Forbidden, NotFound, Refused
from shouwen.people.models import Staff
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.apikit.services import create_token

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SAID: dict[str, Any] = {"way": "call", "words": "骂人的话", "told": "请您好好说话，我继续为您办。"}
ENDED = {**SAID, "ways": "邮件 help@example.com"}


@pytest.fixture(autouse=True)
def _house() -> None:
    furnished()


@pytest.fixture
def agent() -> Staff:
    return a_person("agent", name="Demo Agent")


@pytest.fixture
def boss() -> Staff:
    return a_person("supervisor", name="Demo Boss")


def taken(case: Case, step: str, by: Staff, at: Any = AT, **change: Any) -> AbuseRecord:
    given = {**(ENDED if step == "ending" else SAID), **change}
    return services.record_abuse(case_id=case.pk, step=step, **given, at=at, by=as_actor(by))


def browser_of(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff.user, backend=BACKEND)
    return client


def test_a_contact_is_ended_only_after_notice_and_warning_and_the_case_stays(agent: Staff) -> None:
    case = a_case(owner=agent)
    for step in ("warning", "ending"):
        with pytest.raises(Refused):
            taken(case, step, agent)
    taken(case, "notice", agent)
    with pytest.raises(Refused):
        taken(case, "ending", agent)
    taken(case, "warning", agent)
    made = taken(case, "ending", agent, told="结束了，还可以找：{ways}")
    case.refresh_from_db()
    assert (case.active, case.owner_id) == (True, agent.pk)
    assert made.ways == "邮件 help@example.com"
    assert made.told == "结束了，还可以找：邮件 help@example.com"
    assert [one.step for one in abuse.of_customer(case.customer_id)] == ["ending", "warning", "notice"]


def test_steps_count_for_the_customer_over_all_cases_until_they_run_out(agent: Staff) -> None:
    first = a_case(owner=agent)
    second = a_case(owner=agent, customer=first.customer)
    taken(first, "notice", agent, days=30)
    taken(second, "warning", agent, days=30)
    assert set(abuse.standing(first.customer_id, AT)) == {"notice", "warning"}
    later = AT + timedelta(days=31)
    assert abuse.standing(first.customer_id, later) == []
    with pytest.raises(Refused):
        taken(first, "ending", agent, later)


def test_a_personal_threat_needs_no_steps_before(agent: Staff) -> None:
    case = a_case(owner=agent)
    services.register_threat(
        case_id=case.pk, kind="personal", who="林晓", words="我知道你住哪", at=AT, by=as_actor(agent)
    )
    made = taken(case, "ending", agent)
    assert made.threat is not None
    with pytest.raises(Refused):
        taken(case, "warning", agent)  # the steps themselves keep their order
    other = a_case(owner=agent)
    services.register_threat(
        case_id=other.pk, kind="legal", who="公司", words="法院见", at=AT, by=as_actor(agent)
    )
    with pytest.raises(Refused):
        taken(other, "ending", agent)


def test_no_rule_takes_a_step(agent: Staff) -> None:
    case = a_case(owner=agent)
    for step in ("notice", "ending"):
        given = ENDED if step == "ending" else SAID
        with pytest.raises(Refused):
            services.record_abuse(case_id=case.pk, step=step, **given, at=AT, by=SYSTEM)
    assert not AbuseRecord.objects.exists()


def test_an_objection_is_reviewed_by_another_supervisor_and_may_take_the_step_back(
    agent: Staff, boss: Staff
) -> None:
    case = a_case(owner=agent)
    made = taken(case, "notice", boss)
    one: dict[str, Any] = {"record_id": made.pk, "at": AT}
    services.flag_for_abuse(**one, by=as_actor(boss))
    assert "骂人的话" in customers.active_flags(case.customer_id, AT)[0].evidence
    with pytest.raises(Refused):
        services.flag_for_abuse(**one, by=as_actor(boss))
    other = a_person("supervisor")
    verdict = {"verdict": "overturned", "why": "录音里没有", **one}
    with pytest.raises(Refused):
        services.review_abuse(**verdict, by=as_actor(other))  # nobody has objected
    services.object_to_abuse(text="我没有骂人", **one, by=as_actor(agent))
    assert set(Notice.objects.filter(kind="abuse_objected").values_list("user_id", flat=True)) == {other.pk}
    with pytest.raises(Refused):
        services.object_to_abuse(text="又一次", **one, by=as_actor(agent))
    with pytest.raises(Refused):
        services.review_abuse(**verdict, by=as_actor(boss))  # who took the step
    with pytest.raises(Forbidden):
        services.review_abuse(**verdict, by=as_actor(agent))
    services.review_abuse(**verdict, by=as_actor(other))
    assert abuse.standing(case.customer_id, AT) == []
    assert customers.active_flags(case.customer_id, AT) == []  # what rested on it goes with it
    with pytest.raises(Refused):
        taken(case, "warning", agent)
    with pytest.raises(Refused):
        services.review_abuse(**verdict, by=as_actor(other))


def test_figures_tell_steps_objections_and_what_was_taken_back(agent: Staff, boss: Staff) -> None:
    case = a_case(owner=agent)
    first = taken(case, "notice", agent)
    taken(case, "warning", agent)
    taken(case, "ending", agent)
    taken(a_case(owner=agent), "notice", agent, AT - timedelta(days=100))
    services.object_to_abuse(record_id=first.pk, text="不是", at=AT, by=as_actor(agent))
    services.review_abuse(record_id=first.pk, verdict="overturned", why="误会", at=AT, by=as_actor(boss))
    assert abuse.figures(AT - timedelta(days=90)) == abuse.AbuseFigures(1, 1, 1, 1, 1)


def test_the_words_are_filled_in_for_the_case(agent: Staff) -> None:
    case = a_case(owner=agent)
    said = abuse.filled(case, "en", "by mail")
    assert case.reference in said["notice"]
    assert "Demo Agent" in said["warning"]
    assert "by mail" in said["ending"]
    assert "{" not in "".join(abuse.filled(case, "zh-hans", "邮件").values())


def test_pages_show_it_and_bad_input_names_the_field(agent: Staff, boss: Staff) -> None:
    case = a_case(owner=agent)
    client = browser_of(agent)
    new = reverse("complaints:abuse-new", args=[case.reference])
    assert case.reference in client.get(new).content.decode()
    assert client.post(new, {"step": "zzz", "days": "x"}).status_code == 422
    assert client.post(new, {"step": "warning", "days": "30", **SAID}).status_code == 409
    assert client.post(new, {"step": "notice", "days": "30", **SAID}).status_code == 302
    made = AbuseRecord.objects.get()
    at = reverse("complaints:abuse-record", args=[made.pk])
    assert "骂人的话" in client.get(at).content.decode()
    assert client.post(f"{at}objection/", {"text": " "}).status_code == 422
    assert client.post(f"{at}objection/", {"text": "不是这样"}).status_code == 302
    assert client.post(f"{at}review/", {"verdict": "upheld", "why": "x"}).status_code == 403
    assert browser_of(boss).post(f"{at}review/", {"verdict": "zzz", "why": ""}).status_code == 422
    assert (
        browser_of(boss)
        .get("/complaints/abuse/?hearing=waiting&recent=1")
        .content.decode()
        .count(case.reference)
        == 1
    )
    assert browser_of(boss).post(f"{at}review/", {"verdict": "upheld", "why": "录音为证"}).status_code == 302
    page = browser_of(boss).get(reverse("customers:customer", args=[case.customer_id])).content.decode()
    assert at in page
    chief = browser_of(a_person("chief"))
    template = abuse.templates()[0]
    assert chief.get("/settings/threats/").status_code == 200
    words = reverse("complaints:abuse-template", args=[template.pk])
    assert chief.post(words, {"text": "请好好说话"}).status_code == 302
    assert abuse.template(template.pk).text == "请好好说话"


def test_a_record_of_a_case_one_does_not_see_does_not_exist(agent: Staff) -> None:
    case = a_case(owner=agent)
    made = taken(case, "notice", agent)
    case.restricted = True
    case.save()
    for someone in (a_person("agent"), a_person("provider")):
        with pytest.raises(NotFound):
            abuse.get(made.pk, as_actor(someone))
    with pytest.raises(NotFound):
        services.record_abuse(case_id=case.pk, step="notice", **SAID, at=AT, by=as_actor(a_person("agent")))


class Caller:
    """A program with a person's token."""

    def __init__(self, staff: Staff, *scopes: str) -> None:
        wanted = scopes or ("threats:read", "threats:write")
        _token, secret = create_token(username=staff.user.username, scopes=wanted, at=now(), by=SYSTEM)
        self.headers = {"Authorization": f"Bearer {secret}"}

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        return Client().generic(
            method,
            f"/api/v1{path}",
            data=json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers=self.headers,
        )


def test_a_program_gives_notices_but_ends_no_contact(agent: Staff, boss: Staff) -> None:
    case = a_case(owner=agent)
    call, above = Caller(agent), Caller(boss)
    given = {"case": case.reference, **SAID}
    early = call("POST", "/abuse", {**given, "step": "warning"})
    assert (early.status_code, early.json()["field"]) == (409, "step")
    made = call("POST", "/abuse", {**given, "step": "notice"})
    assert made.status_code == 201
    assert call("POST", "/abuse", {**given, "step": "warning"}).status_code == 201
    ending = call("POST", "/abuse", {**given, "step": "ending", "ways": "mail"})
    assert (ending.status_code, ending.json()["field"]) == (409, "step")
    at = f"/abuse/{made.json()['id']}"
    assert call("POST", f"{at}/objection", {"text": "不是"}).json()["objection"] == "不是"
    assert call("POST", f"{at}/review", {"verdict": "upheld", "why": "x"}).status_code == 403
    assert above("POST", f"{at}/review", {"verdict": "upheld", "why": "x"}).json()["verdict"] == "upheld"
    assert above("GET", "/abuse/figures").json()["notices"] == 1
    assert call("GET", "/abuse/figures").status_code == 403
    assert len(call("GET", "/abuse?step=notice").json()["items"]) == 1
    assert call("GET", "/abuse?step=zzz").status_code == 422


def test_a_program_follows_a_threat_to_its_end(agent: Staff, boss: Staff) -> None:
    case = a_case(owner=agent)
    call, above = Caller(agent), Caller(boss)
    given = {"case": case.reference, "kind": "media", "who": "公司", "words": "我要曝光"}
    wrong = call("POST", "/threats", {**given, "who": ""})
    assert wrong.status_code == 422
    assert "who" in json.dumps(wrong.json())
    made = call("POST", "/threats", given)
    assert made.status_code == 201, made.content
    assert call("POST", "/threats", given).json()["id"] == made.json()["id"]  # asked twice, registered once
    at = f"/threats/{made.json()['id']}"
    assert call("POST", f"{at}/acknowledgement").status_code == 409
    assert above("POST", f"{at}/acknowledgement").json()["state"] == "acknowledged"
    assert call("POST", f"{at}/steps", {"sort": "talk", "text": "已回电"}).status_code == 201
    assert [one["text"] for one in call("GET", f"{at}/steps").json()] == ["已回电"]
    assert above("POST", f"{at}/outcome", {"outcome": "averted", "note": "好了"}).json()["state"] == "ended"
    assert above("GET", "/threats").json()["items"] == []
    assert len(above("GET", "/threats?state=all").json()["items"]) == 1
    stranger = Caller(a_person("agent"))
    assert stranger("GET", at).status_code == 404
    narrow = Caller(agent, "threats:read")
    assert narrow("POST", "/threats", given).status_code == 403
    assert call("GET", "/threats?colour=red").status_code == 422
    assert call("POST", "/threats", {**given, "colour": "red"}).status_code == 422


def test_ending_a_contact_by_chat_tells_the_visitor_in_the_window_and_closes_it() -> None:
    account, agent = staffed_chat()
    visitor = Browser(account)
    visitor.opens()
    visitor.says("骂人的话")
    everything_happens(now())
    case = Case.objects.get()
    cases.take(case_id=case.pk, at=now(), by=as_actor(agent))
    for step in ("notice", "warning"):
        taken(case, step, agent, now(), way="chat")
    assert Chat.objects.get().state == "talking"
    taken(case, "ending", agent, now(), way="chat", told="今天先到这里。您可以写信：{ways}")
    chat = Chat.objects.get()
    last = chats.lines_after(chat.pk, 0)[-1]
    assert (chat.state, last["ours"], last["text"]) == (
        "closed",
        True,
        "今天先到这里。您可以写信：邮件 help@example.com",
    )
    standing = visitor.says("还想骂").json()["standing"]
    assert (standing["mode"], standing["staffed"]) == ("closed", False)
    assert chats.lines_after(chat.pk, 0)[-1]["text"] == "还想骂", "kept with the request"
    case.refresh_from_db()
    assert (case.owner_id, case.state in ("closed", "resolved")) == (agent.pk, False)
    assert "结束了聊天" in browser_of(agent).get(f"/cases/{case.reference}/").content.decode()
