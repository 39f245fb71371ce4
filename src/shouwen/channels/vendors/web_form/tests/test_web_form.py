"""The public form: people get through, machines do not."""

from typing import Any

import pytest
from django.core.cache import cache

from shouwen.channels.models import Message
from shouwen.channels.testing import AT, Upstairs
from shouwen.channels.vendors.web_form import rules
from shouwen.channels.vendors.web_form.rules import Request
from shouwen.channels.vendors.web_form.vendor import Accepted, Upload, accept
from shouwen.customers.models import Customer
from shouwen.kernel.errors import Invalid, Refused

pytestmark = pytest.mark.django_db
WANG = Request(
    name="王芳",
    title="",
    text="挖掘机铲斗开裂，请马上处理",
    email="wang@customer.example",
    phone="13800000000",
)


@pytest.fixture(autouse=True)
def _forget() -> None:
    cache.clear()


def sent(request: Request = WANG, **values: Any) -> Accepted:
    given = {"trap": "", "filled_seconds": 20.0, "network": "192.0.2.1", "at": AT, **values}
    return accept(request=request, **given)


def test_a_request_opens_with_its_words_files_and_writer(upstairs: Upstairs) -> None:
    accepted = sent(uploads=[Upload("照片.png", 12, b"\x89PNG\r\n\x1a\n....")], meta={"kind": "repair"})
    assert (accepted.result, accepted.subject) == ("opened", ("case", 1))
    assert accepted.message.text == WANG.text
    assert accepted.message.title == WANG.text
    assert accepted.message.channel == "web"
    assert [a.file.name for a in accepted.message.attachments.all()] == ["照片.png"]
    assert upstairs.opened[0].meta == {"kind": "repair", "phone": "13800000000"}


def test_the_same_person_twice_is_one_customer(upstairs: Upstairs) -> None:
    sent()
    sent(Request(name="王女士", title="再问", text="修好了吗", email="WANG@customer.example"))
    assert Customer.objects.count() == 1


@pytest.mark.parametrize(("trap", "seconds"), [("x", 20.0), ("", 0.4), ("", None), ("", 1_300_000.0)])
def test_what_no_person_does_is_refused(upstairs: Upstairs, trap: str, seconds: float | None) -> None:
    with pytest.raises(Refused):
        sent(trap=trap, filled_seconds=seconds)
    assert Message.objects.count() == 0


def test_a_flood_from_one_network_is_stopped_and_others_get_through(upstairs: Upstairs) -> None:
    for _ in range(rules.MOST_AN_HOUR_UNPROVED):
        sent()
    with pytest.raises(Refused):
        sent()
    assert sent(network="192.0.2.2").result == "opened"


@pytest.mark.parametrize(
    ("request_", "fields"),
    [
        (Request(name="", title="", text="", email=""), {"name", "text", "email"}),
        (Request(name="王", title="", text="x", email="not an address"), {"email"}),
        (Request(name="王" * 81, title="", text="x" * 10_001, phone="1"), {"name", "text", "phone"}),
    ],
)
def test_every_wrong_field_is_named_at_once(upstairs: Upstairs, request_: Request, fields: set[str]) -> None:
    with pytest.raises(Invalid) as caught:
        sent(request_)
    assert set(caught.value.errors) == fields


def test_too_many_and_too_large_files_are_refused(upstairs: Upstairs) -> None:
    with pytest.raises(Invalid, match="10"):
        sent(uploads=[Upload("a", 1, b"a")] * 11)
    with pytest.raises(Invalid, match="20"):
        sent(uploads=[Upload("a", rules.MOST_FILE_BYTES + 1, b"a")])
