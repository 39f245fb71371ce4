"""The wire of processes that share a SQLite file: what one says the others hear, once, also when one was killed."""

import queue
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shouwen.platform.live.wires.local import LocalWire, fits
from tests.servers.ports import wait_until

pytestmark = pytest.mark.once


class Process:
    """One end, as a process has it."""

    def __init__(self, folder: Path) -> None:
        self.heard: queue.Queue[Any] = queue.Queue()
        self.wire = LocalWire(self.heard.put, folder)
        self.wire.start()
        wait_until(lambda: self.wire.connected, seconds=60, what="the wire")
        assert self.heard.get(timeout=10) is None  # before it stood, something may have been committed


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="wire-"))  # pytest's own folders are too deep for a socket's address
    yield made / "live"
    shutil.rmtree(made)


@pytest.fixture
def ends(folder: Path) -> Iterator[list[Process]]:
    made = [Process(folder) for _n in range(3)]
    yield made
    for one in made:
        one.wire.stop()


def test_what_one_says_every_other_hears_once_whatever_its_length(ends: list[Process]) -> None:
    typing = {"kind": "typing", "topics": ["case:1"], "data": {"by": "挖掘机" * 5000}}
    ends[0].wire.send(typing)
    assert [one.heard.get(timeout=10) for one in ends[1:]] == [typing, typing]
    assert all(one.heard.empty() for one in ends)


def test_a_killed_processs_place_is_cleared_and_keeps_nobody_up(ends: list[Process], folder: Path) -> None:
    left = folder / "gone-1.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as gone:
        gone.bind(str(left))
    ends[0].wire.send({"n": 1})
    assert ends[1].heard.get(timeout=10) == {"n": 1}
    assert not left.exists()


def test_who_stops_leaves_nothing_behind(folder: Path) -> None:
    one = Process(folder)
    one.wire.stop()
    assert list(folder.iterdir()) == []


def test_a_folder_too_deep_for_sockets_has_no_wire(folder: Path) -> None:
    assert fits(folder)
    assert not fits(folder / ("x" * 90))
