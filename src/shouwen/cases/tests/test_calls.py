"""The whole way of a call: it rings, somebody answers, writes down, owns; who does not get through is called back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from shouwen.cases.models import Case
from shouwen.cases.testing import everything_happens, furnished
from shouwen.channels.models import Call, Extension, Line, Message
from shouwen.channels.services import erase_customer
from shouwen.channels.vendors.phone import services
from shouwen.channels.vendors.phone.testing import Telephone, a_system
from shouwen.customers.testing import a_customer
from shouwen.people.models import Staff
from shouwen.people.testing import a_person, a_team
from shouwen.platform.access import SYSTEM
from shouwen.platform.accounts.models import User
from shouwen.promises.models import Promise

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def anna() -> Staff:
    furnished(datetime.now(UTC))
    team = a_team("Phones")
    anna = a_person("agent", name="Anna", teams=(team,), presence="on_duty")
    Line.objects.create(number="400800", name="热线", team_id=team.pk, call_back_minutes=60)
    Extension.objects.create(number="801", staff_id=anna.pk)
    return anna


@pytest.fixture
def at_work(client: Client, anna: Staff) -> Client:
    client.force_login(User.objects.get(pk=anna.pk), backend=BACKEND)
    return client


def telephone(name: str = "c-1", **values: Any) -> Telephone:
    from shouwen.channels.models import PhoneSystem

    system = PhoneSystem.objects.first() or a_system()
    began = datetime.now(UTC) - timedelta(seconds=values.pop("ago", 300))
    return Telephone(Client(), system, name=name, began=began.replace(microsecond=0), **values)


def missed(name: str = "c-1", **values: Any) -> Call:
    call = telephone(name, **values)
    call("ringing", 0, extension="801")
    call("ended", 30)
    everything_happens(datetime.now(UTC) + timedelta(minutes=1))
    return call.call


def write_down(at_work: Client, call: Call, **more: Any) -> Any:
    given = {"channel": "phone", "call": call.pk, "said": "装载机漏油，请派人来", "who": call.number, **more}
    return at_work.post("/register/", given)


def test_it_rings_at_the_desk_with_the_callers_page(at_work: Client) -> None:
    wang = a_customer(name="王芳", phone="13800000000")
    telephone()("ringing", 0, extension="801")
    told = at_work.get("/calls/here/").content.decode()
    assert "王芳" in told
    assert f"/customers/{wang.pk}/" in told
    assert "热线" in told


def test_it_does_not_ring_at_a_colleagues_desk(client: Client, anna: Staff) -> None:
    telephone()("ringing", 0, extension="801")
    client.force_login(User.objects.get(pk=a_person("agent").pk), backend=BACKEND)
    assert "call-card" not in client.get("/calls/here/").content.decode()


def test_several_customers_with_the_number_are_offered_and_none_is_guessed(at_work: Client) -> None:
    a_customer(name="甲公司", phone="021 6123 4567")
    a_customer(name="乙公司", phone="010 6123 4567")
    telephone(number="61234567")("ringing", 0, extension="801")
    assert Call.objects.get().customer_id is None
    told = at_work.get("/calls/here/").content.decode()
    assert "甲公司" in told
    assert "乙公司" in told


def test_the_page_opens_prefilled_and_the_case_is_mine_and_found(at_work: Client, anna: Staff) -> None:
    a_customer(name="王芳", phone="13800000000")
    phone = telephone()
    phone("ringing", 0, extension="801")
    phone("answered", 8, extension="801")
    page = at_work.get(f"/register/?channel=phone&call={phone.call.pk}").content.decode()
    assert "王芳" in page
    assert f'name="call" value="{phone.call.pk}"' in page

    assert write_down(at_work, phone.call).status_code == 302
    case = Case.objects.get()
    assert (case.owner_id, case.channel, phone.call.subject) == (anna.pk, "phone", case.subject)
    phone("ended", 128)
    message = Message.objects.get()
    assert message.meta["call"]["duration"] == 120
    everything_happens(datetime.now(UTC) + timedelta(minutes=1))
    assert "漏油" in at_work.get(f"/cases/{case.reference}/").content.decode()
    assert case.reference in at_work.get("/search/?q=漏油").content.decode()


def test_a_held_caller_was_asked_first_or_the_page_says_so(at_work: Client) -> None:
    phone = telephone()
    for event, after in (("ringing", 0), ("answered", 5), ("held", 20), ("resumed", 50), ("ended", 60)):
        phone(event, after, extension="801")
    refused = write_down(at_work, phone.call, name="王芳", phone="13800000000")
    assert refused.status_code == 422
    assert "装载机漏油" in refused.content.decode()
    assert write_down(at_work, phone.call, name="王芳", hold_permitted="1").status_code == 302
    assert Message.objects.get().meta["call"]["hold"] == {"seconds": 30, "permitted": True}


def test_the_permission_is_written_down_from_the_pop_up(at_work: Client) -> None:
    phone = telephone()
    phone("ringing", 0, extension="801")
    phone("answered", 5, extension="801")
    assert at_work.post(f"/calls/{phone.call.pk}/permission/", {"what": "hold"}).status_code == 302
    phone("held", 20)
    assert not phone.call.held_unasked
    assert at_work.post(f"/calls/{phone.call.pk}/permission/", {"what": "sing"}).status_code == 422


def test_who_did_not_get_through_has_a_case_and_a_promise_by_the_teams_calendar(anna: Staff) -> None:
    call = missed()
    case, promise = Case.objects.get(), Promise.objects.get()
    assert (case.channel, case.owner_id, call.subject) == ("phone", None, case.subject)
    assert (promise.pk, promise.subject_id, promise.team_id) == (call.promise_id, case.pk, case.team_id)
    assert promise.counted_seconds is None or promise.counted_seconds == 3600
    assert case.due_at is not None


def test_who_tries_again_stays_in_one_case_with_one_promise(anna: Staff) -> None:
    first, second = missed("c-1"), missed("c-2")
    assert second.subject == first.subject
    assert (Case.objects.count(), Promise.objects.count(), Message.objects.count()) == (1, 1, 2)


def test_the_outgoing_call_keeps_the_promise(at_work: Client, anna: Staff) -> None:
    call = missed(ago=600)
    assert "承诺" in at_work.get("/calls/").content.decode()
    back = telephone("c-2", direction="outgoing", ago=60)
    back("ringing", 0, extension="801")
    back("ended", 20)
    call.refresh_from_db()
    assert (call.tries, call.called_back_at) == (1, None)
    back = telephone("c-3", direction="outgoing", ago=30)
    back("ringing", 0, extension="801")
    back("answered", 6, extension="801")
    call.refresh_from_db()
    assert call.called_back_at is not None
    assert Promise.objects.get().state == "kept"
    page = at_work.get(f"/register/?channel=phone&call={back.call.pk}").content.decode()
    assert f'value="{Case.objects.get().reference}"  checked' in page


def test_a_late_answer_makes_no_missed_call(anna: Staff) -> None:
    phone = telephone()
    phone("ringing", 0, extension="801")
    phone("ended", 90)
    phone("answered", 10, extension="801")
    everything_happens(datetime.now(UTC) + timedelta(minutes=1))
    assert not Case.objects.exists()


def test_a_withheld_number_is_listed_and_promised_nothing(at_work: Client) -> None:
    missed(number="")
    assert not Case.objects.exists()
    assert "隐藏号码" in at_work.get("/calls/").content.decode()


def test_seeing_to_a_missed_call_twice_changes_nothing(anna: Staff) -> None:
    call = missed()
    services.call_missed(call_id=call.pk, at=datetime.now(UTC))
    assert (Case.objects.count(), Promise.objects.count()) == (1, 1)


def test_somebody_else_may_not_write_down_my_call(client: Client, anna: Staff) -> None:
    phone = telephone(line="")
    phone("ringing", 0, extension="801")
    phone("answered", 5, extension="801")
    client.force_login(User.objects.get(pk=a_person("agent").pk), backend=BACKEND)
    assert client.get(f"/calls/{phone.call.pk}/").status_code == 404
    write_down(client, phone.call, name="王芳")
    assert phone.call.subject is None


def test_an_erased_customers_number_leaves_the_calls(anna: Staff) -> None:
    call = missed()
    assert call.customer_id is not None
    erase_customer(customer_id=call.customer_id, at=datetime.now(UTC), by=SYSTEM)
    call.refresh_from_db()
    assert (call.number, call.recording) == ("", "")


def test_a_click_on_a_customers_number_calls_it(at_work: Client) -> None:
    a_system(key="dials", dial="https://pbx.example/call?to={number}")
    wang = a_customer(name="王芳", phone="13800000000")
    page = at_work.get(f"/customers/{wang.pk}/").content.decode()
    assert 'href="https://pbx.example/call?to=+8613800000000"' in page
