"""The hub: hears of new events, tells the listeners of their topics.

Truth is the event table, so a listener that comes back with Last-Event-ID misses nothing. One
thread reads new rows when something in this process commits, and once a second besides for what
other processes committed; it sleeps while nobody listens.
"""

import asyncio
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.db import close_old_connections, connection

from shouwen.platform.ledger import bus
from shouwen.platform.ledger.models import Event

log = structlog.get_logger(__name__)
QUEUE_LIMIT = 500
LOOK_BACK = 200  # ids are handed out before commit, so a smaller id may appear after a larger one
POLL_SECONDS = 1.0


@dataclass(frozen=True)
class Message:
    kind: str
    topics: tuple[str, ...]
    data: dict[str, Any]
    event_id: int | None = None


@dataclass(eq=False)
class Listener:
    topics: frozenset[str]
    loop: asyncio.AbstractEventLoop
    queue: "asyncio.Queue[Message | None]" = field(default_factory=lambda: asyncio.Queue(QUEUE_LIMIT))

    def offer(self, message: Message) -> None:
        """Runs on the loop. A listener too slow to keep up is told to fetch everything anew."""
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            message = Message("reset", (), {})
        self.queue.put_nowait(message)


class Hub:
    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._seen: dict[int, None] = {}
        self._last = 0

    def listen(self, topics: frozenset[str]) -> Listener:
        listener = Listener(topics, asyncio.get_running_loop())
        with self._lock:
            self._listeners.add(listener)
        self._wake.set()
        return listener

    def leave(self, listener: Listener) -> None:
        with self._lock:
            self._listeners.discard(listener)

    def tell(self, message: Message) -> None:
        """From any thread: hand `message` to everybody who listens to one of its topics."""
        topics = set(message.topics)
        with self._lock:
            wanted = [one for one in self._listeners if not topics.isdisjoint(one.topics)]
        for listener in wanted:
            try:
                listener.loop.call_soon_threadsafe(listener.offer, message)
            except RuntimeError:  # its loop is gone
                self.leave(listener)

    def read_new(self) -> int:
        """Tell what is new in the event table; returns how many rows that were."""
        rows = Event.objects.filter(pk__gt=self._last - LOOK_BACK).order_by("pk")[: QUEUE_LIMIT + LOOK_BACK]
        fresh = 0
        for pk, name, topics in rows.values_list("pk", "name", "topics"):
            if pk in self._seen:
                continue
            self._seen[pk] = None
            self._last = max(self._last, pk)
            fresh += 1
            self.tell(Message(name, tuple(topics), {}, pk))
        while len(self._seen) > 4 * LOOK_BACK + QUEUE_LIMIT:
            del self._seen[next(iter(self._seen))]
        return fresh

    def _catch_up(self) -> None:
        """Start from now: what is older than the first listener is fetched by resume, not told again."""
        newest = Event.objects.order_by("-pk").values_list("pk", flat=True)[:LOOK_BACK]
        self._seen = dict.fromkeys(newest)
        self._last = max(self._seen, default=0)

    def _run(self) -> None:
        idle = True
        while not self._stop.is_set():
            self._wake.wait(POLL_SECONDS if self._listeners else None)
            self._wake.clear()
            if self._stop.is_set():
                break
            try:
                close_old_connections()
                if idle and self._listeners:
                    self._catch_up()
                    idle = False
                    continue
                idle = not self._listeners
                if not idle:
                    while self.read_new() >= QUEUE_LIMIT:
                        pass
            except Exception:
                log.exception("live failed")
                self._stop.wait(1)
        connection.close()

    def start(self) -> None:
        bus.wake_with(self._wake.set)
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        with self._lock:
            leaving = list(self._listeners)
        for listener in leaving:
            try:
                listener.loop.call_soon_threadsafe(listener.queue.put_nowait, None)
            except (RuntimeError, asyncio.QueueFull):
                self.leave(listener)
        if self._thread is not None:
            self._thread.join(5)


hub = Hub()


def publish(topics: Iterable[str], kind: str, data: dict[str, Any]) -> None:
    """Tell the listeners of this process something that is not kept (somebody types, somebody looks)."""
    hub.tell(Message(kind, tuple(topics), data))
