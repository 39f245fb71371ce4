"""GET /live/chat/stream: what is said in one visitor's chat, and where they stand in it, as it happens.

The id of an event is the id of a line in this chat, so a browser that comes back says how far it has read and
is told the rest from the table, whatever happened to this process. Typing and read marks are told and not kept.
It is bare ASGI: a page that waits costs one task, one queue and its connection.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from django.db import close_old_connections

from shouwen.channels.vendors.chat import queries
from shouwen.channels.vendors.chat.windows import windows
from shouwen.kernel.errors import Fault
from shouwen.platform.access import now
from shouwen.platform.live.hub import Listener, hub

PING_SECONDS = 20.0
TOLD = ("typing", "read")  # passed on as they are
HEAD = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"vary", b"Origin"),
]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


@dataclass
class Told:
    """How far one open page has been told."""

    chat_id: int
    last: int
    standing: dict[str, Any] | None = None


def _begin(key: str, token: str, origin: str, listener: Listener) -> int:
    """In a thread: whose chat this is. From here on nothing that is said in it passes unheard."""
    close_old_connections()
    chat = queries.of_token(token, queries.account(key), origin)
    listener.topics = frozenset({chat.topic})
    hub.catch_up()
    return chat.pk


def _news(told: Told) -> bytes:
    """In a thread: everything said since, and the standing when it has changed, as frames."""
    close_old_connections()
    parts = []
    more = True
    while more:
        lines = queries.lines_after(told.chat_id, told.last)
        told.last = lines[-1]["id"] if lines else told.last
        parts += [_frame("line", line, line["id"]) for line in lines]
        more = len(lines) == queries.MOST_LINES
    standing = queries.standing(queries.chat(told.chat_id), now()).shown()
    if standing != told.standing:
        told.standing = standing
        parts.append(_frame("standing", standing))
    return b"".join(parts)


def _frame(event: str, data: Any, number: int | None = None) -> bytes:
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


class Stream:
    """The ASGI application of one address."""

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        given = {
            name: values[-1] for name, values in parse_qs(scope["query_string"].decode("latin-1")).items()
        }
        heads = {name: value.decode("latin-1") for name, value in scope["headers"]}
        origin = heads.get(b"origin") or queries.own_origin()
        since = heads.get(b"last-event-id") or given.get("since", "")
        last = int(since) if since.isascii() and since.isdecimal() and len(since) < 19 else 0
        listener = hub.listen(frozenset())
        try:
            begin = (given.get("key", ""), given.get("token", ""), origin, listener)
            chat_id = await asyncio.to_thread(_begin, *begin)
            await self._tell(Told(chat_id, last), listener, origin, receive, send)
        except Fault as fault:
            await _refuse(send, fault)
        finally:
            hub.leave(listener)

    async def _tell(self, told: Told, listener: Listener, origin: str, receive: Receive, send: Send) -> None:
        windows.enter(told.chat_id)
        gone = asyncio.create_task(_until_gone(receive, listener))
        try:
            head = [*HEAD, (b"access-control-allow-origin", origin.encode("latin-1"))]
            await send({"type": "http.response.start", "status": 200, "headers": head})
            await _write(send, b"retry: 1000\n\n" + await asyncio.to_thread(_news, told))
            while await _next(told, listener, send):
                pass
            with contextlib.suppress(OSError):
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()
            windows.leave(told.chat_id, now())


async def _next(told: Told, listener: Listener, send: Send) -> bool:
    """Wait for something and tell it; False at the end."""
    try:
        heard = await asyncio.wait_for(listener.queue.get(), PING_SECONDS)
    except TimeoutError:
        waits = bool(told.standing and told.standing["place"])
        await _write(send, (await asyncio.to_thread(_news, told) if waits else b"") or b": still here\n\n")
        return True
    if heard is None:
        return False
    if heard.kind in TOLD:
        await _write(send, _frame(heard.kind, heard.data))
        return True
    await _write(send, await asyncio.to_thread(_news, told))
    return True


async def _write(send: Send, body: bytes) -> None:
    if body:
        await send({"type": "http.response.body", "body": body, "more_body": True})


async def _until_gone(receive: Receive, listener: Listener) -> None:
    """Who hangs up ends their stream."""
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.offer(None)


async def _refuse(send: Send, fault: Fault) -> None:
    head = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": fault.status, "headers": head})
    await send({"type": "http.response.body", "body": fault.code.encode()})


stream = Stream()
