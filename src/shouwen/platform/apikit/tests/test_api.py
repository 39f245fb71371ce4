"""What every operation of the API has from the kit: tokens, scopes, and refusals that a program can read."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from ninja import Query
from pydantic import ValidationError

from shouwen.kernel.errors import Invalid, NotFound, Refused
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.accounts import services as accounts
from shouwen.platform.accounts.models import User
from shouwen.platform.apikit import api_actor, kit, limits, needs_scope, services
from shouwen.platform.apikit.models import Token
from shouwen.platform.apikit.tests.conftest import Api, Room, Strict

pytestmark = pytest.mark.django_db


class Customer(Strict):
    email: str
    age: int = 0


class Note(Strict):
    text: str
    customer: Customer | None = None


@pytest.fixture
def room(settings: Any) -> Room:
    room = Room()

    @room.router.post("/notes")
    @needs_scope("test:write")
    def write(request: Any, payload: Note) -> dict[str, Any]:
        if payload.text == "full":
            raise Refused("The notebook is full.")
        if payload.text == "bug":
            raise ZeroDivisionError
        return {"text": payload.text, "by": api_actor(request).name}

    @room.router.get("/notes/{note_id}")
    @needs_scope("test:read")
    def read(request: Any, note_id: int, lines: int = Query(1, ge=1, le=9)) -> dict[str, int]:
        raise NotFound("There is no such note.")

    room.install(settings)
    return room


def problem(response: Any, status: int) -> dict[str, Any]:
    """The problem that an answer holds; it is one, whatever went wrong."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert {"type", "title", "status", "detail"} <= set(body)
    assert body["status"] == status
    return body  # type: ignore[no-any-return]


def test_a_token_acts_as_its_person(room: Room, api: Api) -> None:
    response = api("POST", "/test/notes", {"text": "你好"})
    assert response.status_code == 200
    assert response.json() == {"text": "你好", "by": "程序"}


def test_without_a_good_token_the_answer_is_401(room: Room, api: Api) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": f"Basic {api.secret}"}):
        response = Client().post("/api/v1/test/notes", headers=headers)
        assert problem(response, 401)["title"] == "unauthorised"
        assert response["WWW-Authenticate"] == "Bearer"


def test_being_signed_in_with_a_browser_opens_nothing_here(room: Room, program: User) -> None:
    client = Client()
    client.force_login(program)
    problem(client.get("/api/v1/test/notes/1"), 401)


def test_a_missing_scope_is_named(room: Room, api: Api) -> None:
    assert "test:read" in problem(api("GET", "/test/notes/1"), 403)["detail"]


def test_a_revoked_token_is_none_at_once(
    room: Room, api: Api, made: tuple[Token, str], django_capture_on_commit_callbacks: Any
) -> None:
    assert api("POST", "/test/notes", {"text": "a"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        services.revoke(token_id=made[0].pk, at=now(), by=SYSTEM)
    problem(api("POST", "/test/notes", {"text": "a"}), 401)


def test_an_expired_token_is_none(room: Room, program: User) -> None:
    kit.scope("test:write", "Write")
    at = now()
    _token, secret = services.create_token(
        username="program", scopes=["test:write"], expires_at=at - timedelta(seconds=1), at=at, by=SYSTEM
    )
    problem(Api(secret)("POST", "/test/notes", {"text": "a"}), 401)


def test_a_token_of_somebody_who_was_deactivated_is_none_at_once(
    room: Room, api: Api, program: User, django_capture_on_commit_callbacks: Any
) -> None:
    assert api("POST", "/test/notes", {"text": "a"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        accounts.set_active(user_id=program.pk, active=False, at=now(), by=SYSTEM)
    problem(api("POST", "/test/notes", {"text": "a"}), 401)


def test_bytes_of_a_terminal_that_are_no_text_do_not_break_a_new_token(program: User) -> None:
    token, _secret = services.create_token(
        username="program", scopes=["test:write"], label="a\udcff", at=now(), by=SYSTEM
    )
    assert token.label == "a?"
    with pytest.raises(Invalid) as caught:
        services.create_token(username="\udcff", scopes=["test:write"], at=now(), by=SYSTEM)
    assert caught.value.field == "user"


def test_the_secret_is_kept_as_a_hash_only(made: tuple[Token, str]) -> None:
    token, secret = made
    assert secret not in {token.digest, token.label}
    assert kit.known_token(secret) is not None
    assert kit.known_token(token.digest) is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "a", "colour": "red"}, "colour"),
        ({"text": 3}, "text"),
        ({}, "text"),
        ({"text": "a", "customer": {"email": "a@b.c", "age": "old"}}, "customer.age"),
        ({"text": "a", "customer": {"email": "a@b.c", "height": 2}}, "customer.height"),
        ({"text": "x" * 200_001}, "text"),
        ([1, 2], "body"),
        ("text", "body"),
    ],
)
def test_a_wrong_field_is_named(room: Room, api: Api, body: Any, field: str) -> None:
    said = problem(api("POST", "/test/notes", body), 422)
    assert said["field"] == field
    assert field in said["errors"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        '{"text": "退款"}'.encode("gb18030"),
        b'{"text": NaN}',
        b"[" * 5000,
        b'{"text": "a\\u0000"}',
    ],
)
def test_a_body_that_can_not_be_read_is_refused_by_name(room: Room, api: Api, body: bytes) -> None:
    assert problem(api("POST", "/test/notes", body), 422)["field"] in {"body", "payload"}


