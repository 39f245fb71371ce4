"""Signing in: the page, the lockout, no sign-up, security pages only for who has just said who they are."""

import pytest
from django.core.cache import cache
from django.test import Client

from shouwen.platform.access import SYSTEM, now
from shouwen.platform.accounts.services import create_user

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _nobody_tried_before():
    cache.clear()  # attempts are counted by network address, and all tests share one


@pytest.fixture
def li():
    return create_user(
        username="li", name="李青", email="li@example.com", password=PASSWORD, roles=["agent"], at=now(), by=SYSTEM
    )  # fmt: skip


def sign_in(client, name, password):
    return client.post(LOGIN, {"login": name, "password": password})


@pytest.mark.parametrize("name", ["li", "li@example.com"])
def test_name_or_mail_address_and_password_open_the_house(client, li, name):
    response = sign_in(client, name, PASSWORD)
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(li.pk)


def test_a_wrong_password_is_refused_in_words_and_the_name_is_kept(client, li):
    response = sign_in(client, "li", "wrong")
    assert response.status_code == 200
    assert 'value="li"' in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_eight_failures_lock_the_name_out_for_this_address_even_with_the_right_password(client, li):
    answers = [sign_in(client, "li", "wrong").status_code for _try in range(8)]
    assert answers[:7] == [200] * 7
    assert answers[7] == 429
    locked = sign_in(client, "li", PASSWORD)
    assert locked.status_code == 429
    assert "十五分钟" in locked.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_colleague_at_the_same_address_still_gets_in(client, li):
    create_user(username="wu", name="吴工", password=PASSWORD, roles=["agent"], at=now(), by=SYSTEM)
    for _try in range(8):
        sign_in(client, "li", "wrong")
    assert sign_in(Client(), "wu", PASSWORD).status_code == 302


def test_nobody_signs_up_by_themselves(client):
    for answer in (
        client.get("/accounts/signup/"),
        client.post("/accounts/signup/", {"email": "a@example.com"}),
    ):
        assert "注册" in answer.content.decode()
        assert "password1" not in answer.content.decode()
    assert "/accounts/signup/" not in client.get(LOGIN).content.decode()


def test_a_second_factor_is_set_up_only_by_who_has_just_given_the_password(client, li):
    client.force_login(li, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get("/accounts/2fa/totp/activate/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize("page", ["2fa/", "2fa/webauthn/", "password/change/", "logout/"])
def test_the_security_pages_stand(client, li, page):
    sign_in(client, "li", PASSWORD)
    assert client.get(f"/accounts/{page}").status_code == 200


def test_no_page_carries_a_script_of_its_own(client, li):
    html = client.get(LOGIN).content.decode()
    assert "onclick" not in html
    assert 'type="application/json"' in html
