"""A chat, its visitors as browsers without a browser, and their streams, for tests here and above."""

import asyncio
import itertools
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from shouwen.channels import registry, services
from shouwen.channels.models import Account
from shouwen.people.models import Staff, Team
from shouwen.people.testing import a_person, a_team
from shouwen.platform.access import SYSTEM
from shouwen.platform.live.app import app

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # a Monday, 10:00 in Shanghai
SITE = "https://shop.example.com"
_numbers = itertools.count(1)


def make_chat(*, team: Team | None = None, **values: Any) -> Account:
    """A chat that SITE may show."""
    given = {"sites": SITE, "at_once": 3, **values}
    return services.add_account(
        vendor=registry.get("chat"),
        name=f"Chat {next(_numbers)}",
        values=given,
        team_id=team.pk if team else None,
        at=AT,
        by=SYSTEM,
    )


def staffed_chat(**values: Any) -> tuple[Account, Staff]:
    """A chat of a team with one person on duty."""
    team = a_team()
    return make_chat(team=team, **values), a_person(teams=(team,), presence="on_duty")


@dataclass
class Browser:
    """One visitor's browser on a site: keeps the token and names its messages."""

    account: Account
    origin: str = SITE
    language: str = "zh-hans"
    token: str = ""
    client: Client = field(default_factory=Client)
    _named: Any = field(default_factory=lambda: itertools.count(1))

    def post(self, what: str, **values: Any) -> Any:
        given = {"token": self.token, "language": self.language, **values}
        address = f"/chat/{self.account.address}/{what}/"
        return self.client.post(address, given, headers={"Origin": self.origin, "Accept": "application/json"})

    def opens(self, **values: Any) -> Any:
        answer = self.post("sessions", **values)
        if answer.status_code == 201:
            self.token = answer.json()["token"]
        return answer

    def says(self, text: str, client_id: str = "", **values: Any) -> Any:
        return self.post(
            "messages", text=text, client_id=client_id or f"message-{next(self._named)}", **values
        )

    async def listens(self, since: int = 0, **values: str) -> "Window":
        given = {"key": self.account.address, "token": self.token, "since": str(since), **values}
        return await Window().open(given, self.origin)


class Window:
    """One open stream, read through the ASGI application; `lines` is what a screen would show."""

    def __init__(self) -> None:
        self.status = 0
        self.head: dict[bytes, bytes] = {}
        self.lines: list[dict[str, Any]] = []
        self.last = 0
        self._said: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self._gone = asyncio.Event()
        self._begun = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def open(self, given: dict[str, str], origin: str) -> "Window":
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/chat/stream",
            "raw_path": b"/chat/stream",
            "root_path": "",
            "scheme": "http",
            "query_string": urlencode(given).encode(),
            "headers": [(b"origin", origin.encode())] if origin else [],
            "server": ("test", 80),
            "client": ("test", 1),
            "http_version": "1.1",
        }
        self._task = asyncio.create_task(app(scope, self._receive, self._send))
        await asyncio.wait_for(self._begun.wait(), 20)
        return self

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status, self.head = message["status"], dict(message["headers"])
            self._begun.set()
            return
        for block in message["body"].decode().split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "event" in fields:
                self._said.put_nowait((fields["event"], json.loads(fields["data"])))

    async def next(self, event: str) -> Any:
        """The next event of this name; lines on the way are kept."""
        while True:
            name, data = await asyncio.wait_for(self._said.get(), 20)
            if name == "line":
                self.lines.append(data)
                self.last = data["id"]
            if name == event:
                return data

    async def close(self) -> None:
        self._gone.set()
        if self._task is not None:
            await asyncio.wait_for(self._task, 20)
