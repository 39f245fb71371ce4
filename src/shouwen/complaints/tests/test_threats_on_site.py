"""Who is held on site asks for authority from the page of the threat; and what is wrong with a file is said at it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.cases import services as case_services
from shouwen.cases.models import Notice
from shouwen.complaints import services
from shouwen.complaints.models import Approval, Complaint, Grant
from shouwen.complaints.testing import AT, a_case, a_complaint, a_person, as_actor, furnished
from shouwen.complaints.tests.test_threats import browser_of, registered
from shouwen.kernel.errors import Invalid, NotFound, TooLarge
from shouwen.people.models import Staff
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.apikit.services import create_token
from shouwen.platform.files import services as files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"
    furnished()


@pytest.fixture
def boss() -> Staff:
    return a_person("supervisor", "chief", name="Demo Boss", presence="on_duty")


@pytest.fixture
def agent() -> Staff:
    return a_person("agent", name="Demo Agent")


def test_who_is_held_where_nobody_complained_asks_from_the_same_page(boss: Staff, agent: Staff) -> None:
    case = a_case(owner=agent)
    made = registered(case, agent)
    at = f"/complaints/threats/{made.pk}/"
    assert f"{at}question/" in browser_of(agent).get(at).content.decode()
    asked = {"title": "先退三千元，人车放行", "remedy": "refund", "amount": "3000"}
    assert browser_of(agent).post(f"{at}question/", asked).status_code == 302
    approval = Approval.objects.get(case=case, complaint=None)
    assert (approval.title, approval.amount, approval.state) == ("先退三千元，人车放行", 300_000, "asked")
    assert Notice.objects.filter(kind="approval_asked", user_id=boss.pk).exists()
    say = reverse("complaints:case-word", args=[case.reference, approval.pk])
    assert say in browser_of(boss).get(at).content.decode()
    assert say not in browser_of(agent).get(at).content.decode()
    assert browser_of(boss).post(say, {"yes": "yes", "next": at}).headers["Location"] == at
    assert Grant.objects.get(case=case, complaint=None).amount == 300_000
    assert Complaint.objects.filter(case=case).count() == 0
    again = browser_of(agent).post(f"{at}question/", {**asked, "amount": "0"})
    assert again.status_code == 422


@pytest.mark.parametrize("kind", ["repair", "complaint"])
def test_who_works_on_no_complaints_is_held_all_the_same_and_may_ask(
    boss: Staff, agent: Staff, kind: str
) -> None:
    technician = a_person("back_office", name="Demo Technician")
    case = a_complaint(owner=agent).case if kind == "complaint" else a_case(owner=agent)
    asked_to = {"title": "上门检查", "ask": "请上门", "minutes": 180, "assignee_id": technician.pk}
    case_services.ask_task(case_id=case.pk, **asked_to, at=AT, by=as_actor(agent))
    made = registered(case, technician)
    at = f"/complaints/threats/{made.pk}/"
    assert not as_actor(technician).can("complaints.work")
    assert f"{at}question/" in browser_of(technician).get(at).content.decode()
    asked = {"title": "先退三千元，人车放行", "remedy": "refund", "amount": "3000"}
    assert browser_of(technician).post(f"{at}question/", asked).status_code == 302
    approval = Approval.objects.get(case=case)
    assert (approval.asked_by, approval.option_id is not None) == (technician.pk, kind == "complaint")
    assert (
        browser_of(technician).post(f"{at}question/", asked).status_code == 409
    )  # a second click asks nobody twice
    assert "先退三千元，人车放行" in browser_of(technician).get(at).content.decode()
    services.sign(approval_id=approval.pk, yes=True, at=AT, by=as_actor(boss))
    assert Notice.objects.filter(user_id=technician.pk, kind="approval_granted").exists()


def test_a_stranger_to_the_threat_asks_nothing_there(boss: Staff, agent: Staff) -> None:
    made = registered(a_case(owner=agent), agent)
    asked = {"title": "放行", "remedy": "refund", "amount": "3000"}
    stranger = browser_of(a_person("back_office"))
    assert stranger.post(f"/complaints/threats/{made.pk}/question/", asked).status_code == 404
    with pytest.raises(NotFound):
        services.ask_on_site(
            threat_id=made.pk, remedy="refund", amount=1, title="x", at=AT, by=Actor(customer_id=1)
        )
    assert not Approval.objects.exists()


def test_a_program_asks_on_site_as_the_page_does(boss: Staff, agent: Staff) -> None:
    made = registered(a_case(owner=agent), agent)
    scopes = ["threats:read", "threats:write"]
    _made, secret = create_token(username=agent.user.username, scopes=scopes, at=AT, by=SYSTEM)
    asked = {"title": "放行", "remedy": "refund", "amount": 300_000}

    def send(body: dict[str, Any]) -> Any:
        kept = {"content_type": "application/json", "headers": {"Authorization": f"Bearer {secret}"}}
        return Client().post(f"/api/v1/threats/{made.pk}/questions", body, **kept)

    answer = send(asked)
    assert answer.status_code == 201
    assert (answer.json()["state"], answer.json()["amount"]) == ("asked", 300_000)
    assert send(asked).status_code == 409
    assert send({**asked, "amount": 0}).json()["errors"].keys() == {"amount"}
    assert send({**asked, "remedy": "gold"}).status_code == 422


def test_a_file_that_is_empty_or_too_large_is_said_at_the_field_of_the_file(
    boss: Staff, agent: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.store, "__kwdefaults__", {"limit": 1024})
    complaint = a_complaint(owner=agent)
    threat = registered(complaint.case, agent)
    for body, fault in ((b"", Invalid), (b"x" * 1025, TooLarge)):
        given: dict[str, Any] = {"file": ("photo.png", body), "title": "x", "at": AT, "by": as_actor(agent)}
        with pytest.raises(fault) as by_complaint:
            services.add_evidence(complaint_id=complaint.pk, sort="photo", party="ours", shows="", **given)
        with pytest.raises(fault) as by_threat:
            services.add_threat_evidence(threat_id=threat.pk, **given)
        assert by_complaint.value.field == by_threat.value.field == "file"
        assert set(by_complaint.value.errors) == set(by_threat.value.errors) == {"file"}
