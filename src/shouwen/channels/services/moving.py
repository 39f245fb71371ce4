"""Messages follow what they are about, when two subjects turn out to be one, or one turns out to be two."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from shouwen.channels.models import Message
from shouwen.channels.services.conversations import Subject, conversation_for


@transaction.atomic
def move_messages(
    *, message_ids: list[int], from_subject: Subject, to_subject: Subject, customer_id: int, at: datetime
) -> dict[int, int | None]:
    """Give messages of one subject to another; which conversation each one came from, for `put_back`."""
    rows = Message.objects.select_for_update(of=("self",)).select_related("conversation")
    found = list(rows.filter(pk__in=message_ids, subject_kind=from_subject[0], subject_id=from_subject[1]))
    came_from = {message.pk: message.conversation_id for message in found}
    for message in found:
        message.subject_kind, message.subject_id = to_subject
        old = message.conversation
        if old is not None:
            message.conversation = conversation_for(
                subject=to_subject,
                channel=old.channel,
                account_id=old.account_id,
                customer_id=customer_id,
                at=at,
            )
    Message.objects.bulk_update(found, ["subject_kind", "subject_id", "conversation"])
    return came_from


@transaction.atomic
def put_back(*, came_from: Mapping[int, int | None], from_subject: Subject, to_subject: Subject) -> int:
    """Undo `move_messages`, as far as the messages are still where it put them. How many went back."""
    rows = Message.objects.select_for_update(of=("self",))
    found = list(
        rows.filter(pk__in=list(came_from), subject_kind=from_subject[0], subject_id=from_subject[1])
    )
    for message in found:
        message.subject_kind, message.subject_id = to_subject
        message.conversation_id = came_from[message.pk]
    Message.objects.bulk_update(found, ["subject_kind", "subject_id", "conversation"])
    return len(found)
