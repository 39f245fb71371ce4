"""`shouwen up` as its users meet it: started, asked, stopped, started again."""

import json
import re
import socket
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.servers.ports import answers, wait_until
from tests.servers.shouwen import Shouwen

pytestmark = pytest.mark.slow


def test_it_prints_its_address_answers_and_stops_cleanly(fresh_shouwen: Shouwen) -> None:
    assert fresh_shouwen.url in fresh_shouwen.log()
    assert json.loads(urlopen(fresh_shouwen.url + "/health/", timeout=5).read())
    assert fresh_shouwen.stop() == 0


def test_an_open_live_connection_does_not_keep_it_from_stopping(fresh_shouwen: Shouwen) -> None:
    held = socket.create_connection(("127.0.0.1", fresh_shouwen.port))
    held.sendall(b"GET /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    assert fresh_shouwen.stop() == 0
    held.close()


def test_a_taken_port_is_said_and_the_next_free_one_used(fresh_shouwen: Shouwen, tmp_path: Path) -> None:
    second = Shouwen(tmp_path / "second", demo=False)
    second.port = fresh_shouwen.port
    del second.environment["SHOUWEN_PUBLIC_URL"]
    said = re.compile(r"http://127\.0\.0\.1:(\d+)")
    second.start(ready=lambda: bool(said.search(second.log())))
    try:
        assert f"{fresh_shouwen.port} is taken" in second.log()
        found = said.findall(second.log())[-1]
        assert int(found) != fresh_shouwen.port
        wait_until(lambda: answers(int(found)), seconds=60, what="the second server")
        assert urlopen(f"http://127.0.0.1:{found}/health/", timeout=5).status == 200
    finally:
        second.stop()


def test_a_second_start_prepares_nothing_again_and_keeps_what_was_there(first_shouwen: Shouwen) -> None:
    first_shouwen.command(
        "user", "add", "li", "--name", "李", "--email", "li@example.test", "--password", "long-pass-1234"
    )
    first_shouwen.stop()
    before = first_shouwen.log()
    first_shouwen.start()
    said = first_shouwen.log().removeprefix(before)
    assert "Preparing the database" in before
    assert first_shouwen.url in said
    assert "Preparing" not in said, said
    wrong = first_shouwen.command(
        "user", "add", "lu", "--email", "no address", "--password", "long-pass-1234"
    )
    assert (wrong.returncode, wrong.stderr.startswith("email: ")) == (2, True), wrong.stderr
    nowhere = first_shouwen.command("import", "complaints", "no-such.csv")
    assert (nowhere.returncode, nowhere.stderr.startswith("FILE")) == (2, True), nowhere.stderr
    again = first_shouwen.command("user", "add", "li", "--name", "李", "--password", "long-pass-1234")
    assert again.returncode == 2


def test_a_killed_server_starts_again(fresh_shouwen: Shouwen) -> None:
    fresh_shouwen.kill()
    fresh_shouwen.start()
    assert fresh_shouwen.stop() == 0
