"""The work of a day, asked of the real server over HTTP, and mails taken in."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection

from bench.fill import World
from bench.timing import Client, figures, measured
from shouwen.kernel.references import reference

WARM = 0


def _case(n: int, customers: int) -> bytes:
    """One more case of a customer; the next is another's, as on a day with many of them.

    Of another kind than the filled ones: a filled customer has come several times these hours, and each new case
    of the same kind would be raised to the supervisors for it.
    """
    body = {
        "subject": "设备保养后启动困难",
        "body": "客户来信说设备保养之后启动困难，现场照片已附，请安排工程师查看并告知时间。",
        "channel": "email",
        "kind": "question",
        "customer": {"name": "客户", "email": f"c{abs(n) % customers + 1}@example.com"},
    }
    return json.dumps(body).encode()


REPLY = json.dumps({"text": "您好，已经收到您的来信，正在安排工程师。"}).encode()


def measure(world: World, port: int, seconds: float) -> Iterator[tuple[str, dict[str, Any]]]:
    api = {"Authorization": f"Bearer {world.token}", "Accept": "application/json"}
    page = {"Cookie": world.cookie, "Accept-Language": "zh-CN"}
    part = {**page, "HX-Request": "true"}
    refs = [reference(pk) for pk in world.long_ids]

    def at(n: int) -> str:
        return refs[abs(n) % len(refs)]

    def search(word: str) -> Any:
        return lambda client, n: client.ask("GET", f"/api/v1/cases?q={word}&limit=25")

    def one(headers: dict[str, str], path: str) -> dict[str, Any]:
        return measured(port, headers, lambda client, n: client.ask("GET", path), seconds=seconds)

    yield "bare view", one(page, "/health/alive/")
    yield "inbox list part", one(part, "/inbox/list/?view=active&kind=repair")
    yield "inbox list part, mine", one(part, "/inbox/list/?view=mine")
    yield "inbox list, JSON", one(api, "/api/v1/cases?view=active&limit=50")
    yield "case page", measured(port, page, lambda c, n: c.ask("GET", f"/cases/{at(n)}/"), seconds=seconds)
    yield (
        "case, JSON",
        measured(port, api, lambda c, n: c.ask("GET", f"/api/v1/cases/{at(n)}"), seconds=seconds),
    )
    yield "search, Latin word", measured(port, api, search("refund"), seconds=seconds)
    yield "search, Chinese word", measured(port, api, search("%E9%80%80%E6%AC%BE"), seconds=seconds)

    yield "complaints list", one(page, "/complaints/")
    yield "complaints list, mine, all states", one(page, "/complaints/?whose=mine&state=all")
    yield "complaints in figures, 90 days", one(page, "/complaints/analysis/?days=90")
    yield "complaints in figures, 365 days", one(page, "/complaints/analysis/?days=365")
    yield "incident of 200 cases", one(page, f"/incidents/{world.incident_id}/")

    def create(client: Client, n: int) -> tuple[int, bytes]:
        return client.ask("POST", "/api/v1/cases", _case(n, max(world.size // 10, 1)))

    def reply(client: Client, n: int) -> tuple[int, bytes]:
        return client.ask("POST", f"/api/v1/cases/{at(n)}/interactions", REPLY)

    for clients in (1, 8):
        name = f"{clients} client{'s' if clients > 1 else ''}"
        for what, write in (("create", create), ("reply", reply)):
            row = measured(port, api, write, clients=clients, seconds=seconds)
            yield f"{what}, {name}", {**row, "followed_s": followed_up()}
    yield (
        "case page, 8 clients",
        measured(port, page, lambda c, n: c.ask("GET", f"/cases/{at(n)}/"), clients=8, seconds=seconds),
    )


def followed_up(patience: float = 300.0) -> float:
    """Seconds until everything that follows from what was written is done: offers, acknowledgements, the index."""
    from shouwen.platform.jobs.models import Job
    from shouwen.platform.ledger.models import Event

    began = time.monotonic()
    while (
        Event.objects.filter(pending=True).exists()
        or Job.objects.filter(state="queued", run_at__lte=_now()).exists()
    ):
        if time.monotonic() - began > patience:
            raise SystemExit("what follows from the writes does not come to an end")
        time.sleep(0.05)
    return round(time.monotonic() - began, 1)


def _now() -> Any:
    from shouwen.platform.access import now

    return now()


def import_mail(world: World, count: int) -> dict[str, Any]:
    """`count` mails by the product's own import, one after the other, each its own transaction."""
    import tempfile

    from shouwen.channels.vendors.email.importing import import_paths
    from shouwen.platform.access import SYSTEM, now

    with tempfile.TemporaryDirectory() as name:
        folder, customers = Path(name), max(world.size // 10, 1)
        for n in range(count + 10):
            text = (
                f"From: =?utf-8?b?5a6i5oi3?= <c{n % customers + 1}@example.com>\r\nTo: service@example.com\r\n"
                f"Subject: =?utf-8?b?6K6+5aSH5ZCv5Yqo5Zuw6Zq+?=\r\nMessage-ID: <bench-{n}@example.com>\r\n"
                "Date: Mon, 2 Mar 2026 10:00:00 +0800\r\nMIME-Version: 1.0\r\n"
                "Content-Type: text/plain; charset=utf-8\r\n\r\n设备保养之后启动困难，请安排工程师查看。\r\n"
            )
            (folder / f"{n:06d}.eml").write_bytes(text.encode())
        spent = []
        began = last = time.perf_counter()
        for n, row in enumerate(import_paths([folder], at_of=now, by=SYSTEM)):
            moment = time.perf_counter()
            if n == 10:
                began = last
            if n >= 10:
                spent.append(moment - last)
            last = moment
            if row["result"] != "opened":
                raise SystemExit(f"mail {n}: {row}")
        return figures(spent, time.perf_counter() - began)


def bare_sql(world: World) -> dict[str, float]:
    """Median milliseconds of all statements of a page, run again bare by the driver in use."""
    pages = {
        "list_ms": "/inbox/list/?view=active&kind=repair",
        "page_ms": f"/cases/{reference(world.long_ids[0])}/",
    }
    return {name: round(_again(_asked_by(world, path)), 3) for name, path in pages.items()}


def _asked_by(world: World, path: str) -> list[tuple[str, Any]]:
    """What the page at `path` asks of the database, once everything is warm."""
    from django.test import Client as Browser

    browser = Browser(headers={"Cookie": world.cookie, "Accept-Language": "zh-CN"})
    for _n in range(6):
        asked: list[tuple[str, Any]] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            asked.append((sql, params))  # noqa: B023
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            answer = browser.get(path, HTTP_HOST="127.0.0.1")
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    return [(sql, params) for sql, params in asked if sql.lstrip().upper().startswith("SELECT")]


def _again(asked: list[tuple[str, Any]]) -> float:
    from shouwen.platform.db import open_cursor

    spent = []
    for _n in range(50):
        began = time.perf_counter()
        for sql, params in asked:
            with open_cursor() as cursor:
                cursor.execute(sql, params)
                cursor.fetchall()
        spent.append(time.perf_counter() - began)
    return sorted(spent)[25] * 1000


__all__ = ["Client", "bare_sql", "import_mail", "measure"]
