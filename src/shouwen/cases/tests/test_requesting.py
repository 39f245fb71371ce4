"""The public form: it loses no word, refuses machines, and says where the request went."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shouwen.cases import links
from shouwen.cases.models import Case, CaseKind
from shouwen.cases.queries.kinds import forget
from shouwen.cases.testing import furnished
from shouwen.cases.web.contact import requesting
from shouwen.channels import queries as channels
from shouwen.channels.vendors.web_form.rules import MOST_AN_HOUR
from shouwen.platform.access import now

pytestmark = pytest.mark.django_db
FORM = {"name": "王五", "text": "你们的泵漏油了", "email": "wang@example.com", "website": ""}


@pytest.fixture(autouse=True)
def _installation():
    furnished(now())
    cache.clear()


def stamp(seconds=60.0):
    from django.core import signing

    opened = now() - timedelta(seconds=seconds)
    return signing.Signer(salt=requesting.SALT).sign(f"{opened.timestamp():.3f}")


def send(client, **values):
    return client.post(reverse("cases:request"), {**FORM, "stamp": stamp(), **values})


def test_a_request_opens_a_case_and_says_its_number(client):
    photo = SimpleUploadedFile("pump.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    response = send(client, kind="repair", attachments=photo)
    case = Case.objects.get()
    assert response.status_code == 302
    page = client.get(response.headers["Location"]).content.decode()
    assert case.reference in page
    assert links.case_id_of(re.search(r'"/r/([^/"]+)/"', page)[1]) == case.pk
    assert (case.kind, case.channel, case.customer.name, case.owner) == ("repair", "web", "王五", None)
    message = channels.messages_of(case.subject)[0]
    assert (message.address, message.attachments.count()) == ("wang@example.com", 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"text": "  "}, "text"),
        ({"email": "", "phone": ""}, "email"),
        ({"email": "not an address"}, "email"),
        ({"kind": "nonsense"}, "kind"),
        ({"text": "x" * 10_001}, "text"),
    ],
)
def test_a_wrong_field_is_named_and_the_rest_is_kept(client, wrong, field):
    response = send(client, title="泵的事", **wrong)
    html = response.content.decode()
    assert response.status_code == 422
    assert Case.objects.count() == 0
    assert f"id_{field}" in html
    assert "泵的事" in html


@pytest.mark.parametrize(
    "machine",
    [{"website": "http://spam.example"}, {"stamp": ""}, {"stamp": "123:forged"}, {"stamp": "x:y:z"}],
)
def test_a_machine_is_refused_and_no_word_is_lost(client, machine):
    response = send(client, **machine)
    assert response.status_code == 409
    assert Case.objects.count() == 0
    assert "你们的泵漏油了" in response.content.decode()


def test_who_was_too_quick_sends_the_same_form_once_more(client):
    first = send(client, stamp=(quick := stamp(1)))
    assert first.status_code == 409
    assert f'value="{quick}"' in first.content.decode()


def test_a_second_click_opens_no_second_case(client):
    same = stamp()
    assert send(client, stamp=same).headers["Location"] == send(client, stamp=same).headers["Location"]
    assert Case.objects.count() == 1


def test_a_flood_from_one_network_is_refused(client):
    answers = [send(client, stamp=stamp(60 + number)).status_code for number in range(MOST_AN_HOUR + 1)]
    assert answers == [302] * MOST_AN_HOUR + [409]


def test_own_fields_of_the_chosen_kind_are_checked_and_kept(client):
    fields = [{"code": "serial", "label": "序列号", "type": "text", "required": True}]
    CaseKind.objects.filter(code="repair").update(fields=fields)
    forget()
    missing = send(client, kind="repair")
    assert missing.status_code == 422
    assert "field.repair.serial" in missing.content.decode()
    assert send(client, kind="help").status_code == 302  # another kind does not ask for it
    send(client, kind="repair", **{"field.repair.serial": "YS-1"})
    assert Case.objects.get(kind="repair").fields["serial"] == "YS-1"


def test_a_new_customer_is_written_to_in_the_language_of_the_form(client):
    client.cookies["shouwen-language"] = "en"
    send(client)
    assert Case.objects.get().customer.language == "en"


def test_a_forged_done_page_does_not_exist(client):
    assert client.get(reverse("cases:request-done", args=["1:forged"])).status_code == 404
