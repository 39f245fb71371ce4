"""The one door to the clock. Views, tasks and jobs ask here and pass the answer on as `at=`."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
