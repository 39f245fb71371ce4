"""The ASGI part under /live: one stream per open page."""

import asyncio
import json
from collections.abc import AsyncIterator

from sse_starlette.sse import EventSourceResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from shouwen.platform.ledger.models import Event
from shouwen.platform.live.hub import Listener, Message, hub
from shouwen.platform.live.tokens import topics_of

RESUME_LIMIT = 300


def _missed(since: int, topics: frozenset[str]) -> list[Message]:
    """What `topics` had after event `since`; a reset when that is more than is worth sending one by one."""
    from django.db import close_old_connections

    close_old_connections()
    rows = list(
        Event.objects.filter(pk__gt=since)
        .order_by("pk")
        .values_list("pk", "name", "topics")[: RESUME_LIMIT + 1]
    )
    if len(rows) > RESUME_LIMIT:
        newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
        return [Message("reset", (), {}, newest)]
    return [Message(name, tuple(told), {}, pk) for pk, name, told in rows if not topics.isdisjoint(told)]


def _frame(message: Message, topics: frozenset[str]) -> dict[str, str]:
    heard = [topic for topic in message.topics if topic in topics]
    body = json.dumps({"kind": message.kind, "topics": heard, **message.data}, ensure_ascii=False)
    frame = {"event": "reset" if message.kind == "reset" else "change", "data": body}
    if message.event_id is not None:
        frame["id"] = str(message.event_id)
    return frame


async def _tell(listener: Listener, since: int | None) -> AsyncIterator[dict[str, str]]:
    try:
        yield {"event": "hello", "data": "{}"}
        told: set[int | None] = set()
        if since is not None:
            for message in await asyncio.to_thread(_missed, since, listener.topics):
                told.add(message.event_id)
                yield _frame(message, listener.topics)
        while (waiting := await listener.queue.get()) is not None:
            if waiting.event_id is None or waiting.event_id not in told:
                yield _frame(waiting, listener.topics)
    finally:
        hub.leave(listener)


async def stream(request: Request) -> Response:
    topics = topics_of(request.query_params.get("token", ""))
    if topics is None:
        return PlainTextResponse("token", status_code=403)
    last = request.headers.get("last-event-id") or request.query_params.get("since", "")
    since = int(last) if last.isdecimal() else None
    return EventSourceResponse(_tell(hub.listen(topics), since), ping=20)


app = Starlette(routes=[Route("/stream", stream)])
