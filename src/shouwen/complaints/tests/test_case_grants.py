"""Authority in any case: who can decide now, one action to ask, the same matrix, two persons, the same books."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.cases.models import Case, Notice
from shouwen.complaints import queries, services
from shouwen.complaints.models import Approval, Grant
from shouwen.complaints.testing import (
    AT,
    LATER,
    a_case,
    a_complaint,
    a_person,
    as_actor,
    furnished,
)
from shouwen.complaints.tests.test_api_records import Caller
from shouwen.kernel.errors import Invalid, NotFound, Refused
from shouwen.people.models import Staff
from shouwen.platform.access import SYSTEM
from shouwen.platform.preferences import services as preferences
from shouwen.platform.windows import look

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _house() -> None:
    furnished()


@pytest.fixture
def agent() -> Staff:
    return a_person("agent", name="An")


@pytest.fixture
def boss() -> Staff:
    return a_person("supervisor", name="Bao", presence="on_duty")


@pytest.fixture
def case(agent: Staff) -> Case:
    return a_case(owner=agent, kind="repair")


def asked(case: Case, by: Staff, amount: int = 100_000, **more: Any) -> Approval:
    given = {"remedy": "refund", "title": "Second visit", "at": AT, "by": as_actor(by), **more}
    return services.ask_for_case(case_id=case.pk, amount=amount, **given)


def page_of(who: Staff) -> Client:
    client = Client()
    client.force_login(who.user, backend=BACKEND)
    return client


def test_asking_in_a_case_tells_who_can_decide_and_the_time_is_measured(
    case: Case, agent: Staff, boss: Staff
) -> None:
    question = asked(case, agent)
    assert Notice.objects.filter(user_id=boss.pk, kind="approval_asked", case=case).count() == 1
    assert list(queries.waiting_for(as_actor(boss), AT)) == [question]
    with pytest.raises(Refused):
        asked(case, agent)
    services.sign(approval_id=question.pk, yes=True, at=LATER, by=as_actor(boss))
    assert queries.decision_time(AT).mean == timedelta(hours=1)
    line = queries.ledger(month=AT.date()).get()
    assert (line.case_id, line.complaint_id, line.amount) == (case.pk, None, 100_000)
    assert Notice.objects.filter(user_id=agent.pk, kind="approval_granted").count() == 1


def test_beyond_the_matrix_nothing_is_granted_in_a_case_by_no_way(
    case: Case, agent: Staff, boss: Staff
) -> None:
    with pytest.raises(Refused, match="beyond your authority"):
        services.grant_in_case(
            case_id=case.pk, remedy="refund", amount=20_001, title="x", at=AT, by=as_actor(agent)
        )
    assert not Approval.objects.exists()  # asked and granted is one step: neither stays
    question = asked(case, agent)
    for by in (as_actor(agent), SYSTEM):
        with pytest.raises(Refused):
            services.sign(approval_id=question.pk, yes=True, at=AT, by=by)
    with pytest.raises(Refused):
        asked(case, agent, 10**12, remedy="waiver")
    posted = {"remedy": "waiver", "amount": "300.01", "title": "x", "own": "1"}
    address = reverse("complaints:case-authority", args=[case.reference])
    assert page_of(agent).post(address, posted).status_code == 409
    assert not Grant.objects.exists()


def test_above_the_threshold_two_others_say_yes_in_a_case_too(case: Case, boss: Staff) -> None:
    preferences.change(values={"complaints.two_people_above": 1000}, at=AT, by=SYSTEM)
    second, chief = a_person("supervisor"), a_person("chief")
    question = asked(case, boss, 400_000)
    with pytest.raises(Refused, match="Two other people"):
        services.sign(approval_id=question.pk, yes=True, at=AT, by=as_actor(boss))
    assert services.sign(approval_id=question.pk, yes=True, at=AT, by=as_actor(second)).state == "asked"
    assert services.sign(approval_id=question.pk, yes=True, at=AT, by=as_actor(chief)).state == "granted"


def test_what_was_granted_in_cases_and_complaints_is_one_sum(case: Case, agent: Staff) -> None:
    by = as_actor(agent)
    before = queries.room_of(by, "refund", LATER).left
    services.grant_in_case(case_id=case.pk, remedy="refund", amount=20_000, title="x", at=AT, by=by)
    assert queries.room_of(by, "refund", LATER).left == before - 20_000
    grant = Grant.objects.get().pk
    one = {"case_id": case.pk, "grant_id": grant, "at": LATER, "by": by}
    other = {**one, "case_id": a_case().pk}
    with pytest.raises(NotFound):
        services.release_in_case(reason="x", **other)  # type: ignore[arg-type]
    services.release_in_case(reason="Not needed", **one)  # type: ignore[arg-type]
    assert queries.room_of(by, "refund", LATER).left == before
    with pytest.raises(Refused):
        services.settle_in_case(**one)  # type: ignore[arg-type]


def test_a_complaint_keeps_its_own_options_and_a_closed_case_grants_nothing(
    agent: Staff, boss: Staff
) -> None:
    made = a_complaint(owner=agent)
    with pytest.raises(Refused):
        asked(made.case, agent)
    closed = a_case(owner=agent, kind="repair")
    Case.objects.filter(pk=closed.pk).update(active=False, state="closed")
    with pytest.raises(Refused):
        asked(closed, agent)
    open_one = a_case(owner=agent, kind="repair")
    for given, field in (
        ({"remedy": "gold"}, "remedy"),
        ({"remedy": "apology"}, "amount"),
        ({"title": " "}, "title"),
    ):
        with pytest.raises(Invalid) as fault:
            asked(open_one, agent, **given)
        assert field in fault.value.errors


def test_the_case_page_shows_who_can_decide_without_one_more_question(
    case: Case, agent: Staff, boss: Staff
) -> None:
    from django.db import connection

    with CaptureQueriesContext(connection) as statements:
        shown = look("case.sidebar", case, as_actor(agent))
    assert f"/cases/{case.reference}/authority/" in shown
    assert not [one for one in statements if "complaints_" in one["sql"]]
    address = reverse("complaints:case-authority", args=[case.reference])
    card = page_of(agent).get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Bao" in card
    assert "<html" not in card
    assert "authority-form" in card
    sent = page_of(agent).post(address, {"remedy": "refund", "amount": "1000", "title": "Second visit"})
    assert sent.status_code == 302
    question = Approval.objects.get()
    answer = reverse("complaints:case-word", args=[case.reference, question.pk])
    assert page_of(boss).post(answer, {"yes": "no"}).status_code == 422  # a no says why
    assert page_of(boss).post(answer, {"yes": "yes"}).status_code == 302
    line = reverse("complaints:case-grant", args=[case.reference, Grant.objects.get().pk])
    assert page_of(agent).post(line, {"deed": "release", "text": ""}).status_code == 422
    assert page_of(agent).post(line, {"deed": "settle", "text": "P-1"}).status_code == 302
    assert Grant.objects.get().settled_ref == "P-1"
    whole = page_of(boss).get(address).content.decode()
    assert "Second visit" in whole
    chief = page_of(a_person("chief"))
    assert case.reference in chief.get(reverse("complaints:ledger")).content.decode()
    stranger = page_of(a_person("provider"))
    assert stranger.get(address).status_code in {403, 404}


def test_a_program_asks_and_answers_in_any_case(case: Case, boss: Staff) -> None:
    call, chief = Caller("agent"), Caller("supervisor")
    root = f"/compensation/cases/{case.reference}"
    body = {"remedy": "refund", "amount": 100_000, "title": "Second visit"}
    assert call("POST", f"{root}/grants", body).status_code == 409
    question = call("POST", f"{root}/questions", body)
    assert question.status_code == 201
    word = f"{root}/questions/{question.json()['id']}/word"
    assert call("POST", word, {"yes": True}).status_code == 409
    elsewhere = f"/compensation/cases/{a_case().reference}/questions/{question.json()['id']}/word"
    assert chief("POST", elsewhere, {"yes": True}).status_code == 404
    assert chief("POST", word, {"yes": True}).status_code == 200
    found = call("GET", root).json()
    assert [one["state"] for one in found["questions"]] == ["granted"]
    settle = f"{root}/grants/{found['grants'][0]['id']}/settlement"
    assert call("POST", settle, {"settled_ref": "P-1"}).status_code == 200
    assert call("GET", root).json()["grants"][0]["state"] == "settled"
    again = call("POST", f"{root}/questions", body).json()["id"]
    assert call("POST", f"{root}/questions/{again}/withdrawal").status_code == 200
    assert call("POST", f"{root}/questions", {**body, "amount": -1}).status_code == 422
    assert Caller("provider")("GET", root).status_code in {403, 404}


def test_what_one_grants_alone_in_one_step_nobody_waited_for(case: Case, boss: Staff) -> None:
    services.grant_in_case(
        case_id=case.pk, remedy="waiver", amount=5_000, title="免运费", at=AT, by=as_actor(boss)
    )
    assert queries.decision_time(AT).n == 0
