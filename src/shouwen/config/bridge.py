"""Serves a WSGI application under ASGI on a bounded number of threads, with one hop to a thread and one back.

The body is read on the event loop before a thread is taken, so a slow sender holds no thread; an answer
that is whole goes back in one piece, and a file is read by the loop as fast as its reader takes it, so a
slow reader holds none either. Threads are daemons and never wait for the loop while it may be gone: a
server that stops under load ends.
"""

import asyncio
import io
import queue
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from time import perf_counter
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from structlog.contextvars import bound_contextvars

from shouwen.config import counted
from shouwen.platform.courtesy import answering

MAX_BODY_BYTES = 256 * 1024 * 1024  # twenty files at once; each room has its own, lower limits
MEMORY_BYTES = 512 * 1024  # a larger body waits on the disk
CHUNK_BYTES = 256 * 1024
WHOLE_BYTES = 4 * 1024 * 1024  # an answer made of many pieces is kept together up to here
AT_ONCE = 3
QUICK_SECONDS = 0.05
STALL_SECONDS = 60  # for how long a reader may take nothing of an answer that is made while it is read
BODILESS = frozenset({204, 304})
LENGTH = b"content-length"
NAMES = {
    "request_id": "HTTP_X_REQUEST_ID",
    "traceparent": "HTTP_TRACEPARENT",
}  # in the log: from which header
TOO_LARGE = b'{"type": "urn:shouwen:too_large", "title": "too_large", "status": 413}'

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


class TooMuch(Exception):
    """The body is larger than anything here takes."""


class Gone(Exception):
    """Who asked has hung up before the whole body was here."""


class Turns:
    """Who computes now: at most AT_ONCE, in the order they came; who takes longer than QUICK_SECONDS is not counted.

    One interpreter runs one thread at a time, and each of the others that could run wakes up again and again to ask
    for its turn: with eight of them a third of the processor's time went there. Three keep it busy while two wait
    for the database. What is slow (a report, a large page) must not keep the quick ones waiting.
    """

    def __init__(self) -> None:
        self._counted = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def take(self) -> "Turn":
        if self._counted < AT_ONCE:
            self._counted += 1
            return Turn(self)
        waits: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(waits)
        try:
            await waits
        except asyncio.CancelledError:
            if waits.done() and not waits.cancelled():
                self.pass_on()
            raise
        return Turn(self)

    def pass_on(self) -> None:
        while self._waiting:
            waits = self._waiting.popleft()
            if not waits.done():
                waits.set_result(None)
                return
        self._counted -= 1


class Turn:
    """Ends once: when the work is done, or when it has become slow."""

    def __init__(self, turns: Turns) -> None:
        self._turns: Turns | None = turns
        self._slow = asyncio.get_running_loop().call_later(QUICK_SECONDS, self.end)

    def end(self) -> None:
        if self._turns is not None:
            turns, self._turns = self._turns, None
            self._slow.cancel()
            turns.pass_on()


class Threads:
    """A fixed number of daemon threads, started as they are needed."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._turns = Turns()
        self._tasks: queue.SimpleQueue[tuple[asyncio.Future[Any], Callable[[], Any]]] = queue.SimpleQueue()
        self._started = 0
        self._busy = 0  # this and _started are touched by the loop's thread only

    async def run(self, work: Callable[[], Any]) -> Any:
        """The result of `work()`."""
        turn = await self._turns.take()
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._busy += 1
        if self._started < min(self._busy, self._count):
            self._started += 1
            threading.Thread(target=self._serve, name=f"web-{self._started}", daemon=True).start()
        self._tasks.put((future, work))
        try:
            return await future
        finally:
            self._busy -= 1
            turn.end()

    def _serve(self) -> None:
        while True:
            future, work = self._tasks.get()
            try:
                with answering():
                    result, error = work(), None
            except BaseException as raised:  # the one who waits gets it
                result, error = None, raised
            try:
                future.get_loop().call_soon_threadsafe(_settle, future, result, error)
            except RuntimeError:
                return  # the loop is gone: the server has stopped
            del future, work, result, error  # an idle thread holds nothing of the last request


def _settle(future: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)


class FileAnswer:
    """wsgi.file_wrapper: a file that the loop sends as fast as its reader takes it."""

    def __init__(self, file: IO[bytes], _block: int = 0) -> None:
        self.file = file
        self.begin = b""

    def close(self) -> None:
        self.file.close()


async def _read(receive: Receive) -> tuple[IO[bytes], int]:
    """The whole body and its size."""
    held: IO[bytes] = io.BytesIO()
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        piece = message.get("body", b"")
        more = message.get("more_body", False)
        size += len(piece)
        if size > MAX_BODY_BYTES:
            raise TooMuch
        if size > MEMORY_BYTES and isinstance(held, io.BytesIO):
            spilled = tempfile.TemporaryFile()  # noqa: SIM115  closed with the request
            spilled.write(held.getbuffer())
            held = spilled
        held.write(piece)
    held.seek(0)
    return held, size


def environ_of(scope: Scope, body: IO[bytes], size: int) -> dict[str, Any]:
    """PEP 3333's view of the request. Bytes that are not ASCII travel as Latin-1, as it asks."""
    server, port = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileAnswer,
    }
    for raw, value in scope["headers"]:
        if b"_" in raw:
            continue  # would be taken for the same name with a dash, which a proxy before us may vouch for
        name = raw.decode("latin-1").upper().replace("-", "_")
        key = name if name in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{name}"
        text = value.decode("latin-1")
        joint = "; " if name == "COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{text}" if key in environ else text
    environ["CONTENT_LENGTH"] = str(size)
    return environ


