"""The settings pages, the mail by itself, and what a stranger gets."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.channels import queries
from shouwen.channels.models import Account, Message
from shouwen.channels.testing import AT, Upstairs, make_account, make_mail, make_outbound
from shouwen.channels.vendors.email.arriving import import_raw
from shouwen.people.testing import a_person
from shouwen.platform.access import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("upstairs")]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LISTS = ("mailboxes", "mailbox-new", "outgoing", "refusals")
GOOD = {
    "name": "客服邮箱",
    "address": "Service@Desk.example",
    "receive": "imap",
    "imap_host": "imap.desk.example",
    "imap_user": "service",
    "imap_password": "s3cret one",
    "send": "smtp",
    "smtp_host": "smtp.desk.example",
    "smtp_security": "starttls",
}


@pytest.fixture
def signed_in(client: Client) -> Callable[..., Client]:
    def enter(*roles: str) -> Client:
        client.force_login(a_person(*roles).user, backend=BACKEND)
        return client

    return enter


@pytest.fixture
def mail(upstairs: Upstairs) -> Message:
    """A formatted mail with a tracking image, on a subject that administrators may see."""
    html = '<p>你好 <b>重要</b><img src="https://spy.example/p.gif"></p>'
    imported = import_raw(make_mail("你好", html=html), source="test", at=AT, by=SYSTEM)
    assert imported.record.message is not None
    return imported.record.message


@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_for_an_administrator(signed_in: Any, name: str) -> None:
    make_account()
    assert signed_in("administrator").get(reverse(f"channels:{name}")).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_an_agent_is_kept_out_of_settings(signed_in: Any, name: str) -> None:
    assert signed_in("agent").get(reverse(f"channels:{name}")).status_code == 403


def test_a_mailbox_is_set_up_and_its_passwords_are_never_seen_again(signed_in: Any) -> None:
    client = signed_in("administrator")
    assert client.post(reverse("channels:mailbox-new"), GOOD).status_code == 302
    account = Account.objects.get()
    assert (account.address, account.default, account.settings["imap_port"]) == (
        "service@desk.example",
        True,
        993,
    )
    assert "s3cret" not in str(account.secrets)
    assert "s3cret" not in client.get(reverse("channels:mailbox", args=[account.pk])).content.decode()


def test_a_password_left_empty_stays_as_it_was(signed_in: Any) -> None:
    client = signed_in("administrator")
    client.post(reverse("channels:mailbox-new"), GOOD)
    account = Account.objects.get()
    client.post(
        reverse("channels:mailbox", args=[account.pk]), {**GOOD, "name": "新名字", "imap_password": ""}
    )
    changed = queries.account(account.pk)
    assert (changed.name, changed.secrets) == ("新名字", account.secrets)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("address", "nobody"),
        ("imap_host", "http://x/"),
        ("imap_host", "mail\u202e.example"),
        ("team", "999999"),
        ("imap_port", "99999"),
        ("imap_password", ""),
        ("smtp_host", ""),
        ("receive", "pigeon"),
        ("name", ""),
    ],
)
def test_a_wrong_setting_is_named_and_nothing_typed_is_lost(signed_in: Any, field: str, value: str) -> None:
    response = signed_in("administrator").post(reverse("channels:mailbox-new"), {**GOOD, field: value})
    assert response.status_code == 422
    html = response.content.decode()
    assert f'id="id_{field}"' in html or f'name="{field}"' in html
    assert "has-error" in html
    assert "客服邮箱" in html or field == "name"
    assert "s3cret" not in html
    assert Account.objects.count() == 0


def test_the_same_address_twice_is_refused(signed_in: Any) -> None:
    client = signed_in("administrator")
    client.post(reverse("channels:mailbox-new"), GOOD)
    assert client.post(reverse("channels:mailbox-new"), GOOD).status_code == 422
    assert Account.objects.count() == 1


def test_the_queue_shows_what_failed_and_sends_it_again(signed_in: Any) -> None:
    make_account()
    message = make_outbound()
    Message.objects.filter(pk=message.pk).update(
        delivery="failed", delivery_note="permanent: 550 no such user"
    )
    client = signed_in("supervisor")
    assert "550 no such user" in client.get(reverse("channels:outgoing")).content.decode()
    client.post(reverse("channels:outgoing-retry", args=[message.pk]), {"to": "right@customer.example"})
    message.refresh_from_db()
    assert (message.delivery, message.address) == ("queued", "right@customer.example")


@pytest.mark.parametrize("delivery", queries.SHOWN)
def test_every_state_of_the_queue_can_be_looked_at(signed_in: Any, delivery: str) -> None:
    message = make_outbound()
    Message.objects.filter(pk=message.pk).update(delivery=delivery)
    page = signed_in("supervisor").get(reverse("channels:outgoing"), {"state": delivery})
    assert "wang@customer.example" in page.content.decode()


def test_a_refused_mail_is_shown_with_its_reason_saved_raw_and_opened(
    signed_in: Any, upstairs: Upstairs
) -> None:
    import_raw(make_mail("我在休假", Auto_Submitted="auto-replied"), source="test", at=AT, by=SYSTEM)
    record = queries.registered().get()
    client = signed_in("supervisor")
    assert "铲斗开裂" in client.get(reverse("channels:refusals")).content.decode()
    raw = client.get(reverse("channels:refusal-raw", args=[record.pk]))
    assert raw["Content-Disposition"].startswith("attachment")
    assert b"Auto-Submitted" in raw.content
    assert client.post(reverse("channels:refusal-opening", args=[record.pk])).status_code == 302
    assert queries.record(record.pk).result == "opened"
    assert client.post(reverse("channels:refusal-opening", args=[record.pk])).status_code == 409


def test_images_from_elsewhere_are_shown_only_when_asked_for(signed_in: Any, mail: Message) -> None:
    client = signed_in("administrator")
    address = reverse("channels:message-formatted", args=[mail.pk])
    blocked, shown = client.get(address), client.get(address, {"images": "1"})
    assert ' src="https://spy.example' not in blocked.content.decode()
    assert '<img alt=""' in blocked.content.decode()
    assert "https:" not in blocked["Content-Security-Policy"].split("img-src")[1].split(";")[0]
    assert ' src="https://spy.example' in shown.content.decode()
    assert "https:" in shown["Content-Security-Policy"].split("img-src")[1].split(";")[0]
    assert shown["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("name", ["message-formatted", "message-raw"])
def test_a_message_does_not_exist_for_who_may_not_see_what_it_belongs_to(
    signed_in: Any, mail: Message, name: str
) -> None:
    assert signed_in("agent").get(reverse(f"channels:{name}", args=[mail.pk])).status_code == 404


def test_the_raw_mail_leaves_as_a_file(signed_in: Any, mail: Message) -> None:
    raw = signed_in("administrator").get(reverse("channels:message-raw", args=[mail.pk]))
    assert raw["Content-Disposition"] == f'attachment; filename="message-{mail.pk}.eml"'
    assert "sandbox" in raw["Content-Security-Policy"]


def test_the_queue_takes_the_same_few_questions_for_any_length(
    signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    make_account()
    for number in range(30):
        make_outbound(("case", number + 1))
    client = signed_in("supervisor")
    client.get(reverse("channels:outgoing"))
    with django_assert_max_num_queries(16):
        client.get(reverse("channels:outgoing"))
