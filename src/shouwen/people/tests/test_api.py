import pytest

from shouwen.people import queries
from shouwen.people.testing import AT, a_person, a_provider, a_skill, a_team
from shouwen.platform.access import SYSTEM
from shouwen.platform.apikit.services import create_token

pytestmark = pytest.mark.django_db
URL = "/api/v1/people"


@pytest.fixture
def call(client):
    def caller(staff, *scopes):
        _token, secret = create_token(username=staff.user.username, scopes=scopes, at=AT, by=SYSTEM)
        headers = {"Authorization": f"Bearer {secret}"}

        def ask(method, path="", **body):
            values = {"data": body, "content_type": "application/json"} if method != "get" else {"data": body}
            return getattr(client, method)(f"{URL}{path}", headers=headers, **values)

        return ask

    return caller


def test_people_are_listed_with_teams_and_skills_and_paged(call):
    team, skill = a_team("First line"), a_skill("cranes")
    me = a_person(name="Demo A", teams=(team,), skills={skill.code: 4}, presence="on_duty")
    a_person(name="Demo B"), a_person(name="Demo C")
    ask = call(me, "people:read")
    first = ask("get", limit=2).json()
    assert [one["name"] for one in first["items"]] == ["Demo A", "Demo B"]
    assert first["items"][0]["skills"] == [{"code": "cranes", "name": "cranes", "level": 4}]
    rest = ask("get", limit=2, cursor=first["next_cursor"]).json()
    assert [one["name"] for one in rest["items"]] == ["Demo C"]
    assert [one["name"] for one in ask("get", presence="on_duty").json()["items"]] == ["Demo A"]
    assert ask("get", presence="asleep").status_code == 422


def test_presence_is_set_by_oneself_but_not_for_a_colleague(call):
    me, other = a_person(), a_person()
    ask = call(me, "people:read", "people:write")
    assert ask("put", f"/{me.id}/presence", presence="busy").json()["presence"] == "busy"
    assert ask("put", f"/{other.id}/presence", presence="busy").status_code == 403
    assert ask("put", f"/{me.id}/presence", presence="asleep").status_code == 422
    assert queries.staff(me.id).presence == "busy"


def test_a_providers_person_finds_only_colleagues(call):
    provider, ours = a_provider(), a_person()
    me = a_person("provider", provider=provider)
    ask = call(me, "people:read")
    assert [one["id"] for one in ask("get").json()["items"]] == [me.id]
    assert ask("get", f"/{ours.id}").status_code == 404


def test_without_the_scope_nothing_is_told(call):
    assert call(a_person(), "people:write")("get").status_code == 403
