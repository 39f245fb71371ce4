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


def many(app: App, count: int, threads: int = 8) -> list[int]:
    """So many at once; the order in which their answers came."""
    ended: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(_message: Any) -> None:
        return None

    async def one(server: Bridge, n: int) -> None:
        scope = {
            "type": "http",
            "method": "GET",
            "raw_path": b"/%d" % n,
            "query_string": b"",
            "http_version": "1.1",
            "headers": [],
        }
        await server(scope, receive, send)
        ended.append(n)

    async def all_of_them() -> None:
        server = Bridge(app, threads)
        await asyncio.gather(*(one(server, n) for n in range(count)))

    asyncio.run(all_of_them())
    return ended


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

    many(app, 9, threads=3)
    assert most[0] == 3


def test_few_compute_at_a_time_in_the_order_they_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "QUICK_SECONDS", 30.0)
    now_in, most, began, lock = [0], [0], list[str](), threading.Lock()
    gate = threading.Barrier(bridge.AT_ONCE)

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        with lock:
            began.append(environ["PATH_INFO"])
            now_in[0] += 1
            most[0] = max(most[0], now_in[0])
        gate.wait(10)
        with lock:
            now_in[0] -= 1
        start_response("200 OK", [])
        return []

    many(app, 4 * bridge.AT_ONCE)
    assert most[0] == bridge.AT_ONCE
    by_turn = [set(began[n : n + bridge.AT_ONCE]) for n in range(0, len(began), bridge.AT_ONCE)]
    assert by_turn == [
        {f"/{n}" for n in range(first, first + bridge.AT_ONCE)}
        for first in range(0, len(began), bridge.AT_ONCE)
    ]


def test_who_is_slow_keeps_nobody_waiting() -> None:
    quick_are_done = threading.Event()
    slow = bridge.AT_ONCE + 2

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if int(environ["PATH_INFO"][1:]) < slow:
            assert quick_are_done.wait(30)
        elif environ["PATH_INFO"] == f"/{slow + 9}":
            quick_are_done.set()
        start_response("200 OK", [])
        return []

    ended = many(app, slow + 10)
    assert sorted(ended[-slow:]) == list(range(slow))


def test_who_gives_up_while_waiting_for_a_turn_leaves_it_to_the_next() -> None:
    async def story() -> tuple[int, int]:
        turns = bridge.Turns()
        held = [await turns.take() for _n in range(bridge.AT_ONCE)]
        first, second, third = (asyncio.create_task(turns.take()) for _n in range(3))
        await asyncio.sleep(0)
        first.cancel()
        held[0].end()  # goes to the second, since the first has gone
        held[0].end()  # and is not given twice
        held[1].end()
        third.cancel()  # in the same moment as it gets its turn
        with pytest.raises(asyncio.CancelledError):
            await third
        (await second).end()
        held[2].end()
        return turns._counted, len(turns._waiting)

    assert asyncio.run(story()) == (0, 0)
