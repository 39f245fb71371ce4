"""By program what used to be on pages only: files, outcomes, the ledger, settings, the case library."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shouwen.complaints.models import Complaint, Evidence, LibraryEntry
from shouwen.complaints.testing import (
    a_basis,
    a_complaint,
    a_person,
    an_option,
    as_actor,
    decided,
    furnished,
    heard,
)
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.apikit.services import create_token

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture(autouse=True)
def _house(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"
    furnished()


class Caller:
    """A program with a person's token."""

    def __init__(self, *roles: str) -> None:
        self.staff = a_person(*roles)
        given = {"username": self.staff.user.username, "scopes": ("complaints:read", "complaints:write")}
        _token, secret = create_token(**given, at=now(), by=SYSTEM)
        self.headers = {"Authorization": f"Bearer {secret}"}

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        data = json.dumps(body) if body is not None else ""
        return Client().generic(
            method, f"/api/v1{path}", data=data, content_type="application/json", headers=self.headers
        )

    def sends(self, path: str, form: dict[str, Any], key: str = "") -> Any:
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        return Client().post(f"/api/v1{path}", form, headers=headers)


def _photo(content: bytes = PNG) -> dict[str, Any]:
    file = SimpleUploadedFile("发票.exe", content, content_type="application/x-evil")
    return {"sort": "photo", "party": "customer", "title": "The invoice", "file": file}


def test_a_file_of_evidence_is_kept_once_with_the_type_its_bytes_say() -> None:
    call = Caller("agent")
    made = a_complaint(owner=call.staff)
    address = f"/complaints/{made.reference}/evidence/files"
    first = call.sends(address, _photo(), key="one")
    again = call.sends(address, _photo(), key="one")
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert again["Idempotency-Replayed"] == "true"
    assert (first.json()["content_type"], first.json()["size"]) == ("image/png", len(PNG))
    assert call.sends(address, _photo(b"another"), key="one").json()["field"] == "Idempotency-Key"
    assert Evidence.objects.count() == 1
    assert call("GET", address).json()[0]["link"]
    for form, field in (
        ({**_photo(), "sort": "dream"}, "sort"),
        ({"sort": "photo"}, "file"),
        (_photo(b""), ""),
    ):
        refused = call.sends(address, form)
        assert refused.status_code == 422
        assert field in {*refused.json()["errors"], ""}
    assert Caller("provider").sends(address, _photo()).status_code == 404
    assert Caller("reviewer").sends(address, _photo()).status_code == 403
    one = Evidence.objects.get()
    removal = f"/complaints/{made.reference}/evidence/{one.pk}/removal"
    assert call("POST", removal, {"reason": ""}).status_code == 422
    assert call("POST", removal, {"reason": "The wrong invoice"}).status_code == 200
    assert not Evidence.objects.exists()


def test_a_program_follows_what_it_did_to_its_end() -> None:
    call = Caller("agent", "supervisor")
    by = as_actor(call.staff)
    made = a_complaint(owner=call.staff)
    at = f"/complaints/{made.reference}"
    heard(made, by)
    decided(made, by)
    basis = a_basis().pk
    moved = call("POST", f"{at}/deadlock", {"sort": "hold_principle", "reason": "x", "basis_id": basis})
    assert moved.status_code == 200
    record = call("GET", f"{at}/record").json()
    outcome = f"{at}/deadlock/{record['deadlock'][0]['id']}/outcome"
    assert call("POST", outcome, {"outcome": "maybe", "note": "x"}).json()["field"] == "outcome"
    assert call("POST", outcome, {"outcome": "worked", "note": "They agreed"}).status_code == 200
    assert call("POST", outcome, {"outcome": "worked", "note": "Again"}).status_code == 409
    ahead = (now() + timedelta(days=3)).isoformat()
    planned = call("POST", f"{at}/recovery", {"sort": "visit", "text": "We come by", "follow_up_at": ahead})
    assert planned.status_code == 200
    for place, body in (
        ("recovery", {"sort": "visit", "text": "We come by", "follow_up_at": "2027-01-04T10:00:00"}),
        ("outside", {"body": "12315", "name": "12315", "due_at": "2027-01-04T10:00:00"}),
    ):
        zoneless = call("POST", f"{at}/{place}", body)
        assert (zoneless.status_code, zoneless.json()["field"]) == (422, list(body)[-1])
    recovery = call("GET", f"{at}/record").json()["recovery"][0]["id"]
    follow = f"{at}/recovery/{recovery}/follow-up"
    assert call("POST", follow, {"level": 6}).status_code == 422
    assert call("POST", follow, {"level": 5, "word": "Good"}).status_code == 200
    body = {"body": "12315", "name": "12315", "reference": "A-1"}
    assert call("POST", f"{at}/outside", body).status_code == 200
    assert call("POST", f"{at}/members", {"name": "Another"}).status_code == 200
    record = call("GET", f"{at}/record").json()
    answer = f"{at}/outside/{record['outside'][0]['id']}/answer"
    assert call("POST", answer, {"answer": "We charged it once."}).status_code == 200
    assert call("POST", f"{at}/members/{record['members'][0]['id']}/removal").status_code == 200
    record = call("GET", f"{at}/record").json()
    assert (record["deadlock"][0]["outcome"], record["recovery"][0]["level"], record["members"]) == (
        "worked",
        5,
        [],
    )
    other = f"/complaints/{a_complaint().reference}/recovery/{recovery}/follow-up"
    assert call("POST", other, {"level": 5}).status_code == 404


