"""The public form: it loses no word, refuses machines, and says where the request went."""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shouwen.cases import links
from shouwen.cases.models import Case, CaseKind
from shouwen.cases.queries.kinds import forget
from shouwen.cases.testing import furnished
from shouwen.cases.web.contact import stamps
from shouwen.channels import queries as channels
from shouwen.channels.vendors.web_form.rules import MOST_AN_HOUR, MOST_AN_HOUR_UNPROVED, proved
from shouwen.platform.access import now

pytestmark = pytest.mark.django_db
FORM = {"name": "王五", "text": "你们的泵漏油了", "email": "wang@example.com", "website": ""}


@pytest.fixture(autouse=True)
def _installation():
    furnished(now())
    cache.clear()


def stamp(seconds=60.0):
    return stamps.fresh(now() - timedelta(seconds=seconds))


def worked(known):
    """The proof of work that the page's script adds."""
    return next(str(number) for number in count() if proved(known, str(number)))


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


def test_the_same_words_again_from_the_same_browser_are_the_same_request(client):
    """Back, the form opened anew with what the browser remembers, and sent: nothing new opens."""
    first = send(client, stamp=stamp(60))
    cache.clear()
    again = send(client, stamp=stamp(30))
    assert Case.objects.count() == 1
    assert {links.case_id_of(one.headers["Location"].split("/")[3]) for one in (first, again)} == {
        Case.objects.get().pk
    }
    photo = SimpleUploadedFile("pump.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    send(client, stamp=stamp(20), attachments=photo)  # this time with the photo they had forgotten
    case = Case.objects.get()
    assert sum(m.attachments.count() for m in channels.messages_of(case.subject)) == 1


def test_the_same_words_from_somebody_else_are_another_request(client):
    from django.test import Client

    send(client)
    send(Client())
    assert Case.objects.count() == 2


def test_two_forms_opened_in_one_moment_are_two(client):
    at = now()
    assert stamps.fresh(at) != stamps.fresh(at)


def test_a_flood_from_one_network_is_refused(client):
    def flood(times, *, by_a_machine_that_works):
        cache.clear()
        for number in range(times):
            known = stamp(60)
            proof = worked(known) if by_a_machine_that_works else ""
            yield send(client, stamp=known, proof=proof, text=f"第{number}次").status_code

    assert list(flood(MOST_AN_HOUR + 1, by_a_machine_that_works=True)) == [302] * MOST_AN_HOUR + [409]
    unproved = list(flood(MOST_AN_HOUR_UNPROVED + 1, by_a_machine_that_works=False))
    assert unproved == [302] * MOST_AN_HOUR_UNPROVED + [409]


def test_the_work_lets_a_quick_writer_through(client):
    quick = stamp(4)
    assert send(client, stamp=quick).status_code == 409
    assert send(client, stamp=quick, proof="1" if not proved(quick, "1") else "2").status_code in {302, 409}
    assert send(client, stamp=quick, proof=worked(quick)).status_code == 302


def test_an_empty_form_names_every_field_even_when_it_comes_at_once(client):
    empty = client.post(reverse("cases:request"), {"stamp": stamp(0.1), "website": ""})
    html = empty.content.decode()
    assert empty.status_code == 422
    for field in ("name", "text", "email"):
        assert f'id="id_{field}-error"' in html
        assert f'href="#id_{field}"' in html


def test_files_that_were_lost_are_named_beside_their_field(client):
    photo = SimpleUploadedFile("pump.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    html = send(client, name="", attachments=photo).content.decode()
    assert "pump.png" in html.split('id="id_attachments-error"')[1].split("</p>")[0]


def test_a_tab_left_open_for_a_week_still_sends(client):
    assert send(client, stamp=stamp(7 * 24 * 3600)).status_code == 302


def test_own_fields_of_the_chosen_kind_are_checked_and_kept(client):
    fields = [{"code": "serial", "label": "序列号", "type": "text", "required": True}]
    CaseKind.objects.filter(code="repair").update(fields=fields)
    forget()
    missing = send(client, kind="repair")
    assert missing.status_code == 422
    assert 'id="id_field.repair.serial-error"' in missing.content.decode()
    assert send(client, kind="help").status_code == 302  # another kind does not ask for it
    send(client, kind="repair", **{"field.repair.serial": "YS-1"})
    assert Case.objects.get(kind="repair").fields["serial"] == "YS-1"


def test_a_new_customer_is_written_to_in_the_language_of_the_form(client):
    client.cookies["shouwen-language"] = "en"
    send(client)
    assert Case.objects.get().customer.language == "en"


def test_a_forged_done_page_does_not_exist(client):
    assert client.get(reverse("cases:request-done", args=["1:forged"])).status_code == 404
