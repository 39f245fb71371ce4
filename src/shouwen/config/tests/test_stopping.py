"""The server ends when it is asked to: soon, with code 0, whatever hangs on it."""

import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.core import signing

from shouwen.platform.live.tokens import SALT

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SOON_SECONDS = 6.0


def open_stream(server: Any) -> socket.socket:
    """A live stream to `server`, open and greeted."""
    key = (server.folder / "secret.key").read_text().strip()
    token = signing.dumps({"u": None, "t": ["inbox"]}, key=key, salt=SALT)
    held = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    held.sendall(f"GET /live/stream?token={token} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    heard = b""
    while b"hello" not in heard:
        heard += held.recv(4096)
    assert heard.startswith(b"HTTP/1.1 200")
    return held


def seconds_to_stop(server: Any, number: int = signal.SIGINT) -> float:
    process = server.process
    began = time.monotonic()
    process.send_signal(number)
    try:
        assert process.wait(30) == 0, server.log()[-2000:]
    except subprocess.TimeoutExpired:
        raise AssertionError(f"still there after 30 s; it said:\n{server.log()[-2000:]}") from None
    return time.monotonic() - began


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_soon_with_streams_open(fresh_shouwen: Any, number: int) -> None:
    streams = [open_stream(fresh_shouwen) for _ in range(3)]
    assert seconds_to_stop(fresh_shouwen, number) < SOON_SECONDS
    assert "Stopped." in fresh_shouwen.log()
    for stream in streams:
        stream.close()


def test_it_stops_soon_under_load(fresh_shouwen: Any) -> None:
    over = threading.Event()
    answers = []

    def ask() -> None:
        while not over.is_set():
            try:
                answers.append(urlopen(fresh_shouwen.url + "/request/", timeout=10).read())
            except (URLError, OSError):
                time.sleep(0.01)

    stream = open_stream(fresh_shouwen)
    # a reader that takes nothing of a long answer, and a sender that never ends its request
    lazy = socket.create_connection(("127.0.0.1", fresh_shouwen.port))
    lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    lazy.sendall(b"GET /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 50)
    endless = socket.create_connection(("127.0.0.1", fresh_shouwen.port))
    endless.sendall(b"POST /request/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nhalf")
    askers = [threading.Thread(target=ask) for _ in range(8)]
    for asker in askers:
        asker.start()
    while len(answers) < 20:
        time.sleep(0.05)
    try:
        assert seconds_to_stop(fresh_shouwen) < SOON_SECONDS
    finally:
        over.set()
        for asker in askers:
            asker.join()
        for held in (stream, lazy, endless):
            held.close()


def test_a_library_that_waits_for_its_threads_does_not_keep_the_process() -> None:
    """What a thread pool does at the end of the interpreter, when one of its threads is stuck."""
    code = (
        "import sys, threading\nfrom shouwen.config.commands import stopping\nstopping.LAST_SECONDS = 0.5\n"
        "threading.Thread(target=threading.Event().wait).start()\nsys.exit(stopping.leave())"
    )
    began = time.monotonic()
    program = f"import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\nimport django; django.setup()\n{code}"
    assert subprocess.run([sys.executable, "-c", program], timeout=60, check=False).returncode == 0
    assert time.monotonic() - began < 30
