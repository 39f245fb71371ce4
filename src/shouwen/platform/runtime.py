"""Long-running parts of one process: rooms register them, the server starts and stops them.

A part is a name, a `start()` that returns at once and a `stop()` that returns within seconds.
Web-only processes start none of them; `shouwen up` and `shouwen worker` start all.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

log = structlog.get_logger(__name__)
STOP_SECONDS = 5.0  # what a part is doing then is done again at the next start: jobs run at least once


@dataclass(frozen=True)
class Part:
    name: str
    start: Callable[[], None]
    stop: Callable[[], None]


_parts: dict[str, Part] = {}
_started: list[Part] = []
_stopping: list[threading.Thread] = []
_lock = threading.Lock()


def register(name: str, start: Callable[[], None], stop: Callable[[], None]) -> None:
    _parts[name] = Part(name, start, stop)


def start_all() -> None:
    for part in _parts.values():
        part.start()
        _started.append(part)
        log.debug("part started", part=part.name)


def stop_all(seconds: float = STOP_SECONDS) -> None:
    """All at the same time, for `seconds` at most; one part's trouble in stopping does not keep the others from it.

    Called again it waits for the same end.
    """
    with _lock:
        while _started:
            part = _started.pop()
            thread = threading.Thread(target=_stop, args=(part,), name=f"stop-{part.name}", daemon=True)
            _stopping.append(thread)
            thread.start()
        waiting = list(_stopping)
    end = time.monotonic() + seconds
    for thread in waiting:
        thread.join(max(0.0, end - time.monotonic()))
        if thread.is_alive():
            log.warning("part still stopping", thread=thread.name)


def _stop(part: Part) -> None:
    try:
        part.stop()
    except Exception:
        log.exception("part did not stop", part=part.name)
