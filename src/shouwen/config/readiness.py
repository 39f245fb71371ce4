"""Whether this process can do its work now: what a load balancer or an orchestrator asks."""

from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, connection

from shouwen import __version__
from shouwen.platform.jobs import sending
from shouwen.platform.live import wires

log = structlog.get_logger(__name__)


def look() -> tuple[int, dict[str, Any]]:
    """The HTTP status and what it is about. Only the database is needed: a broker or a line that is away makes
    things later (jobs are looked for in their table, pages hear by asking), so it is told and not counted."""
    database = _answers()
    told = {
        "status": "ok" if database else "unavailable",
        "version": __version__,
        "database": "ok" if database else "away",
        "jobs": "database" if (broker := sending.broker()) is None else "broker",
    }
    if broker is not None:
        told["broker"] = "ok" if broker.reachable else "away"
    if settings.REDIS_URL or connection.vendor == "postgresql":
        told["live"] = "ok" if wires.connected() else "away"
    return (200 if database else 503), told


def _answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        log.warning("the database is away", error=str(error)[:300])
        return False
    return True
