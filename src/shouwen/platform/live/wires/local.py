"""Between the processes of one machine that share a SQLite file and no Redis: datagrams over sockets in a folder.

Each process has one socket there and sends to all others. Commits are not told: SQLite's own file shows them, also
those of programs that have no wire. What finds no room or nobody is gone, as all that is kept nowhere may be.
"""

import contextlib
import socket
import threading
from pathlib import Path

from shouwen.platform.live.wires.base import Hear, Wire

PATIENCE_SECONDS = 0.1  # with one that does not read as fast as is spoken
LOOK_SECONDS = 1.0  # at whether it is time to stop
MOST_BYTES = 65_536
LONGEST_PATH = 100  # of the address of a socket; systems take 104 to 108


def fits(folder: Path) -> bool:
    """Whether this system has such sockets, and takes addresses as long as those in this folder."""
    return hasattr(socket, "AF_UNIX") and len(str(folder)) + 30 <= LONGEST_PATH


class LocalWire(Wire):
    tells_commits = False

    def __init__(self, hear: Hear, folder: Path) -> None:
        super().__init__(hear)
        self._folder = folder
        self._place = folder / f"{self._sender.name}.sock"
        self._speaking = threading.Lock()

    def _nudge(self) -> None:
        with self._speaking, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as mouth:
            mouth.settimeout(PATIENCE_SECONDS)
            pieces = [piece.encode() for piece in self._to_say()]
            for other in self._folder.glob("*.sock") if pieces else ():
                if other != self._place:
                    _say(mouth, pieces, other)
            self._said()

    def _serve(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            self._place.unlink()
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
            ear.bind(str(self._place))
            ear.settimeout(LOOK_SECONDS)
            self._begun()
            try:
                while not self._stopping.is_set():
                    with contextlib.suppress(TimeoutError):
                        self._arrived(ear.recv(MOST_BYTES).decode())
            finally:
                self._place.unlink(missing_ok=True)


def _say(mouth: socket.socket, pieces: list[bytes], other: Path) -> None:
    try:
        for piece in pieces:
            mouth.sendto(piece, str(other))
    except (ConnectionRefusedError, FileNotFoundError):  # its process was killed
        other.unlink(missing_ok=True)
    except OSError:  # the rest would find no room either
        return
