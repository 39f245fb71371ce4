"""Taking an answer back in the few seconds before it leaves: it is as if it had not been sent."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import ReplyUndone
from shouwen.cases.models import Awaiting, Draft, State
from shouwen.cases.services import recording
from shouwen.channels import queries as channel_reads
from shouwen.channels import services as channels
from shouwen.kernel.errors import NotFound
from shouwen.platform.access import Actor, ensure
from shouwen.promises import queries as promise_reads
from shouwen.promises import services as promises


@transaction.atomic
def undo_reply(*, case_id: int, message_id: int, at: datetime, by: Actor) -> str:
    """Take the mail back, withdraw what it promised, wait for our answer again. Returns the text, kept as draft.

    The clock that the reply had met stays met; a new one runs until there is another answer.
    """
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    message = channel_reads.message(message_id)
    if message.subject != case.subject:
        raise NotFound(_("There is no such message."))
    channels.cancel_send(message_id=message_id, at=at, by=by)
    for promise in promise_reads.open_for(case.subject):
        if promise.message_id == message_id:
            promises.withdraw(promise_id=promise.pk, reason=str(_("Sending was undone")), at=at, by=by)
    if case.state == State.WAITING:
        case.set_state(State.OPEN)
        promises.resume(subject=case.subject, at=at)
    case.awaiting = Awaiting.US
    promises.start_next_reply(
        subject=case.subject,
        case_kind=case.kind,
        tier=case.tier,
        channel=case.channel,
        item_id=case.service_item_id,
        at=at,
    )
    recording.look_at_deadlines(case)
    case.save()
    Draft.objects.update_or_create(
        case=case, staff_id=by.user_id, sort="reply", defaults={"text": message.text, "saved_at": at}
    )
    recording.announce(case, ReplyUndone(case.pk, message_id), by=by, at=at)
    return message.text
