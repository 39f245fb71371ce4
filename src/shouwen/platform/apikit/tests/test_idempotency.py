"""The same key twice does the work once."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from shouwen.kernel.errors import Refused
from shouwen.platform.access import now
from shouwen.platform.apikit import needs_scope, services
from shouwen.platform.apikit.models import Replay
from shouwen.platform.apikit.tests.conftest import Api, Room, Strict
from shouwen.platform.jobs.models import Schedule

pytestmark = pytest.mark.django_db


class Note(Strict):
    text: str
    broken: bool = False


@pytest.fixture
def room(settings: Any) -> Room:
    room = Room()

    @room.router.post("/notes")
    @needs_scope("test:write")
    def write(request: Any, payload: Note) -> dict[str, Any]:
        row = Schedule.objects.create(name=f"note-{Schedule.objects.count()}", next_at=now())
        if payload.broken:
            raise Refused("Not now.")
        if payload.text == "bug":
            raise ZeroDivisionError
        return {"id": row.pk, "text": payload.text}

    room.install(settings)
    return room


def test_the_same_key_and_body_do_the_work_once_and_get_the_same_answer(room: Room, api: Api) -> None:
    first = api("POST", "/test/notes", {"text": "你好"}, key="k1")
    again = api("POST", "/test/notes", {"text": "你好"}, key="k1")
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert again["Idempotency-Replayed"] == "true"
    assert again["Content-Type"] == first["Content-Type"]
    assert Schedule.objects.count() == 1


def test_another_body_under_the_same_key_is_refused(room: Room, api: Api) -> None:
    api("POST", "/test/notes", {"text": "a"}, key="k1")
    response = api("POST", "/test/notes", {"text": "b"}, key="k1")
    assert response.status_code == 409
    assert response.json()["field"] == "Idempotency-Key"
    assert Schedule.objects.count() == 1


def test_without_a_key_every_request_is_new(room: Room, api: Api) -> None:
    api("POST", "/test/notes", {"text": "a"})
    api("POST", "/test/notes", {"text": "a"})
    assert Schedule.objects.count() == 2


@pytest.mark.parametrize("body", [{"text": "a", "broken": True}, {"text": "bug"}, {"text": 3}])
def test_what_failed_is_not_kept_and_leaves_nothing(room: Room, api: Api, body: dict[str, Any]) -> None:
    assert api("POST", "/test/notes", body, key="k1").status_code >= 400
    assert Replay.objects.count() == 0
    assert Schedule.objects.count() == 0
    assert api("POST", "/test/notes", {"text": "a"}, key="k1").status_code == 200


@pytest.mark.parametrize("key", ["x" * 201, "a\tb", "é\x01"])
def test_a_key_has_a_form(room: Room, api: Api, key: str) -> None:
    response = api("POST", "/test/notes", {"text": "a"}, key=key)
    assert response.status_code == 422
    assert response.json()["field"] == "Idempotency-Key"


def test_keys_of_different_tokens_have_nothing_to_do_with_each_other(room: Room, api: Api) -> None:
    from shouwen.platform.access import SYSTEM

    _token, secret = services.create_token(username="program", scopes=["test:write"], at=now(), by=SYSTEM)
    api("POST", "/test/notes", {"text": "a"}, key="k1")
    assert "Idempotency-Replayed" not in Api(secret)("POST", "/test/notes", {"text": "b"}, key="k1")


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_the_same_moment_does_the_work_once(room: Room, api: Api) -> None:
    together = threading.Barrier(4)
    answers: list[Any] = []

    def ask() -> None:
        together.wait(10)
        answers.append(api("POST", "/test/notes", {"text": "a"}, key="k1"))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.status_code for one in answers} == {200}
    assert len({one.content for one in answers}) == 1
    assert Schedule.objects.count() == 1


def test_answers_are_forgotten_after_a_week(room: Room, api: Api) -> None:
    api("POST", "/test/notes", {"text": "a"}, key="k1")
    services.forget_replays(at=now() + timedelta(days=6))
    assert Replay.objects.count() == 1
    services.forget_replays(at=now() + timedelta(days=8))
    assert Replay.objects.count() == 0
