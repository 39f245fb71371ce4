"""What the service desk measures: visitors, how long they waited and were served, who did not come."""

from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouwen.channels.figures import Figure, link
from shouwen.channels.models.counter import Visit


def measure(since: datetime, until: datetime) -> list[Figure]:
    """One range of the index by when numbers were taken."""
    taken = Visit.objects.filter(taken_at__gte=since, taken_at__lt=until)
    found = taken.aggregate(
        visits=Count("id"),
        gone=Count("id", filter=Q(state="no_show")),
        wait=Avg(_between("taken_at", "called_at")),
        service=Avg(_between("served_at", "ended_at"), filter=Q(state="done")),
    )
    if not found["visits"]:
        return []
    here = reverse("channels:visits")
    return [
        Figure(_("Visitors"), str(found["visits"]), link(here, since, until)),
        Figure(_("Waited for (mean)"), _minutes(found["wait"]), link(here, since, until)),
        Figure(_("Served for (mean)"), _minutes(found["service"]), link(here, since, until, state="done")),
        Figure(_("Did not come"), str(found["gone"]), link(here, since, until, state="no_show")),
    ]


def _between(start: str, end: str) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(F(end) - F(start), output_field=DurationField())


def _minutes(length: object) -> str:
    seconds = int(getattr(length, "total_seconds", lambda: 0)())
    return f"{seconds // 60}:{seconds % 60:02}" if length is not None else "–"
