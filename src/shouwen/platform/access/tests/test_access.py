"""Actors, permissions and gates."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation

from shouwen.kernel.errors import Forbidden
from shouwen.platform.access import (
    ANONYMOUS,
    SYSTEM,
    Actor,
    actor_of,
    customer_actor,
    ensure,
    now,
    permissions,
    require,
)
from shouwen.platform.access.middleware import ActorMiddleware, actor_from_user
from shouwen.platform.accounts.models import User


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permissions, "_registered", {})
    monkeypatch.setattr(permissions, "_of_roles", {})


def owns(actor: Actor, thing: int) -> bool:
    return actor.user_id == thing


owns.sentence = "Only its owner may."  # type: ignore[attr-defined]


def test_a_permission_belongs_to_roles_and_always_to_the_administrator(registry: None) -> None:
    permissions.register("test.see", label="See", roles={"agent"})
    assert permissions.of_roles(["agent"]) == {"test.see"}
    assert permissions.of_roles(["provider"]) == frozenset()
    assert permissions.of_roles(["provider", "administrator"]) == {"test.see"}
    assert permissions.of_roles(["a role of long ago"]) == frozenset()


def test_what_is_registered_later_counts_at_once(registry: None) -> None:
    assert permissions.of_roles(["agent"]) == frozenset()
    permissions.register("test.see", label="See", roles={"agent"})
    assert permissions.of_roles(["agent"]) == {"test.see"}


def test_an_unknown_role_is_a_mistake_in_the_code(registry: None) -> None:
    with pytest.raises(ValueError, match="king"):
        permissions.register("test.see", label="See", roles={"king"})


def test_a_predicate_says_why_not() -> None:
    ensure(owns, Actor(user_id=7), 7)
    ensure(owns, SYSTEM, 7)
    with pytest.raises(Forbidden, match="Only its owner may"):
        ensure(owns, Actor(user_id=8), 7)


def test_only_the_system_needs_no_permission() -> None:
    require(SYSTEM, "test.anything")
    for actor in (ANONYMOUS, customer_actor(3, "王"), Actor(kind="staff")):
        with pytest.raises(Forbidden):
            require(actor, "test.anything")
    require(Actor(permissions=frozenset({"test.anything"})), "test.anything")


def test_a_customer_is_no_member_of_staff() -> None:
    customer = customer_actor(3, "王", language="en")
    assert not customer.is_staff
    assert (customer.customer_id, customer.user_id, customer.language) == (3, None, "en")


def test_a_request_without_an_actor_is_nobodys() -> None:
    assert actor_of(RequestFactory().get("/")) is ANONYMOUS


def test_the_clock_says_utc() -> None:
    assert now().utcoffset() is not None
    assert now().tzname() == "UTC"


def seen_by(user: Any = None, path: str = "/", **headers: str) -> dict[str, str]:
    """Language and zone that a view works in, and what the answer says of its language."""
    found: dict[str, str] = {}

    def view(_request: HttpRequest) -> HttpResponse:
        found["language"] = translation.get_language() or ""
        found["zone"] = timezone.get_current_timezone_name()
        return HttpResponse()

    request = RequestFactory().get(path, headers=headers)
    request.user = user or User(is_active=False)
    found["said"] = ActorMiddleware(view)(request)["Content-Language"]
    return found


def member(**more: Any) -> User:
    return User(pk=7, name="李", roles=["agent"], is_active=True, **more)


def test_staff_work_in_their_own_language_and_zone() -> None:
    seen = seen_by(member(language="en", zone="Europe/Berlin"))
    assert seen == {"language": "en", "zone": "Europe/Berlin", "said": "en"}


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("", "zh-hans"),
        ("en-GB,en;q=0.9", "en"),
        ("en,zh;q=0.8", "zh-hans"),
        ("fr", "zh-hans"),
        ("zh-TW", "zh-hans"),
    ],
)
def test_a_stranger_is_spoken_to_in_chinese_unless_only_english_is_asked_for(asked: str, spoken: str) -> None:
    seen = seen_by(**({"Accept-Language": asked} if asked else {}))
    assert (seen["language"], seen["said"]) == (spoken, spoken)


def test_a_strangers_choice_counts_more_than_the_browsers() -> None:
    assert seen_by(**{"Accept-Language": "zh", "Cookie": "shouwen-language=en"})["language"] == "en"
    assert seen_by(**{"Cookie": "shouwen-language=klingon"})["language"] == "zh-hans"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "/etc/localtime"])
def test_a_zone_that_is_gone_locks_nobody_out(zone: str) -> None:
    assert seen_by(member(zone=zone, language="tlh"))["zone"] == "Asia/Shanghai"


def test_an_actor_carries_what_permissions_look_at() -> None:
    actor = actor_from_user(member(team_ids=[3, 4], department_id=2, provider_id=None), frozenset({"x:read"}))
    assert actor.is_staff
    assert (actor.team_ids, actor.department_id, actor.scopes) == ({3, 4}, 2, {"x:read"})
