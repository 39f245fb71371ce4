"""Settings: connected channels. Secrets are shown once; strangers and agents are kept out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.channels import registry, services
from shouwen.channels.models import Account
from shouwen.channels.testing import make_line
from shouwen.people.testing import a_person
from shouwen.platform.access import now
from shouwen.platform.secrets import unseal

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def signed_in(client: Client) -> Callable[..., Client]:
    def enter(*roles: str) -> Client:
        client.force_login(a_person(*roles).user, backend=BACKEND)
        return client

    return enter


def vendors() -> list[str]:
    return [vendor.code for vendor in registry.all_vendors() if vendor.fields]


def test_every_vendor_with_fields_has_a_page_with_its_how_to(signed_in: Any) -> None:
    client = signed_in("administrator")
    for code in vendors():
        page = client.get(reverse("channels:line-new", args=[code]))
        assert page.status_code == 200, code
    assert client.get(reverse("channels:lines")).status_code == 200


@pytest.mark.parametrize("name", ["lines", "line-new", "line", "line-test", "line-secret"])
def test_an_agent_is_kept_out(signed_in: Any, name: str) -> None:
    args: dict[str, list[Any]] = {"lines": [], "line-new": ["webhook"], "line-secret": [1, "secret"]}
    address = reverse(f"channels:{name}", args=args.get(name, [1]))
    client = signed_in("agent")
    assert {client.get(address).status_code, client.post(address).status_code} <= {403, 405}


def test_a_webhook_is_connected_and_its_secret_is_shown_once(signed_in: Any) -> None:
    client = signed_in("administrator")
    made = client.post(reverse("channels:line-new", args=["webhook"]), {"name": "论坛", "channel": "social"})
    account = Account.objects.get()
    secret = unseal(account.secrets["secret"])
    assert (account.channel, account.name, len(secret)) == ("social", "论坛", 43)
    assert secret in made.content.decode()
    assert f"/hooks/webhook/{account.pk}/" in made.content.decode()
    assert made["Cache-Control"] == "no-store"
    assert secret not in client.get(reverse("channels:line", args=[account.pk])).content.decode()


def test_a_new_secret_replaces_the_old_one(signed_in: Any) -> None:
    client = signed_in("administrator")
    account = make_line("webhook", secret="the first one of the test")
    page = client.post(reverse("channels:line-secret", args=[account.pk, "secret"]))
    account.refresh_from_db()
    assert unseal(account.secrets["secret"]) in page.content.decode()
    assert client.post(reverse("channels:line-secret", args=[account.pk, "channel"])).status_code == 200
    assert set(Account.objects.get().secrets) == {"secret"}


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("deliver_url", "ftp://x"), ("channel", "pigeon")]
)
def test_a_wrong_setting_is_named_and_nothing_typed_is_lost(signed_in: Any, field: str, value: str) -> None:
    given = {"name": "论坛系统", "channel": "social", "deliver_url": "https://x.example/in", field: value}
    response = signed_in("administrator").post(reverse("channels:line-new", args=["webhook"]), given)
    assert response.status_code == 422
    assert "has-error" in response.content.decode()
    assert Account.objects.count() == 0


def test_a_line_is_changed_switched_off_and_then_does_not_exist_for_the_other_side(signed_in: Any) -> None:
    client = signed_in("administrator")
    account = make_line("webhook", secret="a secret of the test")
    client.post(reverse("channels:line", args=[account.pk]), {"name": "新名", "channel": "webhook"})
    account.refresh_from_db()
    assert account.name == "新名"
    client.post(reverse("channels:line-activity", args=[account.pk]), {})
    assert client.post(reverse("channels:hook", args=["webhook", account.pk])).status_code == 404


def test_a_refused_callback_is_on_the_register_page(signed_in: Any) -> None:
    account = make_line("webhook", name="工单系统", secret="a secret of the test")
    services.refuse(account=account, reason="wrong_signature", sender="192.0.2.7", at=now())
    page = signed_in("supervisor").get(reverse("channels:refusals")).content.decode()
    assert "192.0.2.7" in page
    assert "工单系统" in page


def test_the_test_button_of_a_line_without_an_address_says_so(signed_in: Any) -> None:
    account = make_line("webhook", secret="a secret of the test")
    assert (
        signed_in("administrator").post(reverse("channels:line-test", args=[account.pk])).status_code == 200
    )
