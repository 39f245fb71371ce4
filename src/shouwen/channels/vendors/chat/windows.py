"""Which visitors' windows are open in this process, and writing that down a few times a minute for all at once."""

import asyncio
import threading
from collections import Counter
from datetime import datetime

import structlog
from django.db import close_old_connections

from shouwen.channels.vendors.chat import rules, services
from shouwen.platform.access import now

log = structlog.get_logger(__name__)
LOOK_SECONDS = 5.0  # a page change closes one window and opens the next within this


class Windows:
    """Entering and leaving happen on the loop, writing in a thread. A killed process leaves rows that grow old."""

    def __init__(self) -> None:
        self._open: Counter[int] = Counter()
        self._left: dict[int, datetime] = {}
        self._came: set[int] = set()  # opened since the last writing; a thousand that come back cost one
        self._lock = threading.Lock()
        self._task: asyncio.Task[None] | None = None
        self._written: datetime | None = None

    def enter(self, chat_id: int) -> None:
        with self._lock:
            self._open[chat_id] += 1
            if self._left.pop(chat_id, None) is None:
                self._came.add(chat_id)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._keep())

    def leave(self, chat_id: int, at: datetime) -> None:
        with self._lock:
            self._open[chat_id] -= 1
            if self._open[chat_id] <= 0:
                del self._open[chat_id]
                self._left[chat_id] = at

    def count(self) -> int:
        return self._open.total()

    def write(self, at: datetime) -> None:
        """Write down who has left for a few seconds and, now and then, who is here."""
        with self._lock:
            left = [pk for pk, since in self._left.items() if (at - since).total_seconds() >= LOOK_SECONDS]
            here, came = list(self._open), [pk for pk in self._came if pk in self._open]
            self._came.clear()
        due = self._written is None or at - self._written >= rules.BEAT
        if left:
            services.leave_windows(chat_ids=left, at=at)
        if came:
            services.enter_windows(chat_ids=came, at=at)
        if due and here:
            services.note_seen(chat_ids=here, at=at)
        self._written = at if due else self._written
        with self._lock:
            for pk in left:
                self._left.pop(pk, None)

    async def _keep(self) -> None:
        while self._open or self._left:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await asyncio.to_thread(self._write_now)
            except Exception:  # the next look writes the same again
                log.exception("windows were not written down")

    def _write_now(self) -> None:
        close_old_connections()
        self.write(now())


windows = Windows()
