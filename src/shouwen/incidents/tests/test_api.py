"""Incidents and problems for programs."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from shouwen.cases.testing import AT
from shouwen.incidents.models import Incident
from shouwen.incidents.testing import affected, an_incident
from shouwen.people.testing import a_person
from shouwen.platform.access import SYSTEM, Actor, now
from shouwen.platform.apikit.services import create_token


def program(*scopes: str, role: str = "supervisor", username: str = "api") -> Client:
    a_person(role, username=username)
    _token, secret = create_token(username=username, scopes=list(scopes), at=AT, by=SYSTEM)
    return Client(headers={"authorization": f"Bearer {secret}"})


@pytest.fixture
def api(lead: Actor) -> Client:
    return program("incidents:read", "incidents:write")


def post(client: Client, path: str, **body: Any) -> Any:
    return client.post(f"/api/v1{path}", body, content_type="application/json")


def test_an_incident_is_opened_told_restored_and_closed(api: Client) -> None:
    case = affected(1)
    made = post(api, "/incidents", title="光缆中断", areas=["和平区", "沈河区"], cases=[case.reference])
    assert made.status_code == 201, made.content
    there = f"/incidents/{made.json()['id']}"
    estimate = (now() + timedelta(hours=5)).isoformat()
    told = post(api, f"{there}/updates", text="抢修中", estimate_at=estimate).json()
    assert (told["updates"][0]["wanted"], told["linked"]) == (1, 1)
    area = told["area_rows"][1]["id"]
    assert post(api, f"{there}/restoration", areas=[area]).json()["state"] == "partly"
    assert post(api, f"{there}/closing").status_code == 409
    assert post(api, f"{there}/restoration").json()["state"] == "restored"
    listed = api.get(f"/api/v1{there}/cases").json()
    assert [row["case"] for row in listed["items"]] == [case.reference]
    off = api.delete(f"/api/v1{there}/cases/{case.reference}")
    assert off.json()["linked"] == 0
    assert post(api, f"{there}/closing").json()["state"] == "closed"
    assert post(api, f"{there}/reopening", reason="又断了").json()["state"] == "reopened"
    assert api.get("/api/v1/incidents").json()["items"][0]["title"] == "光缆中断"


def test_a_problem_is_written_down_explained_fixed_and_watched(api: Client) -> None:
    case = affected(1)
    made = post(api, "/problems", title="履带板螺栓松动", cases=[case.reference])
    assert made.status_code == 201, made.content
    there = f"/problems/{made.json()['id']}"
    assert post(api, f"{there}/fix", fix="加垫圈").status_code == 409
    assert post(api, f"{there}/whys", whys=["松动", "没有垫圈"]).json()["cause"] == "没有垫圈"
    fixed = (now() - timedelta(days=8)).isoformat()
    watched = post(api, f"{there}/fix", fix="加垫圈", fixed_at=fixed).json()
    assert watched["watch"]["drop"]["after"] == 0 or watched["watch"]["drop"]["before"] == 0
    assert api.get(f"/api/v1{there}/cases").json()["items"][0]["case"] == case.reference
    assert post(api, f"{there}/closing", result="不再发生").json()["state"] == "closed"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/incidents", {"title": ""}, 422),
        ("/incidents", {"title": "x", "nonsense": 1}, 422),
        ("/incidents", {"title": "x", "cases": ["SW1"]}, 404),
        ("/incidents", {"title": "x", "began_at": "2099-01-01T00:00:00Z"}, 422),
        ("/incidents/999/updates", {"text": "x"}, 404),
        ("/problems", {"title": "x", "kind": "nonsense"}, 422),
        ("/problems", {"title": "x", "period_days": 0}, 422),
        ("/problems/999/whys", {"whys": ["x"]}, 404),
    ],
)
def test_bad_input_is_refused(api: Client, path: str, body: dict[str, Any], status: int) -> None:
    assert post(api, path, **body).status_code == status


def test_a_token_without_the_scope_and_an_agent_may_not_lead(lead: Actor) -> None:
    incident = an_incident(by=lead)
    reader = program("incidents:read", username="reader")
    assert reader.get(f"/api/v1/incidents/{incident.pk}").status_code == 200
    assert post(reader, f"/incidents/{incident.pk}/updates", text="x").status_code == 403
    agent = program("incidents:read", "incidents:write", role="agent", username="agent2")
    assert post(agent, f"/incidents/{incident.pk}/updates", text="x").status_code == 403
    stranger = program("incidents:read", role="provider", username="stranger")
    assert stranger.get(f"/api/v1/incidents/{incident.pk}").status_code == 404
    assert stranger.get("/api/v1/incidents").json()["items"] == []
    assert Incident.objects.get().state == "open"
