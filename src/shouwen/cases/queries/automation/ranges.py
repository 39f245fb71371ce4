"""Cases whose time has come: one range of one index for each moment a rule may count from."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from shouwen.cases.models import Awaiting, Case

# The column a moment is read from, and which cases it means anything for: each is a range of one index.
RANGES: Mapping[str, tuple[str, Q]] = {
    "opened": ("opened_at", Q(active=True)),
    "unowned": ("opened_at", Q(active=True)),  # owned ones are passed over: the range is the short way
    "waiting_us": ("awaiting_since", Q(active=True, awaiting=Awaiting.US)),
    "waiting_customer": ("awaiting_since", Q(active=True, awaiting=Awaiting.CUSTOMER)),
    "untouched": ("last_at", Q(active=True)),
    "due_before": ("due_at", Q(active=True)),
    "due_after": ("due_at", Q(active=True)),
    "resolved": ("resolved_at", Q(state="resolved")),
}


def due_between(moment: str, since: datetime, since_id: int, until: datetime) -> QuerySet[Case]:
    """Cases whose moment lies after (`since`, `since_id`) and not after `until`, in that order."""
    column, meant = RANGES[moment]
    after = Q(**{f"{column}__gt": since}) | Q(**{column: since, "id__gt": since_id})
    span = {f"{column}__gte": since, f"{column}__lte": until}
    return Case.objects.filter(meant, after, **span).order_by(column, "id")
