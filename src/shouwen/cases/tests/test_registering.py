"""Registering a contact: everything of one call on one page, and whoever was asked owns it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from shouwen.cases import services
from shouwen.cases.models import Case, Understanding
from shouwen.cases.rules.registering import Caller, Contact, Expected, Promised
from shouwen.cases.testing import AT, a_case, furnished
from shouwen.channels import queries as channels
from shouwen.customers.models import Customer
from shouwen.customers.services import flag
from shouwen.customers.testing import a_customer, an_asset
from shouwen.kernel.errors import Invalid
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM, now
from shouwen.promises import queries as promises

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SAID = {
    "channel": "phone",
    "who": "13812345678",
    "name": "张伟",
    "said": "铲斗开裂，停工了",
    "phone": "13812345678",
}


@pytest.fixture(autouse=True)
def _installation():
    furnished(now())


@pytest.fixture
def desk(client):
    person = a_person("desk", name="褚兰")
    client.force_login(person.user, backend=BACKEND)
    return person


def post(client, **values):
    return client.post(reverse("cases:register"), {**SAID, **values})


def test_one_call_becomes_a_case_with_understanding_expectation_and_promise(client, desk):
    response = post(
        client,
        understood="铲斗开裂，希望今天有人到场",
        agreed="1",
        expectation="免费更换",
        expectation_sort="too_high",
        expectation_managed="说明保修已过，先检测",
        promise="30分钟内给您回电",
        held_minutes="2",
        hold_permitted="1",
    )
    case = Case.objects.get()
    assert response.headers["Location"] == reverse("cases:case", args=[case.reference])
    assert (case.owner_id, case.first_asked_id, case.channel, case.kind) == (
        desk.id,
        desk.id,
        "phone",
        "repair",
    )
    assert Understanding.objects.get(case=case).confirmed_how == "phone"
    wanted = promises.expectations_for(case.subject)[0]
    assert (wanted.sort, wanted.managed) == ("too_high", "说明保修已过，先检测")
    promised = promises.open_for(case.subject)[0]
    assert abs((promised.due_at - case.opened_at) - timedelta(minutes=30)) < timedelta(minutes=2)
    call = channels.messages_of(case.subject)[0].meta["call"]
    assert call["hold"] == {"seconds": 120, "permitted": True}
    assert call["number"] == "13812345678"


def test_a_known_number_finds_its_customer_and_makes_no_second_one(client, desk):
    known = a_customer("张伟", phone="13812345678")
    post(client)
    assert Case.objects.get().customer_id == known.pk
    assert Customer.objects.count() == 1


def test_nothing_typed_is_lost_when_something_is_wrong(client, desk):
    response = post(client, promise="会尽快处理", understood="铲斗开裂")
    html = response.content.decode()
    assert response.status_code == 422
    assert Case.objects.count() == 0
    assert Customer.objects.count() == 0
    for typed in ("铲斗开裂，停工了", "会尽快处理", "张伟"):
        assert typed in html
    assert "id_promise_due-error" in html


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"said": ""}, "said"),
        ({"channel": "telepathy"}, "channel"),
        ({"kind": "nonsense"}, "kind"),
        ({"who": "", "name": "", "phone": ""}, "who"),
        ({"phone": "no number"}, "phone"),
        ({"held_minutes": "3"}, "hold_permitted"),
        ({"promise": "回电", "promise_due": "2001-01-01T10:00"}, "promise_due"),
        ({"said": "x" * 20_001}, "said"),
    ],
)
def test_a_wrong_field_is_named(client, desk, wrong, field):
    html = post(client, **wrong).content.decode()
    assert Case.objects.count() == 0
    assert f"id_{field}" in html
    assert "errors" in html


def test_what_is_typed_finds_the_customer_with_all_that_is_known(client, desk):
    zhang = a_customer("张伟", phone="13812345678")
    an_asset(zhang, "挖掘机", serial_number="SN-1")
    flag(
        customer_id=zhang.pk, reason="先听完再说", review_on=now().date(), expires_at=now() + timedelta(days=9),
        at=now(), by=SYSTEM, evidence="两次通话录音",
    )  # fmt: skip
    case = a_case(customer=zhang, channel="phone", at=now())
    part = client.get(reverse("cases:register-lookup"), {"who": "138 1234 5678"}).content.decode()
    for word in ("张伟", "SN-1", "先听完再说", case.reference):
        assert word in part
    assert "<html" not in part
    several = client.get(reverse("cases:register-lookup"), {"who": "张"}).content.decode()
    assert 'type="radio"' in several
    unknown = client.get(reverse("cases:register-lookup"), {"who": "13900000000"}).content.decode()
    assert 'value="13900000000"' in unknown


def test_a_second_call_about_the_same_thing_is_added_to_its_case(client, desk):
    zhang = a_customer("张伟", phone="13812345678")
    case = a_case(customer=zhang, channel="phone", at=now())
    post(client, customer=zhang.pk, about=case.reference, said="我再补充一点：液压也漏了")
    case.refresh_from_db()
    assert Case.objects.count() == 1
    assert [message.text for message in channels.messages_of(case.subject)][-1] == "我再补充一点：液压也漏了"
    assert case.owner_id == desk.id


def test_a_case_of_another_customer_is_not_added_to(desk):
    other, zhang = a_case(at=now()), a_customer("张伟")
    with pytest.raises(Invalid) as invalid:
        services.take_down(
            contact=Contact("phone", Caller(zhang.pk), "漏油", about=other.pk), at=now(), by=as_actor(desk)
        )
    assert "about" in invalid.value.errors


def test_a_promise_by_chosen_time_needs_no_time_in_its_words(desk):
    case = services.take_down(
        contact=Contact(
            "desk",
            Caller(name="李娜", phone="13912345678"),
            "来问发票",
            promised=Promised("寄出发票", AT + timedelta(hours=3)),
            expected=Expected("当天寄"),
        ),
        at=AT,
        by=as_actor(desk),
    )
    assert [one.due_at for one in promises.open_for(case.subject)] == [AT + timedelta(hours=3)]
    assert promises.expectations_for(case.subject)[0].sort == "reasonable"


def test_without_javascript_the_look_up_is_a_button(client, desk):
    a_customer("张伟", phone="13812345678")
    html = post(client, look="1").content.decode()
    assert Case.objects.count() == 0
    assert 'name="customer"' in html
    assert "铲斗开裂，停工了" in html


def test_who_does_not_answer_to_customers_registers_nothing(client):
    client.force_login(a_person("provider").user, backend=BACKEND)
    assert client.get(reverse("cases:register")).status_code == 403
