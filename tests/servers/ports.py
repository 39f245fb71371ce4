"""Free ports and waiting for a server to answer."""

import socket
import time
from collections.abc import Callable


def free_port() -> int:
    """A port that nobody listens on now. Another process may still take it first; callers start at once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def wait_until(true: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Ask twenty times a second; TimeoutError with `what` when it has not become true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come within {seconds:g} seconds")
        time.sleep(0.05)
