"""Reads on what goes out."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from shouwen.channels import rules
from shouwen.channels.models import Attempt, Message

LOST_AFTER = timedelta(minutes=10)
SHOWN = (rules.QUEUED, rules.SENDING, rules.HELD, rules.FAILED, rules.MAYBE_SENT)


def outgoing(delivery: str = "") -> QuerySet[Message]:
    """What is on its way or did not arrive, newest first; one state of it, or all."""
    wanted = [delivery] if delivery in rules.DELIVERIES and delivery else list(SHOWN)
    return (
        Message.objects.filter(delivery__in=wanted, direction="outbound")
        .prefetch_related("attempts")
        .order_by("-id")
    )


def waiting_for_a_person(most: int = 99) -> int:
    """How many messages failed, were possibly sent or are held back, up to `most`."""
    return Message.objects.filter(delivery__in=rules.NEEDS_A_PERSON)[:most].count()


def open_attempts() -> list[Attempt]:
    """Attempts of messages that are being sent and have not ended."""
    return list(Attempt.objects.filter(message__delivery=rules.SENDING, ended_at=None).order_by("id")[:500])


def overdue_in_queue(at: datetime) -> list[Message]:
    """Queued messages that nobody picked up although they were due."""
    return list(
        Message.objects.filter(delivery=rules.QUEUED, deliver_at__lt=at - LOST_AFTER).order_by("id")[:500]
    )