def test_the_ledger_its_budget_and_a_release_go_by_program() -> None:
    call, chief = Caller("agent"), Caller("chief")
    made = a_complaint(owner=call.staff)
    option = an_option(made, as_actor(call.staff), amount=20_000)
    at = f"/complaints/{made.reference}"
    assert call("POST", f"{at}/options/{option.pk}/grant", {}).status_code == 201
    assert call("GET", "/compensation").status_code == 403
    lines = chief("GET", "/compensation?standing=open").json()["items"]
    assert [(one["reference"], one["amount"]) for one in lines] == [(made.reference, 20_000)]
    today = now().date().isoformat()
    budget = f"/complaint-settings/budgets/{today}"
    assert call("PUT", budget, {"amount": 50_000}).status_code == 403
    assert chief("PUT", budget, {"amount": -1}).status_code == 422
    assert chief("PUT", budget, {"amount": 50_000}).status_code == 200
    month = chief("GET", "/compensation/months").json()[0]
    assert (month["granted"], month["budget"], month["left"]) == (20_000, 50_000, 30_000)
    assert chief("GET", "/compensation/remedies").json() == [
        {"remedy": "refund", "count": 1, "amount": 20_000}
    ]
    release = f"{at}/ledger/{lines[0]['id']}/release"
    assert call("POST", release, {"reason": "Not needed"}).status_code == 200
    assert call("POST", release, {"reason": "Not needed"}).status_code == 409
    assert chief("GET", "/compensation/months").json()[0]["granted"] == 0


def test_who_can_decide_and_what_waits_is_asked_by_program() -> None:
    call, boss = Caller("agent"), Caller("supervisor")
    made = a_complaint(owner=call.staff)
    option = an_option(made, as_actor(call.staff), amount=100_000)
    found = call("GET", "/compensation/deciders?remedy=refund&amount=100000").json()
    assert [one["staff_id"] for one in found] == [boss.staff.pk]
    at = f"/complaints/{made.reference}"
    asked = call("POST", f"{at}/approvals", {"option_id": option.pk}).json()["id"]
    assert [one["id"] for one in boss("GET", "/compensation/questions").json()["items"]] == [asked]
    assert call("GET", "/compensation/questions").json()["items"] == []
    assert call("POST", f"{at}/approvals/{asked}/withdrawal").status_code == 200
    assert boss("GET", "/compensation/questions").json()["items"] == []
    assert boss("GET", "/compensation/decision-time").json() == {"count": 0, "seconds": None}


def test_settings_are_kept_by_who_sets_up_complaints() -> None:
    call, chief = Caller("agent"), Caller("chief")
    law = {
        "sort": "law",
        "title": "三包规定",
        "source": "三包",
        "text": "七日内退货",
        "valid_from": "2020-01-01",
    }
    root = "/complaint-settings"
    assert call("POST", f"{root}/policies", law).status_code == 403
    wrong = chief("POST", f"{root}/policies", {**law, "valid_to": "2019-01-01"})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["valid_to"])
    made = chief("POST", f"{root}/policies", law).json()["id"]
    kept = chief("PUT", f"{root}/policies/{made}", {**law, "active": False}).json()
    assert kept == call("GET", f"{root}/policies/{made}").json()
    assert made not in {one["id"] for one in call("GET", f"{root}/policies?on=2026-01-01").json()["items"]}
    assert made in {one["id"] for one in call("GET", f"{root}/policies?sort=law").json()["items"]}
    limit = {"each": 5_000, "together": 9_000}
    assert chief("PUT", f"{root}/authority/agent/refund", limit).json()["each"] == 5_000
    assert chief("PUT", f"{root}/authority/king/refund", limit).json()["errors"].keys() == {"role"}
    assert {"role": "agent", "remedy": "refund", "period": "month", **limit} in call(
        "GET", f"{root}/authority"
    ).json()
    stage = chief("PUT", f"{root}/stages/facts", {"minutes": 60, "roles": ["agent"]})
    assert stage.json() in call("GET", f"{root}/stages").json()
    told = call("GET", f"{root}/explanations").json()[0]
    said = chief("PUT", f"{root}/explanations/{told['id']}", {"text": "对不起。", "hint": ""})
    assert said.json()["text"] == "对不起。"
    assert call("PUT", f"{root}/explanations/{told['id']}", {"text": "x"}).status_code == 403
    assert Caller("provider")("GET", f"{root}/policies").status_code == 403


