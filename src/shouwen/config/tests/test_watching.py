"""What machines that watch over us are told: health, figures, lines of the log."""

import asyncio
import json
import logging
from datetime import timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import structlog
from django.db import connections
from django.test import Client

from shouwen.config import counted, views
from shouwen.config.bridge import Bridge
from shouwen.config.commands import showing
from shouwen.platform.access import now
from shouwen.platform.jobs import enqueue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/health/", "/health/ready"])
def test_who_can_work_says_so_and_what_with(address: str) -> None:
    told = Client().get(address)
    assert told.status_code == 200
    assert (told.json()["status"], told.json()["database"], told.json()["jobs"]) == ("ok", "ok", "database")


def test_without_a_database_one_lives_and_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    there = connections["default"].settings_dict
    away = connections.create_connection("default")
    away.settings_dict = {**there, "NAME": "/no/such/folder/x.sqlite3", "HOST": "/no/such/folder"}
    monkeypatch.setattr("shouwen.config.readiness.connection", away)
    told = Client().get("/health/ready")
    assert (told.status_code, told.json()["status"], told.json()["database"]) == (503, "unavailable", "away")
    assert Client().get("/health/live").content == b"ok"


@pytest.mark.parametrize("address", ["/health/alive/", "/health/live"])
def test_being_alive_is_asked_of_no_database(address: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert Client().get(address).content == b"ok"


@pytest.mark.parametrize("address", ["/metrics", "/metrics/"])
def test_figures_are_for_this_machine_and_for_who_has_the_token(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Client().get(address)["Content-Type"].startswith("text/plain")
    assert Client().get(address, REMOTE_ADDR="10.0.0.9").status_code == 404
    monkeypatch.setattr(views, "METRICS_TOKEN", "a-long-token")
    for given, status in (("Bearer a-long-token", 200), ("Bearer wrong", 404), ("Bearer 错", 404), ("", 404)):
        asked = Client().get(address, REMOTE_ADDR="10.0.0.9", headers={"Authorization": given})
        assert asked.status_code == status


def test_every_figure_is_a_line_that_prometheus_reads() -> None:
    enqueue("ledger.redeliver", {}, at=now() - timedelta(seconds=90))
    told = Client().get("/metrics").content.decode()
    values = {}
    for line in told.splitlines():
        if not line.startswith("# TYPE "):
            name, value = line.rsplit(" ", 1)
            values[name] = float(value)
    assert values['shouwen_jobs{state="queued"}'] == 1
    assert values["shouwen_jobs_oldest_seconds"] >= 90
    assert values["shouwen_memory_bytes"] > 0
    for name in ("shouwen_events_pending", "shouwen_live_streams", "shouwen_live_wire_up"):
        assert name in values


def answer(method: str, status: str, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    """One request through the bridge to an application that logs a line."""

    def app(_environ: Any, start_response: Any) -> list[bytes]:
        structlog.get_logger("test").warning("at work")
        start_response(status, [])
        return [b""]

    async def whole() -> None:
        scope = {
            "type": "http", "method": method, "path": "/x", "raw_path": b"/x", "query_string": b"",
            "headers": headers or [], "http_version": "1.1",
        }  # fmt: skip

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(_message: Any) -> None:
            return

        await Bridge(app, 1)(scope, receive, send)

    asyncio.run(whole())


def test_answers_are_counted_by_method_and_status_and_strange_methods_together() -> None:
    before = counted.answers.copy()
    answer("GET", "200 OK")
    answer("GET", "404 Not Found")
    answer("BREW", "200 OK")
    assert counted.answers - before == {("GET", 200): 1, ("GET", 404): 1, ("other", 200): 1}
    assert f"shouwen_request_seconds_count {counted.answers.total()}" in counted.lines()


def test_a_line_of_the_log_has_the_name_that_the_request_came_with(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        answer("GET", "200 OK", [(b"x-request-id", b"r-17")])
        answer("GET", "200 OK")
    first, second = (record.msg for record in caplog.records if "at work" in str(record.msg))
    assert first["request_id"] == "r-17"  # type: ignore[index]
    assert "request_id" not in second  # type: ignore[operator]


@pytest.mark.django_db(transaction=True)
def test_a_worker_without_pages_says_how_it_is_too() -> None:
    server = showing.start("127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.server_address[1]}"
    assert urlopen(url + "/health/live", timeout=5).read() == b"ok"
    assert json.loads(urlopen(url + "/health/ready", timeout=5).read())["status"] == "ok"
    assert b"shouwen_jobs_oldest_seconds 0" in urlopen(url + "/metrics", timeout=5).read()
    with pytest.raises(HTTPError, match="404"):
        urlopen(url + "/accounts/login/", timeout=5)
    server.shutdown()
    server.server_close()
