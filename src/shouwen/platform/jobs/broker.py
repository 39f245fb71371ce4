"""The way of a job's number through a broker, where SHOUWEN_BROKER_URL is set (RabbitMQ, or Redis).

Only the number travels, as a Celery message; the row stays the truth. A worker claims the row, so a number that
comes twice does no harm, and one that is lost is sent again by the sweeper (services.to_send). We listen with
Celery's own library and our own threads: its worker, with threads, answers the broker up to ten seconds late and
takes as long to stop. Without a broker nobody imports this.
"""

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import structlog
from celery import Celery
from kombu import Consumer, Exchange, Queue

from shouwen.kernel.errors import Refused

log = structlog.get_logger(__name__)
QUEUE, TASK = "shouwen.jobs", "shouwen.job"
REACH_SECONDS = 10.0  # at the start: the broker may be starting too
TIMEOUT_SECONDS = 3.0
CHECK_SECONDS = 2.0
LISTEN_SECONDS = 1.0
HEARTBEAT_SECONDS = 30
WAITING = 100_000  # numbers that wait for a broker that is away; the sweeper knows the others


def _application(url: str) -> Celery:
    rabbit = url.startswith(("amqp", "pyamqp"))
    app = Celery("shouwen", broker=url, set_as_current=False, fixups=[])
    app.conf.update(
        task_queues=[
            Queue(
                QUEUE,
                Exchange(QUEUE, type="direct", durable=True),
                routing_key=QUEUE,
                durable=True,
                queue_arguments={"x-queue-type": "quorum"} if rabbit else None,
            )
        ],
        task_default_queue=QUEUE,
        task_default_exchange=QUEUE,
        task_default_routing_key=QUEUE,
        task_ignore_result=True,
        broker_connection_timeout=TIMEOUT_SECONDS,
        broker_heartbeat=HEARTBEAT_SECONDS if rabbit else 0,
        broker_transport_options=(
            {"confirm_publish": True, "read_timeout": 10, "write_timeout": 10}
            if rabbit
            else {"socket_timeout": 10, "socket_connect_timeout": TIMEOUT_SECONDS, "socket_keepalive": True}
        ),
    )
    return app


class Broker:
    """One process's way to the broker: it sends from a thread of its own, so that nobody waits for the network."""

    def __init__(self, url: str) -> None:
        self._app = _application(url)
        self.address = self._app.connection_for_write().as_uri()  # without the password
        self.reachable = True
        self.depth = 0  # how many numbers wait there, as last seen
        self._line: Any = None  # with the two below: touched by the sending thread only
        self._queue: Any = None
        self._producer: Any = None
        self._waiting: deque[int] = deque(maxlen=WAITING)
        self._something = threading.Event()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def reach(self, seconds: float = REACH_SECONDS) -> None:
        """Refused, with a sentence, when the broker can't be reached or does not give us the queue."""
        end = time.monotonic() + seconds
        while True:
            try:
                self._look()
            except Exception as error:
                self._hang_up()
                if time.monotonic() > end:
                    raise Refused(
                        f"The broker at {self.address} (SHOUWEN_BROKER_URL) can't be used: {error or type(error)}"
                    ) from None
                time.sleep(0.5)
            else:
                self._hang_up()
                return

    def _look(self) -> None:
        """Connect where that is needed, and see how many numbers wait."""
        if self._line is None:
            self._line = self._app.connection_for_write()
            self._line.ensure_connection(max_retries=1, interval_start=0, timeout=TIMEOUT_SECONDS)
            self._queue = self._app.amqp.queues[QUEUE](self._line.default_channel)
            self._queue.declare()
            self._producer = self._app.amqp.Producer(self._line.default_channel)
        self.depth = self._queue.queue_declare().message_count

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(Exception):
                line.collapse()

    def send(self, job_id: int) -> None:
        """Soon; waits for nothing."""
        self._waiting.append(job_id)
        self._something.set()

    def start(self) -> None:
        """Begin to send."""
        self._begin("broker-sender", self._send)

    def work(self, do: Callable[[int], None], threads: int) -> None:
        """Begin to call `do(job_id)` with what arrives, in `threads` threads."""
        for number in range(threads):
            self._begin(f"broker-{number}", lambda: self._listen(do))

    def _begin(self, name: str, run: Callable[[], None]) -> None:
        self._threads.append(threading.Thread(target=run, name=name, daemon=True))
        self._threads[-1].start()

    def stop(self) -> None:
        self._stopping.set()
        self._something.set()
        for thread in self._threads:
            thread.join(5)

    def _send(self) -> None:
        while not self._stopping.is_set():
            if not self._something.wait(CHECK_SECONDS):
                self._try(self._look)
                continue
            self._something.clear()
            while self._waiting and not self._stopping.is_set():
                if not self._try(self._publish):
                    self._stopping.wait(0.5)
        self._hang_up()

    def _publish(self) -> None:
        """The number that has waited longest; it leaves the row only when the broker has it."""
        if self._line is None:
            self._look()
        self._app.send_task(TASK, args=[self._waiting[0]], producer=self._producer, queue=QUEUE, retry=False)
        self._waiting.popleft()

    def _try(self, work: Callable[[], None]) -> bool:
        try:
            work()
        except Exception as error:  # whatever a library makes of a line that breaks
            self._hang_up()
            if self.reachable:
                log.warning("the broker is away; jobs are done without it", error=str(error)[:300])
            self.reachable = False
        else:
            if not self.reachable:
                log.warning("the broker is back")
            self.reachable = True
        return self.reachable

    def _listen(self, do: Callable[[int], None]) -> None:
        while not self._stopping.is_set():
            try:
                with self._app.connection_for_read() as line:
                    line.ensure_connection(max_retries=1, interval_start=0, timeout=TIMEOUT_SECONDS)
                    self._take(line, do)
            except Exception as error:  # also after a long job: the broker gave its number to another
                log.info("a line to the broker broke", error=str(error)[:300])
                self._stopping.wait(1)

    def _take(self, line: Any, do: Callable[[int], None]) -> None:
        def arrived(body: Any, message: Any) -> None:
            with contextlib.suppress(LookupError, TypeError, ValueError):  # no message of ours
                do(int(body[0][0]))
            message.ack()  # only now: the next one goes to somebody who is free

        queue = self._app.amqp.queues[QUEUE](line.default_channel)
        with Consumer(line.default_channel, [queue], callbacks=[arrived], prefetch_count=1, accept=["json"]):
            while not self._stopping.is_set():
                with contextlib.suppress(TimeoutError):
                    line.drain_events(timeout=LISTEN_SECONDS)
                if line.supports_heartbeats and line.heartbeat:
                    line.heartbeat_check()
