"""The bridge from ASGI to WSGI: whole requests in, answers out, no thread held by who is slow."""

import asyncio
import io
import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from shouwen.config import bridge
from shouwen.config.bridge import Bridge, FileAnswer

App = Callable[[dict[str, Any], Any], Iterable[bytes]]
pytestmark = pytest.mark.once


def ask(
    app: App,
    *,
    body: tuple[bytes, ...] = (b"",),
    headers: Iterable[tuple[bytes, bytes]] = (),
    threads: int = 2,
    **scope: Any,
) -> tuple[int, dict[bytes, bytes], bytes]:
    """Status, headers and body that `app` gives through the bridge."""
    sent: list[dict[str, Any]] = []
    pieces = list(body)

    async def receive() -> dict[str, Any]:
        piece = pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    known = {
        "type": "http",
        "method": "GET",
        "raw_path": b"/",
        "query_string": b"",
        "http_version": "1.1",
        "headers": list(headers),
        "server": ("test", 80),
        "client": ("10.0.0.9", 1234),
        **scope,
    }
    asyncio.run(Bridge(app, threads)(known, receive, send))
    start, *rest = sent
    assert not rest[-1].get("more_body", False)
    return start["status"], dict(start["headers"]), b"".join(one["body"] for one in rest)


def seen(**request: Any) -> dict[str, Any]:
    """The WSGI environment that a request becomes."""
    found: dict[str, Any] = {}

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        found.update(environ, read=environ["wsgi.input"].read())
        start_response("204 No Content", [])
        return []

    ask(app, **request)
    return found


def answering(*pieces: bytes, status: str = "200 OK") -> App:
    def app(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response(status, [("Content-Type", "text/plain")])
        return list(pieces)

    return app


def test_an_answer_comes_whole_with_its_length() -> None:
    status, headers, body = ask(answering("你好".encode(), b"!"))
    assert (status, body) == (200, "你好!".encode())
    assert headers[b"content-length"] == b"7"


def test_an_answer_without_a_body_has_no_length() -> None:
    status, headers, body = ask(answering(status="204 No Content"))
    assert (status, body) == (204, b"")
    assert b"content-length" not in headers


def test_a_long_answer_is_sent_in_pieces() -> None:
    piece = b"x" * (bridge.WHOLE_BYTES // 2 + 1)
    _status, headers, body = ask(answering(piece, piece, piece))
    assert body == piece * 3
    assert b"content-length" not in headers


@pytest.mark.parametrize("size", [10, bridge.CHUNK_BYTES, 3 * bridge.CHUNK_BYTES + 1])
def test_a_file_is_sent_whole_and_closed(size: int) -> None:
    file = io.BytesIO(b"z" * size)

    def app(environ: dict[str, Any], start_response: Any) -> FileAnswer:
        start_response("200 OK", [])
        return environ["wsgi.file_wrapper"](file, 4096)  # type: ignore[no-any-return]

    assert ask(app)[2] == b"z" * size
    assert file.closed


def test_a_body_in_many_pieces_is_read_before_the_application_runs() -> None:
    environ = seen(method="POST", body=(b"a" * 300_000, b"b" * 300_000, b"c"))
    assert environ["read"] == b"a" * 300_000 + b"b" * 300_000 + b"c"
    assert environ["CONTENT_LENGTH"] == "600001"


def test_a_body_without_a_stated_length_is_read_too() -> None:
    environ = seen(method="POST", body=(b"one", b"two"), headers=[(b"transfer-encoding", b"chunked")])
    assert (environ["CONTENT_LENGTH"], environ["read"]) == ("6", b"onetwo")


def test_too_large_a_body_is_refused_before_the_application_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "MAX_BODY_BYTES", 10)
    status, headers, _body = ask(answering(b"never"), body=(b"12345", b"678901"))
    assert status == 413
    assert headers[b"content-type"] == b"application/problem+json"


def test_bytes_that_are_not_ascii_arrive_as_wsgi_wants_them() -> None:
    environ = seen(raw_path=b"/%E4%B8%AD/x%2Fy", query_string="q=退款".encode())
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/中/x/y"
    assert environ["QUERY_STRING"].encode("latin-1").decode() == "q=退款"


def test_headers_become_the_environment() -> None:
    headers = [
        (b"host", b"shouwen.example"),
        (b"content-type", b"text/csv"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"accept", b"text/html"),
        (b"accept", b"text/plain"),
    ]
    environ = seen(headers=headers)
    assert environ["HTTP_HOST"] == "shouwen.example"
    assert environ["CONTENT_TYPE"] == "text/csv"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_ACCEPT"] == "text/html,text/plain"
    assert environ["REMOTE_ADDR"] == "10.0.0.9"


def test_a_header_with_an_underscore_can_not_stand_for_one_with_a_dash() -> None:
    environ = seen(headers=[(b"x-forwarded-proto", b"http"), (b"x_forwarded_proto", b"https")])
    assert environ["HTTP_X_FORWARDED_PROTO"] == "http"


def test_who_hangs_up_while_sending_takes_no_thread() -> None:
    ran = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(_message: Any) -> None:
        raise AssertionError("nobody is there to be told")

    asyncio.run(Bridge(lambda *_: ran.append(1), 1)({"type": "http"}, receive, send))
    assert not ran


def test_an_error_of_the_application_reaches_the_server() -> None:
    def app(_environ: dict[str, Any], _start: Any) -> list[bytes]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(app)


def test_an_answer_is_closed_also_when_it_fails() -> None:
    class Broken(io.BytesIO):
        def __next__(self) -> bytes:
            raise ZeroDivisionError

    broken = Broken()
    with pytest.raises(ZeroDivisionError):
        ask(lambda _environ, start: start("200 OK", []) and broken)
    assert broken.closed


def test_no_more_threads_work_than_were_allowed() -> None:
    now_in, most, lock = [0], [0], threading.Lock()
    gate = threading.Barrier(3)

    def app(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
        with lock:
            now_in[0] += 1
            most[0] = max(most[0], now_in[0])
        gate.wait(10)
        with lock:
            now_in[0] -= 1
        start_response("200 OK", [])
        return []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(_message: Any) -> None:
        return None

    scope = {
        "type": "http",
        "method": "GET",
        "raw_path": b"/",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [],
    }
    server = Bridge(app, 3)

    async def many() -> None:
        await asyncio.gather(*(server(dict(scope), receive, send) for _ in range(9)))

    asyncio.run(many())
    assert most[0] == 3