@pytest.mark.parametrize("key", ["", "k"])
def test_a_huge_body_is_413(room: Room, api: Api, settings: Any, key: str) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert problem(api("POST", "/test/notes", {"text": "x" * 2000}, key=key), 413)["title"] == "too_large"


def test_a_wrong_parameter_is_named(room: Room, api: Api) -> None:
    assert problem(api("GET", "/test/notes/abc"), 422)["field"] == "note_id"
    assert problem(api("GET", "/test/notes/1?lines=99"), 422)["field"] == "lines"
    problem(api("GET", "/test/notes/1?lines=%00"), 400)


def test_a_refusal_keeps_its_status_and_sentence(room: Room, api: Api) -> None:
    assert problem(api("POST", "/test/notes", {"text": "full"}), 409)["detail"] == "The notebook is full."


def test_an_error_of_ours_is_a_problem_too(room: Room, api: Api) -> None:
    assert "ZeroDivision" not in json.dumps(problem(api("POST", "/test/notes", {"text": "bug"}), 500))


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("address", ["/api/v1/nothing", "/api/v2/cases", "/api/", "/api/v1/test/notes/"])
def test_an_unknown_address_is_a_problem(room: Room, address: str, method: str) -> None:
    problem(Client(enforce_csrf_checks=True).generic(method, address), 404)


def test_an_unknown_method_is_a_problem_that_names_the_known_ones(room: Room, api: Api) -> None:
    response = api("DELETE", "/test/notes")
    problem(response, 405)
    assert response["Allow"] == "POST"


def test_an_address_of_somebody_else_is_refused(room: Room, api: Api, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["shouwen.example"]
    for token in ({}, {"Authorization": f"Bearer {api.secret}"}):
        headers = {"host": "evil.example", **token}
        said = problem(Client().get("/api/v1/test/notes/1", headers=headers), 400)
        assert "SHOUWEN_ALLOWED_HOSTS" in said["detail"]


def test_a_token_takes_the_short_way_and_is_answered_in_its_language(
    room: Room, api: Api, program: User
) -> None:
    client = Client(headers={"Authorization": f"Bearer {api.secret}", "Accept-Language": "en"})
    client.force_login(program)
    answer = client.get("/api/v1/test/notes/1")
    assert problem(answer, 403)["detail"] == "This token lacks the scope “test:read”."
    assert answer["Content-Language"] == "en"
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in answer.headers.get("Vary", "")  # no session was looked at


def test_who_asks_too_often_is_told_when_to_come_again(room: Room, api: Api, settings: Any) -> None:
    settings.API_RATE = 3 / limits.BURST_SECONDS
    answers = [api("POST", "/test/notes", {"text": "a"}) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    problem(answers[-1], 429)
    assert 1 <= int(answers[-1]["Retry-After"]) <= 10


def test_a_bucket_fills_again() -> None:
    assert limits.allow(1, moment=0.0, rate=2.0, burst=1.0) == 0
    assert limits.allow(1, moment=0.1, rate=2.0, burst=1.0) == pytest.approx(0.4)
    assert limits.allow(1, moment=0.6, rate=2.0, burst=1.0) == 0
    assert limits.allow(2, moment=0.6, rate=2.0, burst=1.0) == 0


def test_an_unknown_parameter_is_refused_by_name(room: Room, api: Api) -> None:
    _token, secret = services.create_token(username="program", scopes=["test:read"], at=now(), by=SYSTEM)
    reader = Api(secret)
    said = problem(reader("GET", "/test/notes/1?lines=2&linse=3"), 422)
    assert said["field"] == "linse"
    assert "lines" in said["detail"]
    problem(reader("GET", "/test/notes/1?lines=2"), 404)
    assert problem(api("POST", "/test/notes?dry=1", {"text": "a"}), 422)["field"] == "dry"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2026-11-22T10:00:00+08:00", "2026-11-22T02:00:00+00:00"),
        ("2026-11-22T10:00:00-20:37", "2026-11-23T06:37:00+00:00"),
        ("0549-07-27T12:07:38+00:00", None),
        ("9999-12-31T23:59:59-20:00", None),
    ],
)
def test_a_time_is_kept_in_utc_or_refused_at_its_field(sent: str, kept: str | None) -> None:
    class Wanted(kit.Strict):
        since: datetime

    if kept is None:
        with pytest.raises(ValidationError, match="since"):
            Wanted(since=sent)  # type: ignore[arg-type]
    else:
        assert Wanted(since=sent).since.isoformat() == kept  # type: ignore[arg-type]
