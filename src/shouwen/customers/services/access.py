"""Writing down who looked at a customer's data."""

from datetime import datetime, timedelta

from django.db import transaction

from shouwen.customers.models import AccessLog
from shouwen.platform.access import Actor

SAME_LOOK = timedelta(minutes=30)  # going back and forth between pages is one look


def log_access(*, customer_id: int, what: str, at: datetime, by: Actor) -> AccessLog:
    return AccessLog.objects.create(
        customer_id=customer_id, user_id=by.user_id, user_name=by.name[:80], at=at, what=what
    )


def log_opening(*, customer_id: int, at: datetime, by: Actor) -> None:
    """The 360 page was opened; once per person and half hour, so that reading seldom writes."""
    recent = AccessLog.objects.filter(
        customer_id=customer_id, user_id=by.user_id, what="open", at__gt=at - SAME_LOOK
    )
    if recent.exists():
        return
    with transaction.atomic():
        log_access(customer_id=customer_id, what="open", at=at, by=by)
