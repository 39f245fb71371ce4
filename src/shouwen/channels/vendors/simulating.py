"""The other side of a channel as a small server on this machine, for tests and for developers: real HTTP, both ways."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import httpx


@dataclass(frozen=True)
class Asked:
    """A request that the simulator got."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Said:
    """What it answers."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def as_json(value: Any, status: int = 200) -> Said:
    return Said(status, json.dumps(value, ensure_ascii=False).encode())


class Simulator:
    """Listens on loopback until it is stopped. `asked` keeps every request; `hear` is called for each."""

    def __init__(self, port: int = 0) -> None:
        self.asked: list[Asked] = []
        self.hang_up = False  # breaks the connection after taking the request, without an answer
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer._serve(self)

            def do_POST(self) -> None:
                outer._serve(self)

            def log_message(self, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def hear(self, asked: Asked) -> Said:
        """The answer to a request."""
        return as_json({})

    def start(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        size = int(handler.headers.get("Content-Length") or 0)
        asked = Asked(
            handler.command,
            parts.path,
            {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()},
            {name.lower(): value for name, value in handler.headers.items()},
            handler.rfile.read(size),
        )
        self.asked.append(asked)
        if self.hang_up:
            handler.close_connection = True
            handler.connection.close()
            return
        said = self.hear(asked)
        handler.send_response(said.status)
        handler.send_header("Content-Type", said.content_type)
        handler.send_header("Content-Length", str(len(said.body)))
        for name, value in said.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(said.body)


def call(url: str, body: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
    """A request of the other side to us."""
    return httpx.post(url, content=body, headers=headers or {}, timeout=30)
