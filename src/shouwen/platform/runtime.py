"""Long-running parts of one process: rooms register them, the server starts and stops them.

A part is a name, a `start()` that returns at once and a `stop()` that returns within seconds.
Web-only processes start none of them; `shouwen up` and `shouwen worker` start all.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Part:
    name: str
    start: Callable[[], None]
    stop: Callable[[], None]


_parts: dict[str, Part] = {}
_started: list[Part] = []


def register(name: str, start: Callable[[], None], stop: Callable[[], None]) -> None:
    _parts[name] = Part(name, start, stop)


def start_all() -> None:
    for part in _parts.values():
        part.start()
        _started.append(part)
        log.debug("part started", part=part.name)


def stop_all() -> None:
    """Last started first; one part's trouble in stopping does not keep the others from it."""
    while _started:
        part = _started.pop()
        try:
            part.stop()
        except Exception:
            log.exception("part did not stop", part=part.name)
