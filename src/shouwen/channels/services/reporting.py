"""What became of a message after the other side had taken it over, and files that are fetched afterwards."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from shouwen.channels import queries, rules, wording
from shouwen.channels.callbacks import Loose
from shouwen.channels.events import FileAdded
from shouwen.channels.models import Message, Reach
from shouwen.channels.services.conversations import attach
from shouwen.channels.services.delivering import announce_delivery
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.files.services import store
from shouwen.platform.ledger import bus


@transaction.atomic
def note_report(
    *, message_id: int, delivered: bool, detail: str, at: datetime, by: Actor = SYSTEM
) -> Message:
    """A delivery report: certain now, one way or the other."""
    message = queries.locked(message_id)
    before = message.delivery
    if delivered and before != rules.FAILED:
        message.delivery, message.delivery_note, message.delivered_at = rules.SENT, "", at
        message.meta = {**message.meta, "received_at": at.isoformat()}
    elif not delivered:
        message.delivery = rules.FAILED
        message.delivery_note = f"undelivered: {detail}"[: wording.MOST_NOTE] if detail else "undelivered"
    message.deliver_at = None
    message.save(update_fields=["delivery", "delivery_note", "delivered_at", "deliver_at", "meta"])
    if message.delivery != before:
        announce_delivery(message, at=at, by=by)
    return message


def note_sent(*, account_id: int, address: str) -> None:
    """One more message went to this address since somebody there last wrote."""
    Reach.objects.filter(account_id=account_id, address=address).update(sent_since=F("sent_since") + 1)


@transaction.atomic
def add_file(*, message_id: int, number: int, loose: Loose, at: datetime, by: Actor = SYSTEM) -> None:
    """Hang a fetched file on its message; the same number twice changes nothing."""
    message = queries.locked(message_id)
    fetched = list(message.meta.get("fetched", []))
    if number in fetched:
        return
    file = store(name=rules.clean(loose.name), content=loose.content, at=at)
    attach(message, [file.pk])
    message.meta = {**message.meta, "fetched": [*fetched, number]}
    message.save(update_fields=["meta"])
    bus.announce(
        FileAdded(message.pk, message.subject_kind, message.subject_id, file.name),
        subjects=[message.subject],
        by=by,
        at=at,
    )


@transaction.atomic
def give_up_file(*, message_id: int, number: int, reason: str) -> None:
    """A file could not be had: the message says so."""
    message = queries.locked(message_id)
    given_up = dict(message.meta.get("not_fetched", {}))
    message.meta = {**message.meta, "not_fetched": {**given_up, str(number): reason[:200]}}
    message.save(update_fields=["meta"])
