"""People first: in a process that answers them, work in the background makes way while it does.

One interpreter runs one thread at a time. A thread that waits for the database gives its turn away and, when
another one computes, gets it back only after that one's slice; ten statements of an answer are ten such waits.
So slices are short (`short_slices`), and background work begins no new piece while somebody is being answered
(`make_way`). The later it is already, the less it waits: a burst is answered first and followed up right after it,
under a load that lasts both go on, only slower.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SLICE_SECONDS = 0.0005  # Python's own is ten times as long
PATIENCE_SECONDS = 1.0  # of work that is on time
LATE_SECONDS = 2.0  # from here on it gives way less,
OVERDUE_SECONDS = 20.0  # and from here on hardly
HARDLY_SECONDS = 0.05
CALM_SECONDS = 0.01  # the next request of the same page often follows at once
STEP_SECONDS = 0.05

_lock = threading.Lock()
_answering = 0
_answered_at = 0.0


def short_slices() -> None:
    """For a process that answers people: whoever waits for its turn waits shortly."""
    sys.setswitchinterval(SLICE_SECONDS)


@contextmanager
def answering() -> Iterator[None]:
    """While somebody is being answered."""
    global _answering, _answered_at  # noqa: PLW0603
    with _lock:
        _answering += 1
    try:
        yield
    finally:
        with _lock:
            _answering -= 1
            _answered_at = time.monotonic()


def _busy() -> bool:
    return _answering > 0 or time.monotonic() - _answered_at < CALM_SECONDS


def patience(late: float) -> float:
    """For how many seconds work that is `late` seconds late waits for a calm moment."""
    share = (OVERDUE_SECONDS - late) / (OVERDUE_SECONDS - LATE_SECONDS)
    return max(HARDLY_SECONDS, min(1.0, share) * PATIENCE_SECONDS)


def make_way(late: float = 0.0) -> None:
    """Called before each piece of background work: waits for a calm moment, for as long as its patience."""
    until = time.monotonic() + patience(late)
    while _busy() and time.monotonic() < until:
        time.sleep(STEP_SECONDS)
