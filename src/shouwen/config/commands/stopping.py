"""How the processes of `shouwen` end: soon, in order, with code 0 when they were asked to."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any

import uvicorn

from shouwen.platform import runtime
from shouwen.platform.live.hub import hub

LAST_SECONDS = 3  # for what a library leaves to be done at the interpreter's end
STOPPING = (signal.SIGINT, signal.SIGTERM)


class Server(uvicorn.Server):
    """uvicorn that ends the live streams at once and treats a signal as the wish it is, not as a failure.

    uvicorn raises the signal again when it has stopped: SIGTERM would then kill the process before its
    other parts are stopped, and with a code that says it failed.
    """

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        before: dict[int, Any] = {number: signal.signal(number, self.handle_exit) for number in STOPPING}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.force_exit = self.should_exit  # the second one does not wait for open requests
        if not self.should_exit:
            # beside the open requests, not after them; what those still queue is done at the next start
            threading.Thread(target=runtime.stop_all, name="stopping", daemon=True).start()
        self.should_exit = True
        hub.end_streams()


def leave() -> int:
    """The exit code 0, and the promise that the process ends: a thread that a library waits for does not hold it."""
    sys.stdout.flush()
    last = threading.Timer(LAST_SECONDS, os._exit, (0,))
    last.daemon = True
    last.start()
    return 0
