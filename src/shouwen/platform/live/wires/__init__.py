"""Wires between the processes of one installation: they wake each other after a commit and pass on what is kept
nowhere. Truth stays in the tables: a wire that breaks delays, it loses no fact.

Doors: start, stop, send, connected. PostgreSQL's own (LISTEN) or Redis; on SQLite without Redis sockets of this
machine, where several processes share the file, and none where there is only one.
"""

import threading
from typing import Any

from django.conf import settings
from django.db import connection

from shouwen.platform.live.wires.base import Hear, Wire

_lock = threading.Lock()
_wire: Wire | None = None


def _chosen(hear: Hear) -> Wire | None:
    if settings.REDIS_URL:
        from shouwen.platform.live.wires.redis import RedisWire

        return RedisWire(hear, settings.REDIS_URL)
    if connection.vendor == "postgresql":
        from shouwen.platform.live.wires.postgres import PostgresWire

        return PostgresWire(hear)
    if settings.LIVE_FOLDER is not None:
        from shouwen.platform.live.wires.local import LocalWire, fits

        return LocalWire(hear, settings.LIVE_FOLDER) if fits(settings.LIVE_FOLDER) else None
    return None


def start() -> None:
    """Twice changes nothing."""
    from shouwen.platform.live.wires.relay import hear, passes_on

    global _wire
    with _lock:
        if _wire is None and (_wire := _chosen(hear)) is not None:
            passes_on()
            _wire.start()


def stop() -> None:
    global _wire
    with _lock:
        ending, _wire = _wire, None
    if ending is not None:
        ending.stop()


def send(content: dict[str, Any]) -> None:
    """Hand `content` to the other processes soon; waits for nothing."""
    if (wire := _wire) is not None:
        wire.send(content)


def woke() -> None:
    """This process has committed an event."""
    if (wire := _wire) is not None:
        wire.woke()


def tells_commits() -> bool:
    """Whether what other processes commit is heard, so that nobody need look."""
    return (wire := _wire) is not None and wire.tells_commits


def connected() -> bool:
    """Whether the others are heard just now."""
    return (wire := _wire) is not None and wire.connected
