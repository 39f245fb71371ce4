"""The active incidents, which every page of a case and of the inbox asks for: few, kept for a few seconds."""

from typing import Any

from django.core.cache import cache
from django.db import transaction

from shouwen.incidents.models import Incident
from shouwen.incidents.policies import SEE
from shouwen.platform import db
from shouwen.platform.access import Actor

MOST = 20  # active incidents that a case is held against
FRESH_SECONDS = 5  # so late another process sees a change
KEY = "incidents.active"
ACTIVE = db.Read(lambda: Incident.objects.filter(active=True).order_by("-began_at", "-id")[:MOST])


def active(actor: Actor) -> list[Incident]:
    """The newest first."""
    if not actor.can(SEE):
        return []
    found: list[Incident] | None = cache.get(KEY)
    if found is None:
        found = ACTIVE.all()
        cache.set(KEY, found, FRESH_SECONDS)
    return found


def forget(**_signal: Any) -> None:
    """An incident was written: read it again, now and once it stands."""
    cache.delete(KEY)
    transaction.on_commit(lambda: cache.delete(KEY))
