"""What happens at the door is written down: who, from where, what changed; never a secret."""

import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from shouwen.platform.access import SYSTEM, now
from shouwen.platform.accounts import services
from shouwen.platform.accounts.services import create_user
from shouwen.platform.apikit import kit
from shouwen.platform.apikit import services as tokens
from shouwen.platform.ledger import history
from shouwen.platform.ledger.models import Event

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"
LOGIN = "/accounts/login/"
AUDIT = ("audit", 0)


@pytest.fixture(autouse=True)
def _nobody_tried_before():
    cache.clear()


@pytest.fixture
def li():
    return create_user(
        username="li", name="李青", email="li@example.com", password=PASSWORD, roles=["agent"], at=now(), by=SYSTEM
    )  # fmt: skip


def sign_in(client, name, password=PASSWORD):
    return client.post(LOGIN, {"login": name, "password": password})


def names(subject):
    return [entry.name.partition(".")[2] for entry in reversed(history.entries(subject).items)]


def everything_written():
    return json.dumps(list(Event.objects.values("data", "before", "after", "by_name")), ensure_ascii=False)


def test_coming_and_going_are_written_down_with_the_way_and_the_address(client, li):
    sign_in(client, "li")
    client.post("/accounts/logout/")
    assert names(("login", li.pk)) == names(AUDIT) == ["signed_in", "signed_out"]
    entry = history.entries(AUDIT).items[-1]
    assert entry.by == "李青"
    assert "127.0.0.1" in entry.text
    assert Event.objects.get(name="accounts.signed_in").data["how"] == ["password"]


@pytest.mark.parametrize("typed", ["li", "LI", "li@example.com"])
def test_a_failed_sign_in_names_the_account_and_nobody_who_did_it(client, li, typed):
    sign_in(client, typed, "my secret guess")
    event = Event.objects.get(name="accounts.sign_in_failed")
    assert (event.data["user_id"], event.by_id, event.by_kind) == (li.pk, None, "anonymous")
    assert names(("login", li.pk)) == ["sign_in_failed"]
    assert "my secret guess" not in everything_written()


def test_what_was_typed_for_a_name_is_not_kept_since_it_may_be_a_password(client, li):
    sign_in(client, "my-secret-by-mistake", "li")
    assert names(AUDIT) == ["sign_in_failed"]
    assert "my-secret-by-mistake" not in everything_written()


def test_a_lockout_is_written_down_once_and_nothing_after_it(client, li):
    for _try in range(12):
        sign_in(client, "li", "wrong")
    told = names(("login", li.pk))
    assert told.count("locked_out") == 1
    assert told.count("sign_in_failed") <= 8


def test_a_changed_password_is_written_down_without_it(client, li):
    sign_in(client, "li")
    changed = {
        "oldpassword": PASSWORD,
        "password1": "another long phrase",
        "password2": "another long phrase",
    }
    client.post("/accounts/password/change/", changed)
    services.set_password(user_id=li.pk, password="a third long phrase", at=now(), by=SYSTEM)
    assert names(("login", li.pk)) == ["signed_in", "password_changed", "password_changed"]
    for secret in (PASSWORD, "another long phrase", "a third long phrase", li.password):
        assert secret not in everything_written()


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_is_written_down_when_it_comes_and_goes(client, li):
    sign_in(client, "li")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session[totp.SECRET_SESSION_KEY]
    code = f"{totp.hotp_value(secret, int(time.time()) // 30):06d}"
    client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert Authenticator.objects.filter(user=li, type="totp").exists()
    client.post("/accounts/2fa/totp/deactivate/")
    told = names(("login", li.pk))
    assert told[0] == "signed_in"
    assert "factor_added" in told
    assert "factor_removed" in told
    assert secret not in everything_written()


def test_tokens_are_written_down_when_made_and_revoked_with_what_they_may(li):
    kit.scope("cases:read", "Read cases")
    token, secret = tokens.create_token(
        username="li", scopes=["cases:read"], label="Dialler", at=now(), by=SYSTEM
    )
    tokens.revoke(token_id=token.pk, at=now(), by=SYSTEM)
    made, revoked = reversed(history.entries(AUDIT).items)
    assert "Dialler" in made.text
    assert made.changes[0].now == "cases:read"
    assert revoked.changes[0].was == "cases:read"
    assert secret not in everything_written()
    assert tokens.digest(secret) not in everything_written()


def as_somebody(*roles, username="boss"):
    user = create_user(username=username, name=username, password=None, roles=roles, at=now(), by=SYSTEM)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_an_administrator_reads_the_book_page_by_page_and_person_by_person(client, li):
    for _time in range(30):
        sign_in(client, "li")
        client.post("/accounts/logout/")
    admin = as_somebody("administrator")
    page = admin.get(reverse("ledger:audit")).content.decode()
    assert page.count("<tr>") == 1 + 50
    before = int(re.search(r"href=\"\?before=(\d+)", page)[1])
    older = admin.get(reverse("ledger:audit"), {"before": before}).content.decode()
    assert older.count("<tr>") == 1 + 61 - 50
    assert 'href="?before=' not in older
    only = admin.get(reverse("ledger:audit"), {"person": li.pk}).content.decode()
    assert only.count("<td>李青</td>") == 50
    assert admin.get(reverse("ledger:audit"), {"person": "x"}).status_code == 422
    assert admin.get(reverse("ledger:settings-history")).status_code == 200


def test_others_read_only_their_own(client, li):
    sign_in(Client(), "li")
    agent = as_somebody("agent", username="wu")
    assert agent.get(reverse("ledger:audit")).status_code == 403
    html = agent.get(reverse("ledger:own")).content.decode()
    assert "wu" in html
    assert "李青" not in html
    assert Client().get(reverse("ledger:own")).status_code == 302
