"""Which process an attempt belongs to, and whether that process is still there.

A name is `host|process number|start`. On its own host a dead process is known at once; for one on another
host, or where the system tells nothing, the attempt's lease decides.
"""

import os
import socket
from functools import lru_cache
from pathlib import Path

_START_FIELD = 19  # counted behind the name in brackets: field 22 of /proc/<pid>/stat, proc(5)


def _started(process: int) -> str:
    """When a process started, in the system's own ticks; "" when it is gone or nothing can be told."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[_START_FIELD]
    except (OSError, IndexError):
        return ""


@lru_cache(maxsize=2)
def _name_of(process: int) -> str:
    return f"{socket.gethostname()[:60]}|{process}|{_started(process)}"


def worker_name() -> str:
    """The name of this process."""
    return _name_of(os.getpid())


def is_dead(worker: str) -> bool:
    """Whether a worker is certainly gone."""
    host, _, rest = worker.partition("|")
    process, _, started = rest.partition("|")
    if host != socket.gethostname()[:60] or not process.isdecimal() or not started:
        return False
    return _started(int(process)) != started
