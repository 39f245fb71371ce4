"""PostgreSQL's LISTEN and NOTIFY, on one connection of their own.

A trigger on the event table notifies in the transaction of the change (see ledger/migrations), so a commit and
the news of it can't be parted. What is kept nowhere is notified from here.
"""

import contextlib
import selectors
import socket
from typing import Any

import psycopg
from django.db import connection

from shouwen.platform.live.wires.base import Hear, Wire

EVENTS, LIVE = "shouwen_events", "shouwen_live"
CHECK_SECONDS = 15.0  # how long a line may be silent before it is tried
SAY = f"SELECT pg_notify('{LIVE}', piece) FROM unnest(%s::text[]) WITH ORDINALITY AS t(piece, n) ORDER BY n"  # noqa: S608
ALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "connect_timeout": 5}


class PostgresWire(Wire):
    def __init__(self, hear: Hear) -> None:
        super().__init__(hear)
        self._parameters = {**ALIVE, **connection.get_connection_params()}
        self._poked, self._poke = socket.socketpair()
        self._poked.setblocking(False)
        self._poke.setblocking(False)

    def stop(self) -> None:
        super().stop()
        self._poked.close()
        self._poke.close()

    def _nudge(self) -> None:
        with contextlib.suppress(OSError):  # full: it is nudged already; closed: it has stopped
            self._poke.send(b".")

    def _serve(self) -> None:
        line: psycopg.Connection[Any] = psycopg.connect(**self._parameters, autocommit=True)
        with contextlib.closing(line), selectors.DefaultSelector() as ready:
            line.add_notify_handler(self._notified)
            line.execute(f"LISTEN {EVENTS}")
            line.execute(f"LISTEN {LIVE}")
            ready.register(line.fileno(), selectors.EVENT_READ)
            ready.register(self._poked, selectors.EVENT_READ)
            self._begun()
            while not self._stopping.is_set():
                self._say(line)
                if not ready.select(CHECK_SECONDS):
                    line.execute("SELECT 1")
                with contextlib.suppress(BlockingIOError):
                    self._poked.recv(4096)
                line.pgconn.consume_input()
                while (notice := line.pgconn.notifies()) is not None:
                    self._notified(psycopg.Notify(notice.relname.decode(), notice.extra.decode(), 0))
            self._say(line)

    def _say(self, line: "psycopg.Connection[Any]") -> None:
        if pieces := self._to_say():
            line.execute(SAY, [pieces])
            self._said()

    def _notified(self, notice: psycopg.Notify) -> None:
        if notice.channel == EVENTS:
            self._hear(None)
        else:
            self._arrived(notice.payload)
