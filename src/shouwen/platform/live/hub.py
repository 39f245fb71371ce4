"""The hub: hears of new events, tells the listeners of their topics.

Truth is the event table. One thread reads what is new in it when a process commits: this one says so itself,
others by a wire (PostgreSQL, Redis), and SQLite's file shows it. It sleeps while nobody listens. A listener
first waits until the hub stands at the newest event, then reads what it missed: so nothing falls in between.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import structlog
from django.db import close_old_connections, connection

from shouwen.platform.accounts import services as accounts
from shouwen.platform.ledger import bus
from shouwen.platform.ledger.models import Event
from shouwen.platform.live import wires
from shouwen.platform.live.places import Gaps, Place, newest

log = structlog.get_logger(__name__)
QUEUE_LIMIT = 500
POLL_SECONDS = 1.0  # while no other process can say that it committed
LOOK_SECONDS = 0.2  # at SQLite's file: a number in memory, no query of ours
FALL_BACK_SECONDS = 10.0  # for what a wire did not tell
RECENT_SECONDS = 120.0  # what is in no event is remembered for who listens a moment later
MOST_RECENT = 5_000


@dataclass(frozen=True)
class Message:
    kind: str
    topics: tuple[str, ...]
    data: dict[str, Any]
    event_id: int | None = None
    place: str = ""  # where the listener stands after it; what the browser sends back as Last-Event-ID


@dataclass(eq=False)
class Listener:
    topics: frozenset[str]
    loop: asyncio.AbstractEventLoop
    user_id: int | None = None
    queue: "asyncio.Queue[Message | None]" = field(default_factory=lambda: asyncio.Queue(QUEUE_LIMIT))

    def offer(self, message: Message | None) -> None:
        """Runs on the loop. A listener too slow to keep up is told to fetch everything anew."""
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            if message is not None:
                message = Message("reset", (), {}, message.event_id, message.place)
        self.queue.put_nowait(message)


class Hub:
    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._lock = threading.Lock()
        self._reading = threading.Lock()  # held while the table is read; guards the three below
        self._last = 0
        self._gaps = Gaps()
        self._current = False
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._version: int | None = None
        self._recent: deque[tuple[float, Message]] = deque(maxlen=MOST_RECENT)

    def listen(self, topics: frozenset[str], user_id: int | None = None) -> Listener:
        listener = Listener(topics, asyncio.get_running_loop(), user_id)
        with self._lock:
            self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        with self._lock:
            self._listeners.discard(listener)

    def count(self) -> int:
        """How many streams are open in this process."""
        return len(self._listeners)

    def catch_up(self) -> None:
        """After this, whatever is committed is told. Asks the database; not for the loop's thread."""
        with self._reading:
            if not self._current:
                place = newest()
                self._last, self._gaps = place.newest, Gaps(place.missing)
                self._current = True
        self._wake.set()

    def place(self) -> Place | None:
        """Where this process stands, as far as it read; None while nobody listens. Asks and waits for nothing."""
        last = self._last  # before the gaps: a gap noted meanwhile lies beyond it, and is told either way
        return Place(last, self._gaps.ids()) if self._current else None

    def tell(self, message: Message) -> None:
        """From any thread: hand `message` to everybody who listens to one of its topics."""
        topics = set(message.topics)
        with self._lock:
            wanted = [one for one in self._listeners if not topics.isdisjoint(one.topics)]
        self._hand(wanted, message)

    def remember(self, message: Message) -> None:
        """Tell it also to who begins to listen within RECENT_SECONDS: their page may be older than what it says."""
        with self._lock:
            self._recent.append((monotonic(), message))
            while self._recent[0][0] < monotonic() - RECENT_SECONDS:
                self._recent.popleft()

    def recent(self, topics: frozenset[str], seconds: float) -> list[Message]:
        """What of that was said to one of `topics` in the last `seconds`, each kind once."""
        since = monotonic() - min(seconds, RECENT_SECONDS)
        with self._lock:
            said = [one for at, one in self._recent if at >= since and not topics.isdisjoint(one.topics)]
        heard = {(one.kind, topic) for one in said for topic in topics.intersection(one.topics)}
        return [Message(kind, (topic,), {}) for kind, topic in sorted(heard)]

    def _hand(self, listeners: Iterable[Listener], message: Message | None) -> None:
        for listener in listeners:
            try:
                listener.loop.call_soon_threadsafe(listener.offer, message)
            except RuntimeError:  # its loop is gone
                self.leave(listener)

    def read_new(self) -> int:
        """Tell what is new in the event table; returns how many rows that were."""
        with self._reading:
            rows = list(
                Event.objects.filter(self._gaps.beyond(self._last))
                .order_by("pk")
                .values_list("pk", "name", "topics")[:QUEUE_LIMIT]
            )
            for pk, name, topics in rows:
                self._last = self._gaps.note(pk, self._last)
                place = str(Place(self._last, self._gaps.ids()))
                self.tell(Message(name, tuple(topics), {}, pk, place))
        return len(rows)

    def _patience(self) -> float | None:
        """For how long to sleep when nobody wakes us."""
        if not self._listeners:
            return None
        if wires.connected() and wires.tells_commits():
            return FALL_BACK_SECONDS
        return LOOK_SECONDS if connection.vendor == "sqlite" else POLL_SECONDS

    def _may_be_new(self) -> bool:
        """Whether anybody has written to the database since this was last asked. Only SQLite can say no."""
        if connection.vendor != "sqlite":
            return True
        with connection.cursor() as cursor:
            before, self._version = self._version, cursor.execute("PRAGMA data_version").fetchone()[0]
        return before != self._version

    def _look(self, *, woken: bool) -> None:
        close_old_connections()
        if not self._listeners:
            with self._reading:  # again: somebody may have come while this was on its way here
                self._current = self._current and bool(self._listeners)
        elif self._current and (self._may_be_new() or woken):
            while self.read_new() >= QUEUE_LIMIT:
                pass

    def _run(self) -> None:
        while not self._stop.is_set():
            woken = self._wake.wait(self._patience())
            self._wake.clear()
            if self._stop.is_set():
                break
            try:
                self._look(woken=woken)
            except Exception:
                log.exception("live failed")
                self._stop.wait(1)
        connection.close()

    def start(self) -> None:
        wires.start()
        bus.wake_with(self._wake.set)
        # whose rights change comes again, with a page drawn by today's rights, or not at all
        accounts.changed_with(self.end_streams)
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)
        self._thread.start()

    def end_streams(self, user_id: int | None = None) -> None:
        """End the streams of this process: all, or those of one person. Browsers come again, if they may."""
        with self._lock:
            ending = [one for one in self._listeners if user_id is None or one.user_id == user_id]
        self._hand(ending, None)

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        self.end_streams()
        if self._thread is not None:
            self._thread.join(5)
        wires.stop()
        with self._lock:
            self._recent.clear()


hub = Hub()


def publish(topics: Iterable[str], kind: str, data: dict[str, Any]) -> None:
    """Tell who listens, to any process of ours, something that is not kept (somebody types, somebody looks)."""
    told = tuple(topics)
    hub.tell(Message(kind, told, data))
    wires.send({"kind": kind, "topics": told, "data": data})


def publish_row(topics: Iterable[str], kind: str) -> None:
    """The same of a row that is there now and in no event: who has an older page and listens soon is told, too."""
    message = Message(kind, tuple(topics), {})
    hub.remember(message)
    hub.tell(message)
    wires.send({"kind": kind, "topics": message.topics, "row": True})
