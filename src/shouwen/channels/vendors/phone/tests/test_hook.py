"""The signed way in for telephone systems."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from shouwen.channels.models import Call, CallEvent, Extension, SignedRefusal, SignedSeen
from shouwen.channels.services import forget_signed
from shouwen.channels.vendors.phone.testing import Telephone, a_system
from shouwen.customers.testing import a_customer
from shouwen.people.testing import a_person

pytestmark = pytest.mark.django_db
BODY = json.dumps({"id": "e1", "call": "c9", "event": "ringing", "at": "2026-03-02T09:30:00+08:00"}).encode()


@pytest.fixture
def telephone(client: Client) -> Telephone:
    return Telephone(client, a_system())


def stamp(ago: timedelta) -> str:
    return str(int((datetime.now(UTC) - ago).timestamp()))


def test_a_signed_event_becomes_a_call(telephone: Telephone) -> None:
    answer = telephone.send(BODY)
    assert (answer.status_code, answer.json()) == (200, {"call": "c9", "state": "ringing"})


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"secret": "another"}, "wrong"),
        ({"signature": ""}, "unsigned"),
        ({"signature": "%E6%B1%89"}, "wrong"),
        ({"ago": timedelta(minutes=6)}, "old"),
        ({"ago": -timedelta(minutes=6)}, "old"),
        ({"stamp": "soon"}, "bad_time"),
        ({"stamp": "9" * 40}, "bad_time"),
    ],
)
def test_what_is_not_signed_as_agreed_is_refused_and_written_down(
    telephone: Telephone, wrong: dict[str, Any], reason: str
) -> None:
    if "ago" in wrong:
        wrong = {"stamp": stamp(wrong["ago"])}
    assert telephone.send(BODY, **wrong).status_code == 403
    assert not Call.objects.exists()
    assert [one.reason for one in SignedRefusal.objects.all()] == [reason]


def test_a_replay_is_refused_and_written_down(telephone: Telephone) -> None:
    when = stamp(timedelta())
    assert telephone.send(BODY, stamp=when).status_code == 200
    again = telephone.send(BODY, stamp=when)
    assert (again.status_code, again["Content-Type"]) == (409, "application/problem+json")
    assert SignedRefusal.objects.get().reason == "replayed"
    assert CallEvent.objects.count() == 1


def test_an_event_signed_anew_counts_once(telephone: Telephone) -> None:
    telephone.send(BODY, stamp=stamp(timedelta(seconds=2)))
    assert telephone.send(BODY, stamp=stamp(timedelta())).status_code == 200
    assert CallEvent.objects.count() == 1


def test_one_that_could_not_be_read_may_come_again(telephone: Telephone) -> None:
    when = stamp(timedelta())
    assert telephone.send(b"{", stamp=when).status_code == 422
    assert not SignedSeen.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"event": "exploded"}, "event"),
        ({"at": "tomorrow"}, "at"),
        ({"at": "2026-03-02T09:30:00"}, "at"),
        ({"at": 5}, "at"),
        ({"call": ""}, "call"),
        ({"id": "x" * 121}, "id"),
        ({"number": ["1"]}, "number"),
        ({"number": "1\x00"}, "number"),
        ({"direction": "up"}, "direction"),
        ({"event": "recording", "url": "javascript:alert(1)"}, "url"),
        ({"event": "transferred"}, "to"),
    ],
)
def test_every_wrong_field_is_named(telephone: Telephone, change: dict[str, Any], field: str) -> None:
    answer = telephone.send(json.dumps({**json.loads(BODY), **change}).encode())
    assert answer.status_code == 422
    assert field in answer.json()["errors"]


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"\xff", b"[" * 5000, b"1" * 5000])
def test_what_is_no_event_at_all_is_said_so(telephone: Telephone, body: bytes) -> None:
    assert telephone.send(body).status_code == 422


def test_too_much_is_too_much(telephone: Telephone) -> None:
    assert telephone.send(b"x" * 300_000).status_code == 413


def test_an_unknown_address_and_one_switched_off_do_not_exist(client: Client) -> None:
    off = Telephone(client, a_system(active=False))
    assert off.send(BODY).status_code == 404
    assert client.post("/hooks/phone/absent/", data=b"{}", content_type="application/json").status_code == 404


def test_the_caller_and_the_extensions_person_are_found(telephone: Telephone) -> None:
    wang = a_customer(name="王芳", phone="138 0000 0000")
    anna = a_person("agent")
    Extension.objects.create(number="801", staff_id=anna.pk)
    telephone("ringing", 0, extension="801")
    call = telephone.call
    assert (call.customer_id, call.number, call.staff_ids) == (wang.pk, "+8613800000000", [anna.pk])


def test_figures_are_right_when_the_end_arrives_first(telephone: Telephone) -> None:
    for event, after in (("ended", 120), ("held", 40), ("ringing", 0), ("resumed", 70), ("answered", 10)):
        assert telephone(event, after, extension="801").status_code == 200
    call = telephone.call
    assert (call.state, call.wait, call.hold, call.talk, call.missed) == ("ended", 10, 30, 80, False)


def test_marks_and_old_refusals_are_forgotten_in_time(telephone: Telephone) -> None:
    telephone.send(BODY)
    telephone.send(BODY, secret="another")
    assert forget_signed(at=datetime.now(UTC) + timedelta(days=1)) == 1
    assert forget_signed(at=datetime.now(UTC) + timedelta(days=31)) == 1
