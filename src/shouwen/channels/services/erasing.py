"""Following customers: merges and erasure."""

from datetime import datetime

from django.db import transaction

from shouwen.channels.models import Attachment, Conversation, InboundRecord, Message
from shouwen.platform.access import Actor


@transaction.atomic
def follow_merge(*, winner_id: int, loser_id: int, merge_id: int, at: datetime, by: Actor) -> int:
    """Give the loser's conversations to the winner, remembering whose they were. Twice changes nothing."""
    moved = list(Conversation.objects.select_for_update().filter(customer_id=loser_id))
    for conversation in moved:
        conversation.customer_id = winner_id
        conversation.merges = [*conversation.merges, [merge_id, loser_id]]
    Conversation.objects.bulk_update(moved, ["customer_id", "merges"])
    return len(moved)


@transaction.atomic
def undo_merge(*, winner_id: int, loser_id: int, merge_id: int, at: datetime, by: Actor) -> int:
    """Give back what a merge had moved."""
    found = Conversation.objects.select_for_update().filter(customer_id=winner_id)
    back = [c for c in found if [merge_id, loser_id] in c.merges]
    for conversation in back:
        conversation.customer_id = loser_id
        conversation.merges = [entry for entry in conversation.merges if entry != [merge_id, loser_id]]
    Conversation.objects.bulk_update(back, ["customer_id", "merges"])
    return len(back)


@transaction.atomic
def erase_customer(*, customer_id: int, at: datetime, by: Actor) -> None:
    """Take what a customer said and what we wrote to them out of our tables; that it happened stays."""
    conversations = Conversation.objects.filter(customer_id=customer_id)
    messages = Message.objects.filter(conversation__in=conversations)
    Attachment.objects.filter(message__in=messages).delete()
    InboundRecord.objects.filter(message__in=messages).update(from_address="", title="", raw_file=None)
    messages.update(
        text="",
        html="",
        quoted="",
        title="",
        address="",
        author_name="",
        raw_file=None,
        meta={"erased": True},
    )
