"""Reads a live stream in this process as a browser would: through the ASGI application."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import close_old_connections, connection, connections

from shouwen.platform.access import ANONYMOUS
from shouwen.platform.live import token
from shouwen.platform.live.app import app

THREADS = 6
NUMBERS = [*range(20), *range(1000, 1150), *range(2000, 2150)]
CUSTOMER = token(ANONYMOUS, ["customer:7", *(f"case:{number}" for number in NUMBERS)])


@dataclass
class Heard:
    event: str
    data: dict[str, Any]
    id: str


@dataclass
class Stream:
    """One open stream. `await next()` gives what is heard next."""

    status: int = 0
    _said: "asyncio.Queue[Heard]" = field(default_factory=asyncio.Queue)
    _gone: asyncio.Event = field(default_factory=asyncio.Event)
    _task: "asyncio.Task[None] | None" = None
    _begun: asyncio.Event = field(default_factory=asyncio.Event)
    last: str = ""

    async def open(self, token: str, last: str = "", since: str = "") -> "Stream":
        headers = [(b"last-event-id", last.encode())] if last else []
        query = urlencode({"token": token, **({"since": since} if since else {})})
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/stream",
            "raw_path": b"/stream",
            "root_path": "",
            "scheme": "http",
            "query_string": query.encode(),
            "headers": headers,
            "server": ("test", 80),
            "client": ("test", 1),
            "http_version": "1.1",
        }
        self._task = asyncio.create_task(app(scope, self._receive, self._send))
        await asyncio.wait_for(self._begun.wait(), 10)
        if self.status == 200:
            assert (await self.next()).event == "hello"
        return self

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._begun.set()
            return
        for block in message["body"].decode().replace("\r\n", "\n").split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if self.status == 200 and "event" in fields:
                self._said.put_nowait(
                    Heard(fields["event"], json.loads(fields["data"]), fields.get("id", ""))
                )

    async def next(self, seconds: float = 10) -> Heard:
        heard = await asyncio.wait_for(self._said.get(), seconds)
        self.last = heard.id or self.last
        return heard

    async def several(self, count: int) -> list[int]:
        """The numbers in the next `count` topics "case:<number>"."""
        found = [await self.next() for _ in range(count)]
        return [int(one.data["topics"][0].split(":")[1]) for one in found]

    def is_silent(self) -> bool:
        return self._said.empty()

    async def ended(self, seconds: float = 10) -> None:
        """Until the server ends it."""
        assert self._task is not None
        await asyncio.wait_for(asyncio.shield(self._task), seconds)

    async def close(self) -> None:
        self._gone.set()
        if self._task is not None:
            await asyncio.wait_for(self._task, 10)


def run(story: Callable[[], Awaitable[None]]) -> None:
    """Run an async story; the threads it read the database in give their connections back."""

    async def whole() -> None:
        await asyncio.wait_for(story(), 60)

    together = threading.Barrier(THREADS)

    def close() -> None:
        together.wait(10)  # so that every thread comes here, and each once
        connections.close_all()

    async def with_cleanup() -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
        try:
            await whole()
        finally:
            await asyncio.gather(*(asyncio.to_thread(close) for _ in range(THREADS)))

    asyncio.run(with_cleanup())


async def elsewhere(work: Callable[[], Any]) -> Any:
    """Run `work` in a thread with a connection of its own, as a request does."""

    def whole() -> Any:
        close_old_connections()
        try:
            return work()
        finally:
            connection.close()

    return await asyncio.to_thread(whole)
