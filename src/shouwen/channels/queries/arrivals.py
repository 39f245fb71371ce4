"""Reads on raw mail that came in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.channels import rules
from shouwen.channels.models import Conversation, InboundRecord, Message
from shouwen.kernel.errors import NotFound

Subject = tuple[str, int]


@dataclass(frozen=True)
class Sighting:
    """Which line of the register knows a mail: by the same bytes, or else by its Message-ID."""

    record_id: int | None = None
    same_bytes: bool = False


@dataclass(frozen=True)
class Thread:
    """What a mail answers."""

    subject: Subject
    customer_id: int


def sighting(fingerprint: str, message_id: str) -> Sighting:
    """One question for both ways a mail can be known."""
    found = InboundRecord.objects.filter(Q(fingerprint=fingerprint) | Q(mail_id=message_id))
    rows = list(found.order_by("id").values_list("pk", "fingerprint")[:50])
    for pk, known in rows:
        if known == fingerprint:
            return Sighting(pk, same_bytes=True)
    return Sighting(rows[0][0]) if rows else Sighting()


def recent_from(address: str, window: tuple[datetime, datetime]) -> int:
    """How many mails of an address arrived in the window, counted up to the limit."""
    if not address:
        return 0
    found = InboundRecord.objects.filter(
        from_address=address, arrived_at__gt=window[0], arrived_at__lt=window[1]
    )
    return len(found.values_list("pk", flat=True)[: rules.LOOP_LIMIT])


def thread_of(external_ids: Iterable[str]) -> Thread | None:
    """What the nearest of these Message-IDs belongs to; the nearest stands last."""
    wanted = [i for i in dict.fromkeys(external_ids) if i]
    if not wanted:
        return None
    rows = Message.objects.filter(channel="email", external_id__in=wanted).select_related("conversation")
    place = {external_id: index for index, external_id in enumerate(wanted)}
    best = max(rows, key=lambda row: place[row.external_id], default=None)
    if best is None or best.conversation is None:
        return None
    return Thread(best.subject, best.conversation.customer_id)


def message_by_external_id(external_ids: Iterable[str]) -> Message | None:
    """The message of ours that a delivery report speaks of."""
    wanted = [i for i in external_ids if i]
    if not wanted:
        return None
    rows = Message.objects.filter(channel="email", external_id__in=wanted, direction="outbound")
    return rows.order_by("-id").first()


def has_external_id(external_id: str) -> bool:
    return Message.objects.filter(channel="email", external_id=external_id).exists()


def customer_of(subject: Subject) -> int | None:
    """The customer of the newest conversation about a subject."""
    found = Conversation.objects.filter(subject_kind=subject[0], subject_id=subject[1])
    return found.order_by("-id").values_list("customer_id", flat=True).first()


def registered(result: str = "") -> QuerySet[InboundRecord]:
    """The register, newest first: one result, or all that did not simply go through."""
    wanted = (
        [result]
        if result in rules.RESULTS
        else [rules.REFUSED, rules.BOUNCE, rules.AUTO_REPLY, rules.DUPLICATE]
    )
    return (
        InboundRecord.objects.filter(result__in=wanted).select_related("message", "account").order_by("-id")
    )


def record(record_id: int) -> InboundRecord:
    try:
        return InboundRecord.objects.select_related("message", "account").get(pk=record_id)
    except InboundRecord.DoesNotExist:
        raise NotFound(_("There is no such mail in the register.")) from None
