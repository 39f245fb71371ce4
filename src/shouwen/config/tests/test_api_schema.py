"""Every operation of the API, asked with values made from its own description: refusals, but no error of ours.

In this process, through WSGI, and each example in a transaction that is rolled back: what the examples find
is made once for all operations. So is the description, which takes longer to write than to ask an operation.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client, override_settings
from hypothesis import HealthCheck, Phase, given, settings

from shouwen.platform.access import SYSTEM, now
from shouwen.platform.apikit import kit, services

pytestmark = pytest.mark.slow
EXAMPLES = 25


def _description() -> dict[str, Any]:
    from shouwen.config.urls import api

    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


DESCRIPTION = _description()
OPERATIONS = sorted(
    (method.upper(), path)
    for path, methods in DESCRIPTION["paths"].items()
    for method in methods
    if method in {"get", "post", "put", "patch", "delete"}
)


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Instead of pytest-django's, which begins anew for each test: a transaction around the module, undone."""
    with django_db_blocker.unblock(), override_settings(API_RATE=1e9), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def secret(db: None) -> Iterator[str]:
    """A token of an administrator with every scope, in a furnished house with somebody in it."""
    from shouwen.config.commands.preparing import furnish
    from shouwen.people.services import hire

    furnish()
    hire(
        username="boss",
        name="管理员",
        email="boss@example.test",
        password="a long pass phrase",
        roles=["administrator"],
        at=now(),
        by=SYSTEM,
    )
    kit.forget_tokens()
    _token, made = services.create_token(
        username="boss", scopes=list(kit.scopes()), label="schema", at=now(), by=SYSTEM
    )
    yield made
    kit.forget_tokens()


@pytest.fixture(scope="module")
def known(secret: str) -> dict[str, Any]:
    """What stands for each parameter of an address: something that is there, where the API can make or list it."""
    client = Client(headers={"Authorization": f"Bearer {secret}"})

    def first(address: str) -> int:
        body = client.get(f"/api/v1/{address}").json()
        rows = body if isinstance(body, list) else body["items"]
        return int(rows[0]["id"]) if rows else 1

    contact = {"name": "王", "email": "wang@example.test"}
    body = {
        "subject": "挖掘机铲斗开裂",
        "body": "请马上处理",
        "kind": "help",
        "channel": "phone",
        "customer": contact,
    }
    made = client.post("/api/v1/cases", body, content_type="application/json")
    assert made.status_code in {200, 201}, made.content
    return {
        "ref": made.json()["ref"],
        "customer_id": first("customers"),
        "calendar_id": first("calendars"),
        "item_id": first("service-items"),
        "staff_id": first("people"),
        "template_id": first("knowledge/templates"),
        "wording_id": first("knowledge/wordings"),
        **contacts(client),
    }


def contacts(client: Client) -> dict[str, Any]:
    """A hall with a visitor, a telephone system with a line, a chat and a connected system."""

    def made(address: str, body: dict[str, Any], put: bool = False) -> dict[str, Any]:
        ask = client.put if put else client.post
        answer = ask(f"/api/v1/{address}", body, content_type="application/json")
        assert answer.status_code in {200, 201}, answer.content
        return dict(answer.json())

    hall = made("halls", {"name": "大厅"})["id"]
    matter = made(f"halls/{hall}/matters/A", {"name": "报修"}, put=True)["matters"][0]["id"]
    counter = made(f"halls/{hall}/counters", {"name": "1号柜台"})["counters"][0]["id"]
    return {
        "hall_id": hall,
        "letter": "A",
        "counter_id": counter,
        "visit_id": made(f"halls/{hall}/numbers", {"matter_id": matter})["id"],
        "system_id": made("phone/systems", {"name": "总机"})["id"],
        "number": made("phone/lines/4001", {"name": "热线"}, put=True)["number"],
        "site_id": made("chats/sites", {"name": "官网"})["id"],
        "incident_id": made("incidents", {"title": "光缆中断", "areas": ["和平区"]})["id"],
        "problem_id": made("problems", {"title": "履带板螺栓松动"})["id"],
        "line_id": made("channels/lines", {"name": "工单系统", "vendor": "webhook"})["id"],
    }


@pytest.fixture(scope="module")
def schema(known: dict[str, Any]) -> Iterator[Any]:
    """The API, described and served. The end of a request closes connections; here one is kept, with the
    transaction in it.

    After `known`, because Django's test client connects the signals again.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    described = schemathesis.openapi.from_dict(DESCRIPTION)
    described.app = get_wsgi_application()
    yield described
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda part: part)
def test_no_value_makes_an_error_of_ours(
    method: str, path: str, schema: Any, secret: str, known: dict[str, Any]
) -> None:
    failures: list[str] = []

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        send(case)
        if case.path_parameters:
            case.path_parameters = {
                name: known.get(name, value) for name, value in case.path_parameters.items()
            }
            send(case)

    def send(case: Any) -> None:
        with transaction.atomic():
            response = case.call(app=schema.app, headers={"Authorization": f"Bearer {secret}"})
            transaction.set_rollback(True)
        if response.status_code >= 500:
            failures.append(f"{response.status_code}: {case.as_curl_command()}")
        elif response.status_code >= 400:
            kind = response.headers.get("content-type", [""])
            assert "application/problem+json" in str(kind), (response.status_code, kind)

    given(case=schema[path][method].as_strategy())(ask)()
    assert not failures, "\n".join(dict.fromkeys(failures))
