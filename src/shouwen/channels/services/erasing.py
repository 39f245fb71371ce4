"""Following customers: merges and erasure."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from shouwen.channels.models import (
    Attachment,
    Attempt,
    Call,
    Chat,
    Conversation,
    InboundRecord,
    Message,
    Reach,
    Talk,
    Visit,
)
from shouwen.channels.models.conversations import Delivery
from shouwen.customers.queries import contacts_of
from shouwen.platform.access import Actor
from shouwen.platform.files.removing import remove

# What names its customer and goes along when two turn out to be one.
FOLLOWING: tuple[type[Conversation] | type[Call] | type[Chat], ...] = (Conversation, Call, Chat)


@transaction.atomic
def follow_merge(*, winner_id: int, loser_id: int, merge_id: int, at: datetime, by: Actor) -> int:
    """Give the loser's conversations, calls and chats to the winner, remembering whose they were. Twice changes
    nothing."""
    count = 0
    for model in FOLLOWING:
        moved: list[Any] = list(model._default_manager.select_for_update().filter(customer_id=loser_id))
        for row in moved:
            row.customer_id = winner_id
            row.merges = [*row.merges, [merge_id, loser_id]]
        model._default_manager.bulk_update(moved, ["customer_id", "merges"], batch_size=500)
        count += len(moved)
    return count


@transaction.atomic
def undo_merge(*, winner_id: int, loser_id: int, merge_id: int, at: datetime, by: Actor) -> int:
    """Give back what a merge had moved."""
    count = 0
    for model in FOLLOWING:
        found: Any = model._default_manager.select_for_update().filter(customer_id=winner_id)
        back = [row for row in found if [merge_id, loser_id] in row.merges]
        for row in back:
            row.customer_id = loser_id
            row.merges = [entry for entry in row.merges if entry != [merge_id, loser_id]]
        model._default_manager.bulk_update(back, ["customer_id", "merges"], batch_size=500)
        count += len(back)
    return count


@transaction.atomic
def erase_customer(*, customer_id: int, at: datetime, by: Actor) -> None:
    """Take what a customer said and what we wrote to them out of our tables, and their files off the disk; that it
    happened stays."""
    conversations = Conversation.objects.filter(customer_id=customer_id)
    keys = set(conversations.exclude(external_key="").values_list("external_key", flat=True))
    _erase_messages(Message.objects.filter(conversation__in=conversations), at=at)
    Chat.objects.filter(customer_id=customer_id).update(
        name="", email="", phone="", matter="", page="", agent_name="", state=Talk.ENDED
    )
    Call.objects.filter(customer_id=customer_id).update(number="", recording="", transferred_to="")
    for kind, pk in conversations.values_list("subject_kind", "subject_id"):
        Visit.objects.filter(subject_kind=kind, subject_id=pk).update(phone="", note="")
    conversations.update(external_key="")
    Reach.objects.filter(address__in=keys).delete()
    remove(_erase_records(InboundRecord.objects.filter(from_address__in=keys)), at=at)
    # refused mails hang on no message
    remove(_erase_records(InboundRecord.objects.filter(from_address__in=_addresses(customer_id))), at=at)


@transaction.atomic
def erase_notes(*, subjects: Collection[tuple[str, int]], at: datetime, by: Actor) -> None:
    """Take what was written among ourselves about these subjects out; notes belong to no conversation."""
    for kind in {kind for kind, _pk in subjects}:
        ids = [pk for one, pk in subjects if one == kind]
        notes = Message.objects.filter(conversation=None, subject_kind=kind, subject_id__in=ids)
        _erase_messages(notes, at=at)


def _addresses(customer_id: int) -> list[str]:
    return [one.value.lower() for one in contacts_of(customer_id) if one.kind == "email"]


def _erase_messages(found: "QuerySet[Message]", *, at: datetime) -> None:
    ids = list(found.values_list("pk", flat=True))
    messages, attachments = Message.objects.filter(pk__in=ids), Attachment.objects.filter(message__in=ids)
    raw = messages.filter(raw_file__isnull=False).values_list("raw_file_id", flat=True)
    files: set[int] = {*attachments.values_list("file_id", flat=True), *filter(None, raw)}
    attachments.delete()
    files |= _erase_records(InboundRecord.objects.filter(message__in=ids))
    Attempt.objects.filter(message__in=ids).update(note="")
    messages.filter(delivery__in=(Delivery.QUEUED, Delivery.HELD)).update(delivery=Delivery.NONE)
    messages.update(
        text="",
        html="",
        quoted="",
        title="",
        address="",
        author_name="",
        delivery_note="",
        raw_file=None,
        meta={"erased": True},
    )
    remove(files, at=at)


def _erase_records(found: "QuerySet[InboundRecord]") -> set[int]:
    """The register keeps that a mail came and what became of it: the files it held. Its bytes are known again by
    their hash only."""
    records = InboundRecord.objects.filter(pk__in=list(found.values_list("pk", flat=True)))
    files = set(filter(None, records.values_list("raw_file_id", flat=True)))
    for key in ("bounce_unknown", "rejected"):  # what follows the colon may be an address
        records.filter(reason__startswith=f"{key}:").update(reason=key)
    records.update(from_address="", title="", raw_file=None)
    return files
