"""The ASGI part under /live: one stream per open page."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from sse_starlette.sse import EventSourceResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from shouwen.platform.ledger.models import Event
from shouwen.platform.live.hub import Listener, Message, hub
from shouwen.platform.live.places import Gaps, Place, newest, place_of
from shouwen.platform.live.tokens import Token, read

RESUME_LIMIT = 300
SKEW_SECONDS = 5.0  # by which the clock of the machine that drew the page may run ahead of ours


def _missed(since: Place, topics: frozenset[str]) -> tuple[list[Message], Place]:
    """What `topics` had since, and where that ends; a reset when it is more than is worth sending one by one."""
    rows = list(
        Event.objects.filter(since.beyond)
        .order_by("pk")
        .values_list("pk", "name", "topics")[: RESUME_LIMIT + 1]
    )
    if len(rows) > RESUME_LIMIT:
        end = newest()
        return [Message("reset", (), {}, end.newest, str(end))], end
    gaps, last, told = Gaps(since.missing), since.newest, []
    for pk, name, heard in rows:
        last = gaps.note(pk, last)
        if not topics.isdisjoint(heard):
            told.append(Message(name, tuple(heard), {}, pk, str(Place(last, gaps.ids()))))
    return told, Place(last, gaps.ids())


def _begin(listener: Listener, since: Place | None, age: float) -> tuple[bool, list[Message], Place | None]:
    """In a thread: whether this person may listen at all, what was missed since the page was drawn `age` seconds
    ago or since it last heard, and where that ends."""
    from django.db import close_old_connections

    from shouwen.platform.accounts.queries import is_active

    close_old_connections()
    if listener.user_id is not None and not is_active(listener.user_id):
        return False, [], None
    hub.catch_up()
    recent = hub.recent(listener.topics, age + SKEW_SECONDS)
    if since is None:
        return True, recent, None
    missed, end = _missed(since, listener.topics)
    return True, recent + missed, end


def _frame(message: Message, topics: frozenset[str]) -> dict[str, str]:
    heard = [topic for topic in message.topics if topic in topics]
    body = json.dumps({"kind": message.kind, "topics": heard, **message.data}, ensure_ascii=False)
    frame = {"event": "reset" if message.kind == "reset" else "change", "data": body}
    if message.place:
        frame["id"] = message.place
    return frame


def _is_told(message: Message, end: Place | None) -> bool:
    """Whether what was read at the beginning held this message already."""
    if message.event_id is None or end is None or message.kind == "reset":
        return False
    return message.event_id <= end.newest and message.event_id not in end.missing


async def _tell(
    listener: Listener, missed: list[Message], end: Place | None
) -> AsyncIterator[dict[str, str]]:
    try:
        yield {"event": "hello", "data": "{}"}
        for message in missed:
            yield _frame(message, listener.topics)
        while (waiting := await listener.queue.get()) is not None:
            if not _is_told(waiting, end):
                yield _frame(waiting, listener.topics)
    finally:
        hub.leave(listener)


async def stream(request: Request) -> Response:
    token: Token | None = read(request.query_params.get("token", ""))
    if token is None:
        return PlainTextResponse("token", status_code=403)
    last = request.headers.get("last-event-id") or request.query_params.get("since", "")
    listener = hub.listen(token.topics, token.user_id)
    try:
        welcome, missed, end = await asyncio.to_thread(_begin, listener, place_of(last), token.age)
    except BaseException:
        hub.leave(listener)
        raise
    if not welcome:
        hub.leave(listener)
        return PlainTextResponse("token", status_code=403)
    return EventSourceResponse(_tell(listener, missed, end), ping=20)


app = Starlette(routes=[Route("/stream", stream)])


def add_route(path: str, endpoint: Any) -> None:
    """A room's own stream under /live; registered from its `ready()`, once."""
    if all(getattr(route, "path", "") != path for route in app.routes):
        app.routes.append(Route(path, endpoint))
