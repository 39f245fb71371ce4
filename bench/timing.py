"""From measured times to figures, and a small keep-alive HTTP client that costs little itself."""

import socket
import statistics
import threading
import time
from collections.abc import Callable
from typing import Any


def figures(spent: list[float], elapsed: float) -> dict[str, float]:
    """rate per second, p50 and p95 in milliseconds, and how many."""
    spent = sorted(spent)
    if not spent:
        return {"rate": 0, "p50_ms": 0, "p95_ms": 0, "n": 0}
    return {
        "rate": round(len(spent) / elapsed, 1),
        "p50_ms": round(statistics.median(spent) * 1000, 3),
        "p95_ms": round(spent[int(len(spent) * 0.95) - 1] * 1000, 3),
        "n": len(spent),
    }


class Client:
    """One connection; requests are bytes made ready before, answers are read to their end."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.port = port
        self.headers = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = "application/json"
    ) -> tuple[int, bytes]:
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{self.headers}"
        if body:
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        self.socket.sendall(head.encode() + b"\r\n" + body)
        return self._answer()

    def _answer(self) -> tuple[int, bytes]:
        data = self.rest
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _blank, data = data.partition(b"\r\n\r\n")
        lower = head.lower()
        status = int(head[9:12])
        if b"content-length:" in lower:
            length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
            while len(data) < length:
                data += self._more()
            self.rest = data[length:]
            return status, data[:length]
        body = b""
        while True:
            while b"\r\n" not in data:
                data += self._more()
            size, _blank, data = data.partition(b"\r\n")
            length = int(size, 16)
            while len(data) < length + 2:
                data += self._more()
            body += data[:length]
            data = data[length + 2 :]
            if length == 0:
                self.rest = data
                return status, body

    def _more(self) -> bytes:
        more = self.socket.recv(262_144)
        if not more:
            raise ConnectionError("the server closed the connection")
        return more


def measured(
    port: int,
    headers: dict[str, str],
    ask: Callable[[Client, int], tuple[int, bytes]],
    *,
    clients: int = 1,
    seconds: float = 4.0,
    good: tuple[int, ...] = (200, 201),
) -> dict[str, Any]:
    """`ask` again and again by so many clients at a time, for so long; an answer that is not good ends it."""
    spent: list[float] = []
    wrong: list[str] = []
    for n in range(5):  # warm
        status, body = ask(Client(port, headers), -1 - n)
        if status not in good:
            raise SystemExit(f"{status}: {body[:600]!r}")
    end = time.monotonic() + seconds

    def run(which: int) -> None:
        client = Client(port, headers)
        n = which * 999_983  # a prime: no two clients walk the same cases in step
        while time.monotonic() < end and not wrong:
            began = time.perf_counter()
            status, body = ask(client, n)
            spent.append(time.perf_counter() - began)
            if status not in good:
                wrong.append(f"{status}: {body[:600]!r}")
            n += 1

    began = time.monotonic()
    threads = [threading.Thread(target=run, args=(which,)) for which in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(wrong[0])
    return figures(spent, time.monotonic() - began)
