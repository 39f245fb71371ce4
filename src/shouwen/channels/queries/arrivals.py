"""Reads on raw mail that came in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.channels import rules
from shouwen.channels.models import Conversation, InboundRecord, Message
from shouwen.kernel.errors import NotFound

Subject = tuple[str, int]


@dataclass(frozen=True)
class Sighting:
    """What the register knows of a mail.

    record_id   the line that has the same bytes, or else the first with its Message-ID
    recent      how many mails of its sender arrived in the loop window
    """

    record_id: int | None = None
    same_bytes: bool = False
    recent: int = 0


@dataclass(frozen=True)
class Thread:
    """What a mail answers."""

    subject: Subject
    customer_id: int


def sighting(
    *, fingerprint: str, message_id: str, address: str, window: tuple[datetime, datetime]
) -> Sighting:
    """Known already, and how often lately? One question for both: it is asked for every mail."""
    table = InboundRecord._meta.db_table
    low, high = (connection.ops.adapt_datetimefield_value(moment) for moment in window)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, fingerprint FROM {table} WHERE fingerprint = %s OR mail_id = %s "  # noqa: S608
            f"UNION ALL SELECT count(*), '' FROM {table} "
            "WHERE from_address = %s AND from_address <> '' AND arrived_at > %s AND arrived_at < %s",
            [fingerprint, message_id, address, low, high],
        )
        rows: list[tuple[int, str]] = cursor.fetchall()
    recent = next(number for number, mark in rows if mark == "")
    known = {pk: mark for pk, mark in rows if mark}
    same = next((pk for pk, mark in known.items() if mark == fingerprint), None)
    return Sighting(same or min(known, default=None), same_bytes=same is not None, recent=recent)


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
