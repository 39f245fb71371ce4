"""Every address of the product, walked as a stranger and as staff without any right.

The list of what is open to everybody is written here on purpose: opening an address is a decision, and this
file is where it is seen in review.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from tests.house.source import floors

# Names of our own addresses that anybody may open.
PUBLIC = {
    "alive",
    "health",
    "health-live",
    "health-ready",
    "metrics",
    "metrics-plain",
    "files:download",  # opens only with a signed link
    "ui:brand",
    "ui:language",
    "ui:theme",
    "channels:hook",  # other systems call here; the vendor's own signature guards each account
    "cases:request",  # the public form
    "cases:request-done",
    "cases:customer",  # the customer's own page and its verbs: a signed link that ends
    "cases:customer-answer",
    "cases:customer-message",
    "cases:customer-understanding",
    "channels:hall",  # the tablet that gives out numbers, and what visitors see
    "channels:hall-screen",
    "channels:phone-hook",  # telephone systems; signed
    "channels:chat",  # the hosted page, and the script of the window
    "channels:chat-script",
    "channels:chat-sessions",  # a visitor's window: only from the account's sites, and with its own signed token
    "channels:chat-messages",
    "channels:chat-files",
    "channels:chat-marks",
    "channels:chat-address",
    "channels:chat-ending",
    "cases:customer-praise",
    "cases:portal",  # its door; behind it a code from a mail, see cases/web/portal/door.py
    "cases:portal-codes",
    "cases:portal-code",
    "cases:portal-leaving",
    "cases:portal-request",
    "cases:portal-answer",
    "cases:portal-message",
    "cases:portal-understanding",
    "cases:portal-praise",
    "promises:public-catalogue",  # the services that are published
    "promises:public-item",
    "knowledge:help",  # the public knowledge base
    "knowledge:help-near",
    "knowledge:help-article",
    "knowledge:help-vote",
    "ui:logo",
    "channels:ticket",
    "channels:ticket-code",
    "incidents:status",  # the public status page: chosen incidents, nobody's name
    "incidents:status-in",
}
# What add-on packages open: signing in and out, second factors. Their own tests guard them.
FOREIGN = ("allauth.", "django.", "axes.", "ninja.", "whitenoise.")
# What stands in for a parameter: nothing in an empty database answers to it.
SAMPLES = {
    "int": "999999",
    "str": "absent",
    "slug": "absent",
    "path": "absent/file",
    "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12,
}


class Address:
    """One URL pattern with everything in front of it."""

    def __init__(self, route: str, pattern: URLPattern, namespaces: tuple[str, ...]) -> None:
        self.path = "/" + re.sub(
            r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "str", "absent"), route
        )
        self.view = pattern.callback
        self.name = ":".join([*namespaces, pattern.name or self.path])

    @property
    def is_ours(self) -> bool:
        return not self.module.startswith(FOREIGN)

    @property
    def module(self) -> str:
        view = getattr(self.view, "view_class", self.view)
        return str(getattr(view, "__module__", ""))

    def says(self, mark: str) -> bool:
        """Whether the view or anything it wraps carries the mark that the gates of access leave."""
        view: Any = self.view
        while view is not None:
            if getattr(view, mark, False):
                return True
            view = getattr(view, "__wrapped__", None)
        return False


def addresses(
    resolver: URLResolver | None = None, route: str = "", namespaces: tuple[str, ...] = ()
) -> Iterator[Address]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if not isinstance(pattern.pattern, RoutePattern):
            continue
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from addresses(pattern, here, inner)
        else:
            yield Address(here, pattern, namespaces)


def pages() -> list[Address]:
    return [address for address in addresses() if address.is_ours and not address.path.startswith("/api/")]


def interface() -> list[Address]:
    return [address for address in addresses() if address.path.startswith("/api/v1/")]


def named(found: list[Address]) -> Any:
    return pytest.mark.parametrize("address", [pytest.param(one, id=one.name) for one in found])


def test_what_is_open_to_everybody_is_listed_here() -> None:
    unlisted = {address.name for address in pages() if address.says("public")} - PUBLIC
    assert not unlisted, f"open to everybody but not listed in {__name__}: {sorted(unlisted)}"


@named(pages())
def test_every_page_says_who_may_open_it(address: Address) -> None:
    assert address.says("guarded") or address.says("public"), f"{address.module} has no gate"


@pytest.mark.django_db
@named([address for address in pages() if not address.says("public")])
def test_a_stranger_is_sent_to_sign_in(address: Address, client: Client) -> None:
    for method in ("get", "post"):
        response = getattr(client, method)(address.path)
        assert response.status_code in {302, 401, 403, 404, 405}, method
        if response.status_code == 302:
            assert response.headers["Location"].startswith("/accounts/login/"), method


@pytest.mark.django_db
@named([address for address in pages() if address.says("public")])
def test_an_open_address_does_not_break_on_what_does_not_exist(address: Address, client: Client) -> None:
    assert client.get(address.path).status_code < 500


@pytest.mark.django_db
@named(interface())
def test_the_interface_answers_nobody_without_a_token(address: Address, client: Client) -> None:
    allowed = {401, 403, 404, 405}
    if address.path.endswith(("/openapi.json", "/docs")):
        allowed.add(200)
    for method in ("get", "post", "put", "patch", "delete"):
        response = getattr(client, method)(address.path, content_type="application/json")
        assert response.status_code in allowed, method


@pytest.fixture
def nobody_in_particular(client: Client) -> Client:
    """Signed in as staff of a provider, without a role: the least that a person with an account may be."""
    from shouwen.platform.access import SYSTEM, now
    from shouwen.platform.accounts.services import create_user

    user = create_user(
        username="stranger",
        name="无权限",
        email="stranger@provider.test",
        password="a long pass phrase",
        roles=[],
        at=now(),
        by=SYSTEM,
    )
    client.force_login(user)
    return client


def refused(address: Address) -> bool:
    """Pages that name a permission; the others (own settings, sign-out) are for all who are signed in."""
    return address.says("permission")


@pytest.mark.django_db
@named([address for address in pages() if refused(address)])
def test_staff_without_a_right_are_refused(address: Address, nobody_in_particular: Client) -> None:
    for method in ("get", "post"):
        response = getattr(nobody_in_particular, method)(address.path)
        assert response.status_code in {403, 405}, method


def test_the_walk_sees_the_rooms_that_have_pages() -> None:
    seen = {address.module.split(".")[1] for address in pages() if address.module.startswith("shouwen.")}
    assert seen <= set(floors())
    assert {"platform"} <= seen
