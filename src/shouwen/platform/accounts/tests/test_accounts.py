"""Keys to the house: made, changed, taken away, and closed to who guesses."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from axes.utils import reset
from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from shouwen.kernel.errors import Forbidden, Invalid, NotFound
from shouwen.platform.access import ANONYMOUS, SYSTEM, Actor
from shouwen.platform.accounts import queries, services
from shouwen.platform.accounts.models import User

AT = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)
PASSWORD = "a long pass phrase"
pytestmark = pytest.mark.django_db


def create(username: str = "li", **more: Any) -> User:
    known = {
        "name": "李",
        "email": "li@example.test",
        "password": PASSWORD,
        "roles": ["agent"],
        "at": AT,
        "by": SYSTEM,
    }
    return services.create_user(username=username, **{**known, **more})


@pytest.fixture
def _no_failures() -> Iterator[None]:
    reset()
    cache.clear()
    yield
    reset()
    cache.clear()


def sign_in(client: Client, name: str = "li", password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/accounts/login/", {"login": name, "password": password}, **more)


def test_only_an_administrator_makes_keys() -> None:
    with pytest.raises(Forbidden):
        create(by=Actor(kind="staff", permissions=frozenset()))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "li li"}, "username"),
        ({"username": "x" * 61}, "username"),
        ({"username": "li\x07"}, "username"),
        ({"username": "li\u200b"}, "username"),
        ({"username": "li\udcff"}, "username"),
        ({"name": " "}, "name"),
        ({"name": "李\x1b[31m"}, "name"),
        ({"name": "李\udcff"}, "name"),
        ({"name": "李" * 81}, "name"),
        ({"roles": ["king"]}, "roles"),
        ({"password": "short"}, "password"),
        ({"password": "password1234"}, "password"),
        ({"language": "tlh"}, "language"),
        ({"zone": "Mars/Olympus"}, "zone"),
    ],
)
def test_a_wrong_value_is_named(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        create(**{"username": "li", **change})
    assert caught.value.field == field
    assert not User.objects.exists()


def test_a_password_that_is_too_short_is_refused_in_one_language() -> None:
    with translation.override("zh-hans"), pytest.raises(Invalid) as caught:
        create(password="x9-" * 2)
    assert str(caught.value.sentence) == "密码太短，至少需要 10 个字符。"


def test_a_name_is_taken_whatever_its_case() -> None:
    create("li")
    with pytest.raises(Invalid) as caught:
        create("LI")
    assert caught.value.field == "username"


def test_a_password_is_kept_by_argon2(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user = create()
    assert isinstance(identify_hasher(user.password), Argon2PasswordHasher)
    assert user.check_password(PASSWORD)


def test_roles_passwords_and_membership_change() -> None:
    user = create()
    services.set_roles(user_id=user.pk, roles=["desk", "agent", "desk"], at=AT, by=SYSTEM)
    services.set_password(user_id=user.pk, password="another pass phrase", at=AT, by=SYSTEM)
    services.set_membership(user_id=user.pk, team_ids=[4, 3, 4], department_id=2, provider_id=None)
    user.refresh_from_db()
    assert (user.roles, user.team_ids, user.department_id) == (["agent", "desk"], [3, 4], 2)
    assert user.check_password("another pass phrase")


def test_everybody_changes_their_own_password_and_nobody_elses() -> None:
    user = create()
    her = Actor(user_id=user.pk, kind="staff")
    services.set_password(user_id=user.pk, password="another pass phrase", at=AT, by=her)
    with pytest.raises(Forbidden):
        services.set_password(user_id=user.pk + 1, password="another pass phrase", at=AT, by=her)
    for change in (services.set_roles, services.set_active):
        with pytest.raises(Forbidden):
            change(
                user_id=user.pk,
                at=AT,
                by=her,
                **({"roles": []} if change is services.set_roles else {"active": False}),
            )
    with pytest.raises(Forbidden):
        services.set_password(user_id=user.pk, password="another pass phrase", at=AT, by=ANONYMOUS)


def test_a_key_that_is_not_there_can_not_be_changed() -> None:
    with pytest.raises(NotFound):
        services.set_active(user_id=99, active=False, at=AT, by=SYSTEM)


def test_preferences_are_checked() -> None:
    user = create()
    services.set_preferences(user_id=user.pk, language="en", zone="Europe/Berlin", theme="dark", name=" Li ")
    user.refresh_from_db()
    assert (user.language, user.zone, user.theme, user.name) == ("en", "Europe/Berlin", "dark", "Li")
    for wrong in ({"language": "xx"}, {"zone": "Nowhere"}, {"theme": "pink"}):
        with pytest.raises(Invalid):
            services.set_preferences(
                user_id=user.pk, **{"language": "en", "zone": "UTC", "theme": "dark", **wrong}
            )


@pytest.mark.usefixtures("_no_failures")
def test_one_signs_in_by_name_or_mail() -> None:
    create()
    for name in ("li", "LI", "li@example.test"):
        assert sign_in(Client(), name).status_code == 302, name


@pytest.mark.usefixtures("_no_failures")
def test_wrong_passwords_lock_out_this_name_from_this_place_only(settings: Any) -> None:
    create("li")
    create("wang", email="wang@example.test")
    client = Client()
    answers = [sign_in(client, password="wrong").status_code for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert answers[:-1] == [200] * (settings.AXES_FAILURE_LIMIT - 1)
    assert answers[-1] == 429
    assert sign_in(client).status_code == 429, "the right password does not open it now"
    assert sign_in(client, "wang").status_code == 302
    assert sign_in(Client(), REMOTE_ADDR="10.0.0.9").status_code == 302


@pytest.mark.usefixtures("_no_failures")
def test_who_is_deactivated_can_not_sign_in() -> None:
    user = create()
    services.set_active(user_id=user.pk, active=False, at=AT, by=SYSTEM)
    client = Client()
    sign_in(client)
    assert "_auth_user_id" not in client.session
    assert not queries.is_active(user.pk)


@pytest.mark.usefixtures("_no_failures")
def test_a_changed_password_ends_the_other_sessions() -> None:
    user = create()
    client = Client()
    sign_in(client)
    assert "_auth_user_id" in client.session
    services.set_password(user_id=user.pk, password="another pass phrase", at=AT, by=SYSTEM)
    assert client.get("/settings/").status_code == 302


def test_nobody_signs_up() -> None:
    page = Client().post("/accounts/signup/", {"username": "x", "password1": PASSWORD, "password2": PASSWORD})
    assert page.status_code < 500
    assert not User.objects.exists()


@pytest.mark.usefixtures("_no_failures")
def test_the_session_cookie_is_for_the_server_only() -> None:
    create()
    client = Client()
    sign_in(client)
    cookie = client.cookies["shouwen"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
