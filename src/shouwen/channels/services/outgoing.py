"""Putting messages into the outgoing queue, and what people do with those that wait or failed."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.channels import lines, measuring, policies, queries, registry, rules
from shouwen.channels.answering import Where
from shouwen.channels.models import Direction, Message
from shouwen.channels.services.conversations import Attached, Subject, attach, author_kind, conversation_for
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform import db
from shouwen.platform.access import Actor, ensure
from shouwen.platform.jobs import enqueue

DELIVER = "channels.deliver"


def send(
    *,
    subject: Subject,
    customer_id: int,
    to: str,
    text: str,
    at: datetime,
    by: Actor,
    channel: str = "email",
    title: str = "",
    html: str = "",
    attachments: Iterable[int | Attached] = (),
    conversation_id: int | None = None,
    account_id: int | None = None,
    kind: str = "reply",
    automatic: bool = False,
    undo_seconds: int = 0,
    meta: Mapping[str, Any] | None = None,
) -> Message:
    """Write to a customer. What the channel carries is queued in the same transaction and delivered by a job.

    For `undo_seconds` (0 to 120) nothing is delivered and `cancel_send` takes it back. `automatic` mails say
    so in their headers, so that no other machine answers. Without an address, or later without a mailbox, it
    is held back and shown.
    """
    to = registry.canonical(channel, to)
    _check(text, html, undo_seconds)
    _check_room(Where(channel, to, conversation_id), text, at)
    undo_until = at + timedelta(seconds=undo_seconds) if undo_seconds else None
    message = Message(
        subject_kind=subject[0],
        subject_id=subject[1],
        conversation_id=conversation_id,
        direction=Direction.OUTBOUND,
        channel=channel,
        author_kind=author_kind(by),
        author_id=by.user_id,
        author_name=by.name[:200],
        address=to[:320],
        title=title[:300],
        text=rules.cut(text)[0],
        html=html,
        at=at,
        undo_until=undo_until,
        kind=kind,
        automatic=automatic,
        meta=dict(meta or {}),
        **_delivery(channel, to, undo_until or at),
    )
    _write(message, customer_id, account_id, attachments)
    return message


@transaction.atomic(savepoint=False)
def _write(
    message: Message, customer_id: int, account_id: int | None, attachments: Iterable[int | Attached]
) -> None:
    """The rows of a new outbound message and the job that delivers it."""
    if message.conversation_id is None:
        message.conversation = conversation_for(
            subject=message.subject,
            channel=message.channel,
            account_id=account_id,
            customer_id=customer_id,
            at=message.at,
            key=_key(message),
        )
    db.insert(message)
    attach(message, attachments)
    lines.written(message)
    if message.delivery == rules.QUEUED:
        queue(message, message.deliver_at or message.at)


def _key(message: Message) -> str:
    """What the customer's answer will be found by, where it carries no sign of what it answers."""
    told_apart = message.channel == "email" or not registry.carries(message.channel, message.address)
    return "" if told_apart else message.address


def _check(text: str, html: str, undo_seconds: int) -> None:
    if not text.strip() and not html:
        raise Invalid(_("Write something first."), field="text")
    if not 0 <= undo_seconds <= rules.MOST_UNDO:
        raise Invalid(_("Undo is possible for 0 to 120 seconds."), field="undo_seconds")


def _check_room(where: Where, text: str, at: datetime) -> None:
    """Said now, while the text can still be shortened or sent another way, and not by a failed delivery."""
    if where.channel == "email" or not where.address:
        return
    room = queries.room_for(where, at)
    measuring.must_be_open(room)
    measuring.must_fit(text, room.limit)


def _delivery(channel: str, to: str, due: datetime) -> dict[str, Any]:
    """Where a new message stands: nothing to deliver, queued for `due`, or held for want of an address."""
    if not registry.carries(channel, to):
        return {"delivery": rules.NONE}
    if not to:
        return {"delivery": rules.HELD, "delivery_note": "no_address"}
    return {"delivery": rules.QUEUED, "deliver_at": due}


def queue(message: Message, at: datetime) -> None:
    """One job for each moment a message is due; a second one for the same moment is not queued."""
    enqueue(
        DELIVER, {"message_id": message.pk}, at=at, key=f"{DELIVER}:{message.pk}:{int(at.timestamp() * 1000)}"
    )


@transaction.atomic
def cancel_send(*, message_id: int, at: datetime, by: Actor) -> Message:
    """Take a message back before it goes out. Its text stays, so that it can be written on."""
    message = queries.locked(message_id)
    ensure(policies.may_cancel_send, by, message)
    if not rules.may_cancel(message.delivery, message.undo_until, at):
        raise Refused(_("It is too late: the message is on its way."))
    message.delivery, message.delivery_note, message.deliver_at = rules.NONE, "undone", None
    message.meta = {**message.meta, "undone": True}
    message.save(update_fields=["delivery", "delivery_note", "deliver_at", "meta"])
    return message


@transaction.atomic
def retry(*, message_id: int, at: datetime, by: Actor, to: str | None = None) -> Message:
    """Send again what failed, was held back or was possibly sent; `to` mends the address."""
    message = queries.locked(message_id)
    ensure(policies.may_tend_outgoing, by)
    if not rules.may_retry(message.delivery):
        raise Refused(_("Only a message that was not delivered can be sent again."))
    if to is not None:
        message.address = to.strip()[:320]
    if not message.address:
        raise Invalid(_("There is no address to send to."), field="to")
    _queue_again(message, at, by)
    return message


@transaction.atomic
def retry_held(*, at: datetime, by: Actor, limit: int = 500) -> int:
    """Queue what waited for a mailbox. A person asks for it: old answers must not go out by surprise."""
    ensure(policies.may_tend_outgoing, by)
    held = list(Message.objects.select_for_update().filter(delivery=rules.HELD).order_by("id")[:limit])
    ready = [m for m in held if m.address]
    for message in ready:
        _queue_again(message, at, by)
    return len(ready)


@transaction.atomic
def mark_sent(*, message_id: int, at: datetime, by: Actor) -> Message:
    """Settle a possibly sent message after asking the customer: it did arrive."""
    message = queries.locked(message_id)
    ensure(policies.may_tend_outgoing, by)
    if message.delivery != rules.MAYBE_SENT:
        raise Refused(_("Only a possibly sent message can be marked as sent."))
    message.delivery, message.delivered_at = rules.SENT, at
    message.delivery_note = f"marked_sent: {by.name}"[:500]
    message.save(update_fields=["delivery", "delivered_at", "delivery_note"])
    return message


def _queue_again(message: Message, at: datetime, by: Actor) -> None:
    message.delivery, message.delivery_note = rules.QUEUED, f"again_by: {by.name}"[:500]
    message.deliver_at, message.undo_until = at, None
    message.meta = {**message.meta, "tries_before": message.attempts.count()}
    message.save(update_fields=["address", "delivery", "delivery_note", "deliver_at", "undo_until", "meta"])
    queue(message, at)
