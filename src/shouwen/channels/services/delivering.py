"""One attempt to deliver, in three short transactions around the conversation with the other server.

    begin_attempt    the message is `sending`, the attempt is on record
    note_data_stage  from here on the other side may have the mail
    settle_attempt   how it ended

A crash leaves an open attempt; `sweep` finds it and never lets a mail go out twice in silence.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.channels import queries, rules, wording
from shouwen.channels.events import DeliveryFailed, DeliveryMaybe, MessageSent
from shouwen.channels.models import Account, Attempt, Message
from shouwen.channels.services.outgoing import queue
from shouwen.kernel.events import Fact
from shouwen.platform import db
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.ledger import bus


@dataclass(frozen=True)
class Ticket:
    """Leave to deliver one message once."""

    message: Message
    account: Account
    attempt_id: int


@transaction.atomic
def begin_attempt(
    *,
    message_id: int,
    worker: str,
    new_id: Callable[[Message, Account], str],
    at: datetime,
    by: Actor = SYSTEM,
) -> Ticket | None:
    """Claim a message for delivery; None when it is not due, taken by another worker, or has no way out.

    `new_id(message, account)` makes its name towards the other side, stored before the first attempt and the same for all.
    """
    message = queries.locked(message_id)
    if not rules.may_begin(message.delivery, message.undo_until, at):
        return None
    account = queries.account_for_delivery(message)
    if account is None:
        message.delivery, message.delivery_note, message.deliver_at = rules.HELD, "no_account", None
        db.update(message, "delivery", "delivery_note", "deliver_at")
        return None
    message.delivery, message.deliver_at = rules.SENDING, None
    message.external_id = message.external_id or new_id(message, account)
    message.save(update_fields=["delivery", "deliver_at", "external_id"])
    number = message.attempts.count() + 1
    attempt = Attempt.objects.create(message=message, number=number, worker=worker[:120], started_at=at)
    return Ticket(message=message, account=account, attempt_id=attempt.pk)


def note_data_stage(*, attempt_id: int) -> None:
    """Committed before the first byte of the mail is handed over."""
    Attempt.objects.filter(pk=attempt_id).update(stage=rules.DATA)


@transaction.atomic
def settle_attempt(
    *, attempt_id: int, outcome: str, note: str, at: datetime, reference: str = "", by: Actor = SYSTEM
) -> Message:
    """Write down how an attempt ended and what follows. A later certainty replaces an earlier "possibly".

    `reference` is what the other side calls the message from now on: its reports speak of it so.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    message = queries.locked(attempt.message_id)
    was_possible = attempt.outcome == rules.UNKNOWN and message.delivery == rules.MAYBE_SENT
    if attempt.ended_at is not None and not was_possible:
        return message
    attempt.stage, attempt.ended_at = rules.DONE, at
    attempt.outcome, attempt.note = outcome, note[: wording.MOST_NOTE]
    attempt.save(update_fields=["stage", "ended_at", "outcome", "note"])
    if message.delivery not in (rules.SENDING, rules.MAYBE_SENT):
        return message
    if reference:
        message.external_id = reference[:500]
    tries = attempt.number - int(message.meta.get("tries_before", 0))
    settled = rules.after_attempt(outcome, attempts=max(1, tries), at=at)
    message.delivery, message.deliver_at = settled.delivery, settled.again_at
    message.delivery_note = "" if settled.delivery == rules.SENT else attempt.note
    if settled.delivery == rules.FAILED and outcome == rules.TEMPORARY:
        message.delivery_note = f"gave_up: {attempt.note}"[: wording.MOST_NOTE]
    if settled.delivery == rules.SENT:
        message.delivered_at = at
    message.save(update_fields=["delivery", "deliver_at", "delivery_note", "delivered_at", "external_id"])
    if settled.again_at is not None:
        queue(message, settled.again_at)
    announce_delivery(message, at=at, by=by)
    return message


def sweep(*, is_dead: Callable[[str], bool], at: datetime, by: Actor = SYSTEM) -> int:
    """Settle attempts whose worker died and queue again what lost its job. Returns how many were touched.

    Each is a transaction of its own, so that a look which finds nothing takes no lock.
    """
    touched = 0
    for attempt in queries.open_attempts():
        if is_dead(attempt.worker) or rules.is_stale(attempt.started_at, at):
            late = attempt.stage == rules.DATA
            settle_attempt(
                attempt_id=attempt.pk,
                outcome=rules.after_crash(attempt.stage),
                note="crashed_late" if late else "crashed_early",
                at=at,
                by=by,
            )
            touched += 1
    for message in queries.overdue_in_queue(at):
        queue(message, message.deliver_at or at)
        touched += 1
    return touched


def announce_delivery(message: Message, *, at: datetime, by: Actor) -> None:
    """Tell what became of an outbound message, once it is settled."""
    customer_id = message.conversation.customer_id if message.conversation else 0
    common: dict[str, Any] = {
        "message_id": message.pk,
        "subject_kind": message.subject_kind,
        "subject_id": message.subject_id,
        "customer_id": customer_id,
        "channel": message.channel,
    }
    told: Fact | None = None
    if message.delivery == rules.SENT:
        told = MessageSent(**common)
    elif message.delivery == rules.FAILED:
        told = DeliveryFailed(**common, address=message.address, reason=str(message.delivery_sentence))
    elif message.delivery == rules.MAYBE_SENT:
        told = DeliveryMaybe(**common, reason=str(message.delivery_sentence))
    if told is not None:
        bus.announce(
            told, subjects=[message.subject, ("customer", customer_id)], by=by, at=at, topics=["outgoing"]
        )
