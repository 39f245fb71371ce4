"""Mails on their way in: the register, the message, and delivery reports about ours."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from shouwen.channels import intake, queries, rules, wording
from shouwen.channels.intake import Inbound
from shouwen.channels.models import InboundRecord, Message
from shouwen.channels.services.conversations import Attached, receive
from shouwen.channels.services.delivering import announce_delivery
from shouwen.platform.access import SYSTEM, Actor


@dataclass(frozen=True)
class Envelope:
    """What the register keeps of one raw mail, whatever becomes of it."""

    source: str
    message_id: str
    fingerprint: str
    from_address: str
    title: str
    arrived_at: datetime
    account_id: int | None = None


class Filed(NamedTuple):
    """A mail that found its place: its line in the register and what it belongs to."""

    record: InboundRecord
    subject: intake.Subject


@transaction.atomic(savepoint=False)
def register_mail(
    *,
    envelope: Envelope,
    raw_file: int,
    result: str,
    reason: str,
    at: datetime,
    by: Actor,
    message: Message | None = None,
) -> InboundRecord:
    """Write a mail into the register with what became of it."""
    record, _created = InboundRecord.objects.update_or_create(
        fingerprint=envelope.fingerprint,
        defaults=_row(
            envelope, result, reason, raw_file=raw_file, message_id=message.pk if message else None, at=at
        ),
    )
    return record


@transaction.atomic(savepoint=False)
def take_in_mail(
    *,
    envelope: Envelope,
    inbound: Inbound,
    attached: tuple[Attached, ...],
    in_reply_to: str,
    at: datetime,
    by: Actor,
    reason: str = "",
    again: InboundRecord | None = None,
) -> Filed:
    """Offer a mail upstairs, write its message and its line in the register. All or nothing.

    `again` is the line of a mail that had been refused and is now opened by hand.
    """
    taken = intake.offer(inbound)
    message_id = taken.message_id
    if message_id is None:
        new = taken.result == rules.OPENED
        message_id = _message(inbound, taken.subject, attached, in_reply_to, at=at, new=new).pk
    values = _row(envelope, taken.result, reason, raw_file=inbound.raw_file_id, message_id=message_id, at=at)
    if again is None:
        record = InboundRecord.objects.create(fingerprint=envelope.fingerprint, **values)
        return Filed(record, taken.subject)
    InboundRecord.objects.filter(pk=again.pk).update(
        result=taken.result, reason=reason, message_id=message_id
    )
    return Filed(queries.record(again.pk), taken.subject)


@transaction.atomic(savepoint=False)
def append_machine_mail(
    *,
    envelope: Envelope,
    inbound: Inbound,
    attached: tuple[Attached, ...],
    in_reply_to: str,
    reason: str,
    at: datetime,
    by: Actor,
    again: InboundRecord | None = None,
) -> Filed:
    """Keep an automatic reply folded where it belongs: it opens, reopens and answers nothing."""
    assert inbound.subject is not None
    assert again is None, "what a person opens by hand is offered upstairs"
    folded = replace(inbound, meta={**inbound.meta, "folded": True})
    message = _message(folded, inbound.subject, attached, in_reply_to, at=at, new=False)
    values = _row(
        envelope, rules.AUTO_REPLY, reason, raw_file=inbound.raw_file_id, message_id=message.pk, at=at
    )
    return Filed(InboundRecord.objects.create(fingerprint=envelope.fingerprint, **values), inbound.subject)


@transaction.atomic
def note_bounce(
    *, message_id: int, address: str, diagnostic: str, permanent: bool, at: datetime, by: Actor = SYSTEM
) -> Message:
    """A mail of ours came back. For good: it was not delivered. For now: only noted, their server goes on."""
    message = queries.locked(message_id)
    detail = " ".join(part for part in (address, diagnostic) if part)
    if permanent and message.delivery in (rules.SENT, rules.MAYBE_SENT, rules.SENDING, rules.QUEUED):
        message.delivery, message.delivery_note = rules.FAILED, f"bounced: {detail}"[: wording.MOST_NOTE]
        message.deliver_at = None
        message.save(update_fields=["delivery", "delivery_note", "deliver_at"])
        announce_delivery(message, at=at, by=by)
    elif not permanent:
        message.meta = {**message.meta, "delayed": detail[:300]}
        message.save(update_fields=["meta"])
    return message


def _message(
    inbound: Inbound,
    subject: intake.Subject,
    attached: tuple[Attached, ...],
    in_reply_to: str,
    *,
    at: datetime,
    new: bool,
) -> Message:
    return receive(
        channel=inbound.channel,
        account_id=inbound.account_id,
        customer_id=inbound.customer_id,
        subject=subject,
        text=inbound.text,
        html=inbound.html,
        quoted=inbound.quoted,
        title=inbound.title,
        author_name=inbound.from_name or inbound.from_address,
        address=inbound.answer_to or inbound.from_address,
        external_id=inbound.external_id,
        in_reply_to=in_reply_to,
        attachments=attached,
        raw_file=inbound.raw_file_id,
        automatic=inbound.auto in rules.MACHINES,
        new_subject=new,
        meta=inbound.meta,
        at=at,
    )


def _row(
    envelope: Envelope,
    result: str,
    reason: str,
    *,
    raw_file: int | None,
    message_id: int | None,
    at: datetime,
) -> dict[str, Any]:
    return {
        "source": envelope.source[:500],
        "account_id": envelope.account_id,
        "mail_id": envelope.message_id[:500],
        "from_address": envelope.from_address[:320],
        "title": envelope.title[:300],
        "raw_file_id": raw_file,
        "result": result,
        "reason": reason[: wording.MOST_NOTE],
        "message_id": message_id,
        "arrived_at": envelope.arrived_at,
        "at": at,
    }
