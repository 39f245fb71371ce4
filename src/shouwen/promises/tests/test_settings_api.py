"""Programs read and change who may promise what, and the time limits that laws set."""

from datetime import timedelta

import pytest

from shouwen.platform.access import now
from shouwen.promises.services import furnish_statutory
from shouwen.promises.testing import forget
from shouwen.promises.tests.test_api import Caller

pytestmark = pytest.mark.django_db
LIMIT = {
    "code": "cn-post",
    "name": "邮政申诉：答复",
    "authority": "国家邮政局",
    "count": 10,
    "unit": "working_days",
    "source": "邮政业用户申诉处理办法",
    "extensions": [{"count": 5, "why": "情况复杂"}],
}


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def test_a_kind_of_promise_is_read_and_stated_whole() -> None:
    call = Caller("administrator")
    kinds = call("get", "/promise-kinds").json()
    assert "refund" in [kind["work"] for kind in kinds]
    assert {kind["roles"] is None for kind in kinds} == {True}
    said = {"minimum_lead_minutes": 60, "strict": True, "roles": {"supervisor": "500.00"}}
    answer = call("put", "/promise-kinds/refund", said)
    assert answer.status_code == 200, answer.content
    stated = answer.json()
    assert (stated["minimum_lead_minutes"], stated["strict"]) == (60, True)
    assert stated["roles"] == {"administrator": None, "supervisor": "500.00"}
    assert call("get", "/promise-kinds/refund").json() == stated
    assert call("put", "/promise-kinds/refund", {}).json()["roles"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"roles": {"king": None}}, "roles"),
        ({"roles": {"agent": 0}}, "roles"),
        ({"minimum_lead_minutes": -1}, "minimum_lead_minutes"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_rule_of_a_kind_is_refused_by_its_field(body: dict[str, object], field: str) -> None:
    answer = Caller("administrator")("put", "/promise-kinds/refund", body)
    assert answer.status_code == 422
    assert field in answer.json()["field"]


def test_a_kind_that_is_not_told_apart_does_not_exist() -> None:
    call = Caller("administrator")
    assert call("get", "/promise-kinds/moon").status_code == 404
    assert call("put", "/promise-kinds/moon", {}).status_code == 404


def test_a_time_limit_is_stated_replaced_and_ended() -> None:
    furnish_statutory()
    call = Caller("administrator")
    assert "fca-final" in [row["code"] for row in call("get", "/statutory-limits").json()]
    first = call("post", "/statutory-limits", LIMIT)
    assert first.status_code == 201, first.content
    assert (first.json()["version"], first.json()["extensions"]) == (1, LIMIT["extensions"])
    later = (now() + timedelta(days=30)).isoformat()
    second = call("post", "/statutory-limits", {**LIMIT, "count": 7, "valid_from": later}).json()
    versions = call("get", "/statutory-limits?code=cn-post").json()
    assert [(row["version"], row["count"]) for row in versions] == [(2, 7), (1, 10)]
    assert versions[1]["valid_to"] == second["valid_from"]
    assert call("get", f"/statutory-limits/{second['id']}").json()["version"] == 2
    assert call("delete", f"/statutory-limits/{first.json()['id']}").json()["valid_to"] is not None
    assert call("delete", f"/statutory-limits/{first.json()['id']}").status_code == 409


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"count": 0}, "count"),
        ({"unit": "moons"}, "unit"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"code": "Ü"}, "code"),
        ({"valid_from": "2001-01-01T00:00:00Z"}, "valid_from"),
    ],
)
def test_a_wrong_time_limit_is_refused_by_its_field(change: dict[str, object], field: str) -> None:
    answer = Caller("administrator")("post", "/statutory-limits", {**LIMIT, **change})
    assert answer.status_code == 422
    assert answer.json()["field"] == field


def test_a_stranger_reads_and_changes_none_of_it() -> None:
    agent = Caller("agent")
    assert agent("get", "/promise-kinds").status_code == 403
    assert agent("put", "/promise-kinds/refund", {}).status_code == 403
    assert agent("get", "/statutory-limits").status_code == 403
    assert agent("post", "/statutory-limits", LIMIT).status_code == 403
    reader = Caller("administrator", scopes=("promises:read",))
    assert reader("post", "/statutory-limits", LIMIT).status_code == 403
