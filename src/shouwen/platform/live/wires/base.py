"""What all wires have in common: a thread that listens and, when the line breaks, connects again and again."""

import json
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable
from typing import Any

import structlog

from shouwen.platform.live.wires.frames import Receiver, Sender

log = structlog.get_logger(__name__)
Hear = Callable[[dict[str, Any] | None], None]  # a message, or None: something may have been committed
WAITING = 2000  # pieces that wait for a broken line; then the oldest are given up
PATIENCE_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0)  # before the next try to connect
STOP_SECONDS = 3.0


class Wire(ABC):
    tells_commits = True  # False: whoever listens must look for themselves

    def __init__(self, hear: Hear) -> None:
        self._hear = hear
        self._sender = Sender()
        self._counting = threading.Lock()
        self._receiver = Receiver(self._sender.name)
        self._outgoing: deque[str] = deque(maxlen=WAITING)
        self._unsaid: list[str] = []
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="wire", daemon=True)
        self.connected = False

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._nudge()
        self._thread.join(STOP_SECONDS)

    def send(self, content: dict[str, Any]) -> None:
        if threading.current_thread() is self._thread:
            return  # what comes over the wire is not sent back
        with self._counting:
            self._outgoing.extend(self._sender.pieces(json.dumps(content)))
        self._nudge()

    def woke(self) -> None:  # noqa: B027  a wire whose database tells of commits has nothing to do
        """This process has committed an event."""

    def _to_say(self) -> list[str]:
        """What is to be said now; `_said` tells that it was. What could not be said comes again: it is taken once."""
        while self._outgoing:
            self._unsaid.append(self._outgoing.popleft())
        return self._unsaid

    def _said(self) -> None:
        self._unsaid = []

    @abstractmethod
    def _nudge(self) -> None:
        """From any thread: there is something to send, or it is time to stop."""

    @abstractmethod
    def _serve(self) -> None:
        """Connect, then listen and send until `_stopping` or until the line breaks (any exception)."""

    def _begun(self) -> None:
        """The line stands; what happened before that was not heard."""
        self.connected = True
        self._hear(None)

    def _arrived(self, piece: str) -> None:
        try:
            whole = self._receiver.take(piece)
            if whole is not None:
                self._hear(json.loads(whole))
        except Exception:  # not ours, or of another version
            log.warning("unreadable message on the wire", piece=piece[:200])

    def _run(self) -> None:
        failed = 0
        while True:  # once in any case: what was said before the end is sent
            try:
                self._serve()
                failed = 0
            except Exception as error:
                if self.connected or failed == 0:
                    failed = 0
                    log.warning("the line to the other processes broke", error=str(error)[:300])
                failed += 1
            self.connected = False
            if self._stopping.wait(PATIENCE_SECONDS[min(failed, len(PATIENCE_SECONDS) - 1)]):
                return
