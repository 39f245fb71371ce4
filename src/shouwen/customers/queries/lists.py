"""The customer list."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from shouwen.customers.models import HERE, CautionFlag, ContactPoint, Customer
from shouwen.customers.queries.finding import found_ids
from shouwen.customers.queries.one import visible_to
from shouwen.platform.access import Actor

ORDER = ("-last_contact_at", "-id")
MOST_FOUND = 500  # a search that hits more is narrowed, not paged through


def listed(actor: Actor, *, at: datetime, q: str = "", tier: str = "", kind: str = "") -> QuerySet[Customer]:
    """Customers that are here, latest contact first, with what a row shows. Never counted."""
    found = visible_to(actor).filter(HERE)
    if tier:
        found = found.filter(tier=tier)
    if kind:
        found = found.filter(kind=kind)
    if q.strip():
        found = found.filter(pk__in=found_ids(q, limit=MOST_FOUND))
    flags = CautionFlag.objects.filter(ended_at__isnull=True, expires_at__gt=at)
    return (
        found.select_related("organisation")
        .prefetch_related(
            Prefetch("contacts", ContactPoint.objects.order_by("-primary", "id")),
            Prefetch("flags", flags, to_attr="active_flags"),
        )
        .order_by(*ORDER)
    )
