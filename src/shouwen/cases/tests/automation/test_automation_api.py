"""Rules and macros through the API."""

from typing import Any

import pytest
from django.test import Client

from shouwen.cases.models import Case
from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.people.testing import a_person
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.apikit.services import create_token

pytestmark = pytest.mark.django_db
JSON = "application/json"
RULE: dict[str, Any] = {
    "name": "催办",
    "events": ["opened"],
    "conditions": {"words": ["马上"]},
    "actions": {"add_tags": {"tags": ["催办"]}},
}


def a_client(*roles: str) -> Client:
    furnished()
    person = a_person(*roles, username=f"api-{roles[0]}")
    _token, secret = create_token(
        username=person.user.username, scopes=["cases:read", "cases:write"], at=AT, by=SYSTEM
    )
    return Client(headers={"authorization": f"Bearer {secret}"})


def test_a_rule_is_made_listed_tried_changed_and_brought_back() -> None:
    api = a_client("supervisor")
    made = api.post("/api/v1/rules", RULE, content_type=JSON)
    assert made.status_code == 201, made.content
    rule = made.json()
    case = a_case(at=now())
    everything_happens(now())
    assert Case.objects.get(pk=case.pk).tags == ["催办"]
    since = {**RULE, "since": "2026-01-01T00:00:00Z"}
    tried = api.post("/api/v1/rules/trial", since, content_type=JSON).json()
    assert (tried["hit"], tried["cases"][0]["ref"]) == (1, case.reference)
    changed = api.put(f"/api/v1/rules/{rule['id']}", {**RULE, "name": "改名"}, content_type=JSON).json()
    assert (changed["version"], changed["name"]) == (2, "改名")
    back = api.post(f"/api/v1/rules/{rule['id']}/restoration", {"version": 1}, content_type=JSON).json()
    assert (back["version"], back["name"]) == (3, "催办")
    assert [one["name"] for one in api.get("/api/v1/rules").json()] == ["催办"]
    assert api.get(f"/api/v1/rules/{rule['id']}").json()["conditions"] == {"words": ["马上"]}
    assert api.get(f"/api/v1/rules/{rule['id']}/runs").json()[0]["ref"] == case.reference


def test_the_vocabulary_names_everything_a_rule_may_hold() -> None:
    known = a_client("supervisor").get("/api/v1/rules/vocabulary").json()
    assert {"kinds", "emotion", "overdue_least", "fields"} <= {one["code"] for one in known["conditions"]}
    assert {"task", "template", "escalate", "offer"} <= {one["code"] for one in known["actions"]}
    assert "promise_broken" in known["events"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"conditions": {"kinds": {"a": 1}}},
        {"conditions": {"age_least": 1.5}},
        {"conditions": {"owned": ["x"]}},
        {"conditions": {"fields": 7}},
        {"actions": {"task": {"minutes": -1, "title": "\x00"}}},
        {"actions": {"add_tags": {"tags": {"a": "b"}}}},
        {"actions": {"offer": {"no": 1}}},
        {"events": [], "moment": "opened", "minutes": 0},
    ],
)
def test_what_is_wrong_is_refused_by_its_field_and_never_breaks(wrong: dict[str, Any]) -> None:
    answer = a_client("supervisor").post("/api/v1/rules", {**RULE, **wrong}, content_type=JSON)
    assert answer.status_code == 422, answer.content
    assert answer.json()["errors"]


def test_who_sets_no_rules_reads_none_and_uses_macros() -> None:
    api = a_client("agent")
    assert api.get("/api/v1/rules").status_code == 403
    assert api.post("/api/v1/rules", RULE, content_type=JSON).status_code == 403
    body = {"name": "安抚", "reply": "{{customer_name}}，您好", "actions": {"add_tags": {"tags": ["催办"]}}}
    macro = api.post("/api/v1/macros", body, content_type=JSON).json()
    assert api.post("/api/v1/macros", {**body, "scope": "all"}, content_type=JSON).status_code == 403
    case = a_case()
    way = f"/api/v1/cases/{case.reference}/macros/{macro['id']}"
    seen = api.post(f"{way}/preview").json()
    assert seen["text"] == f"{case.customer.name}，您好"
    assert Case.objects.get(pk=case.pk).tags == []
    done = api.post(way, {}, content_type=JSON).json()
    assert [one["label"] for one in done["changes"]] == ["标签", "首问责任人", "状态", "答复"]
    assert Case.objects.get(pk=case.pk).tags == ["催办"]
    assert [one["uses"] for one in api.get("/api/v1/macros").json()] == [1]
    assert (
        api.put(f"/api/v1/macros/{macro['id']}", {**body, "name": "二"}, content_type=JSON).json()["version"]
        == 2
    )
    assert api.post(f"/api/v1/cases/{case.reference}/macros/999", {}, content_type=JSON).status_code == 404
