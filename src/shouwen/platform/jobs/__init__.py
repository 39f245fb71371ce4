"""Jobs: work that happens after the answer. The row is written with the change, threads or workers claim it.

Doors: job, enqueue, every.
"""

from datetime import datetime
from typing import Any

from shouwen.platform.jobs.registry import every, job

__all__ = ["enqueue", "every", "job"]


def enqueue(name: str, args: dict[str, Any], *, at: datetime | None = None, key: str | None = None) -> int:
    """Queue job `name` in the running transaction; with `key` at most one such job waits."""
    # tables are there only after all apps are; this door is open before
    from shouwen.platform.jobs import services

    return services.enqueue(name, args, at=at, key=key)