def test_the_case_library_is_written_published_and_answered_by_program() -> None:
    call, boss = Caller("agent"), Caller("supervisor")
    parts = ("title", "background", "course", "mistakes", "right_way", "lesson", "questions")
    told = {part: f"{part} 水泵" for part in parts}
    assert call("POST", "/case-library", {"zh": told}).status_code == 403
    assert boss("POST", "/case-library", {"zh": {}}).json()["errors"].keys() == {"zh_title"}
    made = boss("POST", "/case-library", {"zh": told, "cause": "delay"}).json()
    address = f"/case-library/{made['id']}"
    assert call("GET", address).status_code == 404
    assert boss("POST", f"{address}/publication", {"looked_over": False}).json()["field"] == "looked_over"
    assert boss("POST", f"{address}/publication", {"looked_over": True}).json()["state"] == "published"
    changed = boss("PUT", address, {"zh": {**told, "lesson": "先问清"}, "triggers": ["passed_on"]}).json()
    assert (changed["zh"]["lesson"], changed["triggers"]) == ("先问清", ["passed_on"])
    answer = call("PUT", f"{address}/answers/1", {"text": "I would ask first."})
    assert answer.json()["text"] == "I would ask first."
    assert call("PUT", f"{address}/answers/9", {"text": "x"}).json()["field"] == "number"
    assert call("GET", f"{address}/answers").status_code == 403
    assert [one["id"] for one in boss("GET", f"{address}/answers").json()["items"]] == [answer.json()["id"]]
    assert boss("POST", f"{address}/withdrawal").json()["state"] == "draft"


def test_a_closed_complaint_becomes_a_draft_by_program_once() -> None:
    boss = Caller("supervisor")
    made = a_complaint()
    address = f"/complaints/{made.reference}/library-entry"
    assert boss("POST", address).status_code == 409
    Complaint.objects.filter(pk=made.pk).update(state="closed", closed_at=now())
    first, again = boss("POST", address), boss("POST", address)
    assert (first.status_code, first.json()) == (201, again.json())
    assert LibraryEntry.objects.filter(source=made).count() == 1


def test_figures_and_the_lists_behind_them_go_by_program() -> None:
    boss = Caller("supervisor")
    made = a_complaint(owner=boss.staff, at=now() - timedelta(days=2))
    heard(made, as_actor(boss.staff))
    decided(made, as_actor(boss.staff))
    a_complaint(at=now() - timedelta(days=2))
    found = boss("GET", "/complaint-figures?days=30").json()
    assert (found["count"], found["valid"]["count"], found["valid"]["of"]) == (2, 1, 1)
    rows = boss("GET", "/complaints?state=all&figure=valid&days=30").json()["items"]
    assert [one["reference"] for one in rows] == [made.reference]
    assert boss("GET", "/complaints?figure=gold").json()["field"] == "figure"
    assert boss("GET", "/complaints?figure=cause&key=gold").json()["field"] == "key"
    assert Caller("agent")("GET", "/complaint-figures").status_code == 403


def test_a_list_to_compare_comes_in_by_program() -> None:
    boss = Caller("reviewer")

    def form(**more: Any) -> dict[str, Any]:
        return {
            "name": "旧",
            "file": SimpleUploadedFile("old.csv", "Issue,Company\n慢,甲\n,乙\n".encode()),
            **more,
        }

    root = "/complaint-figures/lists"
    assert boss.sends(root, form(mapping="[")).json()["field"] == "mapping"
    assert boss.sends(root, form(mapping='{"issue": "colour"}')).json()["field"] == "issue"
    made = boss.sends(root, form())
    assert (made.status_code, made.json()["rows"], made.json()["refused"][0]["line"]) == (201, 1, 3)
    address = f"{root}/{made.json()['id']}"
    assert boss("GET", f"{address}/pareto?by=company").json()[0]["label"] == "甲"
    assert boss("GET", f"{address}/pareto?by=colour").json()["field"] == "by"
    assert [one["id"] for one in boss("GET", root).json()] == [made.json()["id"]]
    assert Caller("agent")("DELETE", address).status_code == 403
    assert boss("DELETE", address).status_code == 204
    assert boss("GET", root).json() == []
