"""The page of tokens: made, shown once, revoked."""

import re

import pytest
from django.test import Client

from shouwen.platform.access import SYSTEM, now
from shouwen.platform.accounts import services as accounts
from shouwen.platform.accounts.models import User
from shouwen.platform.apikit import kit, services
from shouwen.platform.apikit.models import Token

pytestmark = pytest.mark.django_db
ADDRESS = "/settings/tokens/"
FORM = {"user": "program", "label": "仓库接口", "scope": ["test:read", "test:write"], "days": "30"}


@pytest.fixture
def boss(program: User) -> Client:
    kit.scope("test:read", "Read")
    kit.scope("test:write", "Write")
    user = accounts.create_user(
        username="boss", name="管理员", password=None, roles=["administrator"], at=now(), by=SYSTEM
    )
    client = Client()
    client.force_login(user)
    return client


def test_a_new_token_is_shown_once_and_opens_what_it_says(boss: Client) -> None:
    page = boss.post(ADDRESS, FORM)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    secret = re.search(r"sw_[\w-]{43}", page.content.decode())
    assert secret
    known = kit.known_token(secret[0])
    assert known is not None
    assert known.actor.scopes == {"test:read", "test:write"}
    assert (known.actor.name, known.expires_at is not None) == ("程序", True)
    again = boss.get(ADDRESS).content.decode()
    assert "sw_" not in again
    assert "仓库接口" in again


def test_what_is_missing_is_said_and_what_was_typed_stays(boss: Client) -> None:
    page = boss.post(ADDRESS, {"user": "program", "label": "仓库接口", "days": "31"})
    assert page.status_code == 422
    assert "仓库接口" in page.content.decode()
    assert boss.post(ADDRESS, {**FORM, "scope": "nonsense:all"}).status_code == 422
    assert boss.post(ADDRESS, {**FORM, "scope": []}).status_code == 422
    assert boss.post(ADDRESS, {**FORM, "user": "nobody"}).status_code in {404, 422}
    assert not Token.objects.exists()


def test_a_revoked_token_is_marked_and_opens_nothing(boss: Client) -> None:
    token, secret = services.create_token(
        username="program", scopes=["test:read"], label="old", at=now(), by=SYSTEM
    )
    assert boss.post(f"{ADDRESS}{token.pk}/revocation/").status_code == 302
    kit.forget_tokens()
    assert kit.known_token(secret) is None
    assert f"{ADDRESS}{token.pk}/revocation/" not in boss.get(ADDRESS).content.decode()
    assert boss.post(f"{ADDRESS}{token.pk}/revocation/").status_code == 404


def test_only_an_administrator_sees_and_makes_tokens(program: User) -> None:
    client = Client()
    client.force_login(program)
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, FORM).status_code == 403
    assert client.post(f"{ADDRESS}1/revocation/").status_code == 403
    assert not Token.objects.exists()


def test_the_settings_page_leads_there(boss: Client) -> None:
    assert f'href="{ADDRESS}"' in boss.get("/settings/").content.decode()
