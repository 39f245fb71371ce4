"""A small API of its own, so that these tests depend on no room's; and a client that has a token."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path, re_path
from ninja import NinjaAPI, Router

from shouwen.platform.access import SYSTEM, now
from shouwen.platform.accounts import services as accounts
from shouwen.platform.accounts.models import User
from shouwen.platform.apikit import Strict, kit, limits, services
from shouwen.platform.apikit import api as apis
from shouwen.platform.apikit.models import Token


class Api:
    """Asks as a program does."""

    def __init__(self, secret: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.secret = secret

    def __call__(self, method: str, address: str, body: Any = None, *, key: str = "", **headers: str) -> Any:
        given: dict[str, str] = {"Authorization": f"Bearer {self.secret}", **headers}
        if key:
            given["Idempotency-Key"] = key
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return self.client.generic(
            method, f"/api/v1{address}", data, content_type="application/json", headers=given
        )


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    kit.forget_tokens()
    limits._buckets.clear()
    yield
    kit.forget_tokens()


@pytest.fixture
def program(db: None) -> User:
    return accounts.create_user(
        username="program", name="程序", password=None, roles=["agent"], at=now(), by=SYSTEM
    )


@pytest.fixture
def made(program: User) -> tuple[Token, str]:
    """A token with the scope test:write, and its secret."""
    kit.scope("test:read", "Read")
    kit.scope("test:write", "Write")
    return services.create_token(username="program", scopes=["test:write"], at=now(), by=SYSTEM)


@pytest.fixture
def api(made: tuple[Token, str]) -> Api:
    return Api(made[1])


class Room:
    """An API with one small room in it, installed as the product's own."""

    def __init__(self) -> None:
        self.router = Router()
        self.urlpatterns: list[Any] = []

    def install(self, settings: Any) -> None:
        api: NinjaAPI = apis.bare("test-api")
        api.add_router("/test", self.router)
        self.urlpatterns = [
            path("api/v1/", api.urls),
            re_path(r"^api/(?P<rest>.*)$", apis.unknown),
            path("", include("shouwen.config.urls")),
        ]
        settings.ROOT_URLCONF = self
        self.handler404 = "shouwen.platform.web.faults.not_found"
        self.handler400 = "shouwen.platform.web.faults.bad_request"
        self.handler500 = "shouwen.platform.web.faults.broken"


__all__ = ["Api", "Room", "Strict"]
