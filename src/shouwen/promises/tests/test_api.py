"""The room's part of the API."""

import json
from typing import Any

import pytest
from django.test import Client

from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.apikit.services import create_token
from shouwen.promises import queries
from shouwen.promises.testing import a_calendar, a_promise, forget, office_hours

pytestmark = pytest.mark.django_db
SCOPES = ("promises:read", "promises:write", "calendars:read", "calendars:write")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


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
            f"/api/v1{path}",
            data=json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers=self.headers,
        )


def test_the_ledger_is_paged_and_says_whose_promise_it_is() -> None:
    call = Caller("agent")
    me = as_actor(call.staff)
    for minutes in (30, 10, 20):
        a_promise(by=me, at=now(), minutes=minutes)
    a_promise(by=as_actor(a_person("agent")), at=now())
    first = call("GET", "/promises?limit=2").json()
    second = call("GET", f"/promises?limit=2&cursor={first['next_cursor']}").json()
    found = [*first["items"], *second["items"]]
    assert len(found) == 3
    assert [one["due_at"] for one in found] == sorted(one["due_at"] for one in found)
    assert {one["made_by_name"] for one in found} == {call.staff.name}
    one = call("GET", f"/promises/{found[0]['id']}").json()
    assert (one["state"], one["subject"]["kind"]) == ("open", "contact")


def test_a_strangers_promise_does_not_exist() -> None:
    made = a_promise(by=as_actor(a_person("agent")), at=now())
    assert Caller("agent")("GET", f"/promises/{made.pk}").status_code == 404


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/promises?whose=everybody", "whose"),
        ("/promises?limit=1000", "limit"),
        ("/promises?cursor=abc", "cursor"),
        ("/promises/0", "promise_id"),
    ],
)
def test_a_wrong_question_is_refused_by_its_field(path: str, field: str) -> None:
    answer = Caller("agent")("GET", path)
    assert answer.status_code == 422
    assert answer.json()["field"] == field


def test_a_token_without_the_scope_is_refused() -> None:
    call = Caller("chief", scopes=("promises:read",))
    assert call("GET", "/calendars").status_code == 403


def test_calendars_are_created_changed_and_computed_with() -> None:
    call = Caller("chief")
    made = call("POST", "/calendars", {"name": "接口", "definition": office_hours()})
    assert made.status_code == 201
    pk = made.json()["id"]
    changed = call("PATCH", f"/calendars/{pk}", {"name": "接口二"}).json()
    assert (changed["name"], changed["version"]) == ("接口二", 2)
    due = call("GET", f"/calendars/{pk}/due?start=2026-02-13T17:00:00%2B08:00&minutes=120").json()
    assert due["due"].startswith("2026-02-14T02:00:00")
    assert not due["provisional"]
    assert due["steps"][-1]["reason"] == "official_workday"
    assert {one["name"] for one in call("GET", "/calendars").json()} >= {"接口二"}


def test_a_wrong_calendar_is_refused_by_its_field() -> None:
    call = Caller("chief")
    broken = office_hours(week={"mon": [["09:00", "25:00"]]})
    answer = call("POST", "/calendars", {"name": "坏", "definition": broken})
    assert (answer.status_code, answer.json()["field"]) == (422, "week_mon")
    assert call("POST", "/calendars", {"name": "坏"}).status_code == 422


def test_an_agent_may_read_calendars_and_not_change_them() -> None:
    call = Caller("agent")
    pk = a_calendar().pk
    assert call("GET", f"/calendars/{pk}").status_code == 200
    assert call("PATCH", f"/calendars/{pk}", {"name": "x"}).status_code == 403
    assert call("GET", "/calendars/999999").status_code == 404


def test_service_items_and_their_standards() -> None:
    call = Caller("chief")
    made = call("POST", "/service-items", {"code": "on-site", "name": "上门维修", "covered": "人工"}).json()
    standard = {"tier": "A", "first_reply_seconds": 600}
    assert call("POST", f"/service-items/{made['id']}/standards", standard).status_code == 201
    assert call("PATCH", f"/service-items/{made['id']}", {"active": False}).json()["active"] is False
    one = call("GET", f"/service-items/{made['id']}").json()
    assert (one["covered"], one["standards"][0]["first_reply_seconds"]) == ("人工", 600)
    assert call("GET", "/service-items").json()["items"][0]["code"] == "on-site"
    again = call("POST", "/service-items", {"code": "on-site", "name": "又一个"})
    assert (again.status_code, again.json()["field"]) == (422, "code")
    assert queries.items().count() == 1