class Exchange:
    """One request and its answer."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        self._loop = loop
        self._send = send
        self.status = 500
        self.headers: Headers = []
        self.started = False

    def start_response(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers]
        return self._write

    def _write(self, piece: bytes) -> None:
        raise NotImplementedError("answers are returned, not written")

    def run(self, app: Any, environ: dict[str, Any]) -> "bytes | FileAnswer | None":
        """In a thread: the whole answer, a file for the loop to send, or None when it was sent from here."""
        answer = app(environ, self.start_response)
        if isinstance(answer, FileAnswer):
            answer.begin = answer.file.read(CHUNK_BYTES)
            if len(answer.begin) == CHUNK_BYTES:
                return answer
            answer.close()
            return answer.begin
        kept: list[bytes] = []
        size = 0
        try:
            for piece in answer:
                kept.append(piece)
                size += len(piece)
                if size > WHOLE_BYTES:
                    self._tell(b"".join(kept))
                    kept, size = [], 0
            whole = b"".join(kept)
            if not self.started:
                return whole
            self._tell(whole, last=True)
            return None
        finally:
            getattr(answer, "close", lambda: None)()

    def _tell(self, piece: bytes, *, last: bool = False) -> None:
        sent = asyncio.run_coroutine_threadsafe(self.body(piece, last=last), self._loop)
        sent.result(STALL_SECONDS)

    async def body(self, piece: bytes, *, last: bool) -> None:
        if not self.started:
            self.started = True
            if last and self.status not in BODILESS and not any(k == LENGTH for k, _v in self.headers):
                self.headers.append((LENGTH, str(len(piece)).encode()))
            await self._send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await self._send({"type": "http.response.body", "body": piece, "more_body": not last})


class Bridge:
    """The ASGI application that answers with a WSGI one."""

    def __init__(self, app: Any, threads: int) -> None:
        self._app = app
        self._threads = Threads(threads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1000})
            return
        try:
            body, size = await _read(receive)
        except Gone:
            return
        except TooMuch:
            await _refuse(send)
            return
        begun = perf_counter()
        exchange = Exchange(asyncio.get_running_loop(), send)
        with body:
            environ = environ_of(scope, body, size)
            answer = await self._threads.run(lambda: _named(exchange, self._app, environ))
            if isinstance(answer, FileAnswer):
                await self._send_file(exchange, answer)
            elif answer is not None:
                await exchange.body(answer, last=True)
        counted.note(scope["method"], scope["raw_path"], exchange.status, perf_counter() - begun)

    async def _send_file(self, exchange: Exchange, answer: FileAnswer) -> None:
        try:
            await exchange.body(answer.begin, last=False)
            while chunk := await asyncio.to_thread(answer.file.read, CHUNK_BYTES):
                await exchange.body(chunk, last=False)
            await exchange.body(b"", last=True)
        finally:
            answer.close()


def _named(exchange: Exchange, app: Any, environ: dict[str, Any]) -> "bytes | FileAnswer | None":
    """In a thread: the answer. What is logged meanwhile has the name that a proxy or a tracer gave the request."""
    names = {key: environ[header][:80] for key, header in NAMES.items() if header in environ}
    if not names:
        return exchange.run(app, environ)
    with bound_contextvars(**names):
        return exchange.run(app, environ)


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": TOO_LARGE})
