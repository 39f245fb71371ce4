"""Complaints by program: the same path, the same limits, the same strangers."""

import json
from typing import Any

import pytest
from django.test import Client

from shouwen.complaints.models import Grant
from shouwen.complaints.testing import a_basis, a_complaint, a_person, furnished
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.apikit.services import create_token

pytestmark = pytest.mark.django_db
SCOPES = ("complaints:read", "complaints:write")


@pytest.fixture(autouse=True)
def _house() -> None:
    furnished()


class Caller:
    """A program with a person's token."""

    def __init__(self, *roles: str, scopes: tuple[str, ...] = SCOPES) -> None:
        self.staff = a_person(*roles)
        username = self.staff.user.username
        _token, secret = create_token(username=username, scopes=scopes, at=now(), by=SYSTEM)
        self.headers = {"Authorization": f"Bearer {secret}"}

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        return Client().generic(
            method,
            f"/api/v1/complaints{path}",
            data=json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers=self.headers,
        )


def test_a_program_goes_the_way_to_the_verdict() -> None:
    call = Caller("agent")
    made = a_complaint(owner=call.staff)
    at = f"/{made.reference}"
    assert call("GET", at).json()["missing"] == ["remedy_sought"]
    assert call("POST", f"{at}/passing", {}).status_code == 409
    assert call("POST", f"{at}/receipt", {"remedy_sought": "Charge it once"}).json()["missing"] == []
    assert call("POST", f"{at}/passing", {}).json()["stage"] == "acknowledged"
    verdict = {"validity": "valid", "demand": "reasonable", "liability": "ours", "reasons": "Twice"}
    basis = a_basis().pk
    bases = {aspect: [basis] for aspect in ("validity", "demand", "liability")}
    assert call("POST", f"{at}/nature", {**verdict, "bases": bases}).status_code == 409  # the facts first
    for party in ("customer", "ours"):
        assert call("POST", f"{at}/accounts", {"party": party, "text": "So it was"}).status_code == 200
    log = {"sort": "log", "party": "ours", "title": "Order", "shows": "One pump"}
    assert call("POST", f"{at}/evidence", log).status_code == 200
    assert call("POST", f"{at}/nature", {**verdict, "bases": {}}).status_code == 422
    assert call("POST", f"{at}/nature", {**verdict, "bases": bases}).json()["liability"] == "ours"
    assert call("GET", f"{at}/record").json()["findings"][0]["reasons"] == "Twice"
    assert [one["reference"] for one in call("GET", "?liability=ours").json()["items"]] == [made.reference]


def test_a_program_grants_nothing_beyond_its_persons_authority() -> None:
    call, boss = Caller("agent"), Caller("supervisor")
    made = a_complaint(owner=call.staff)
    at = f"/{made.reference}"
    option = call("POST", f"{at}/options", {"remedy": "refund", "title": "x", "gain": "y", "amount": 100_000})
    asked = call("POST", f"{at}/approvals", {"option_id": option.json()["id"]})
    assert (option.status_code, asked.status_code) == (201, 201)
    word = f"{at}/approvals/{asked.json()['id']}/word"
    assert call("POST", word, {"yes": True}).status_code == 409
    assert not Grant.objects.exists()
    other = f"/{a_complaint().reference}/approvals/{asked.json()['id']}/word"
    assert boss("POST", other, {"yes": True}).status_code == 404
    assert boss("POST", word, {"yes": True}).status_code == 200
    assert Grant.objects.get().amount == 100_000


def test_a_stranger_and_a_narrow_token_get_nothing() -> None:
    made = a_complaint()
    assert Caller("provider")("GET", f"/{made.reference}").status_code == 404
    assert Caller("provider")("GET", "").json()["items"] == []
    narrow = Caller("agent", scopes=("complaints:read",))
    assert narrow("POST", f"/{made.reference}/passing", {}).status_code == 403
    assert Caller("reviewer")("POST", f"/{made.reference}/receipt", {"remedy_sought": "x"}).status_code == 403
    assert narrow("GET", "?limit=0").status_code == 422
    assert Caller("agent")("POST", f"/{made.reference}/receipt", {"colour": "red"}).status_code == 422
