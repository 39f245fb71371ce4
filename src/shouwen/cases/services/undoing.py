"""Taking an answer back in the few seconds before it leaves: it is as if it had not been sent."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import ReplyUndone
from shouwen.cases.models import Awaiting, Case, Draft, State
from shouwen.cases.services import before_service, recording
from shouwen.channels import queries as channel_reads
from shouwen.channels import services as channels
from shouwen.kernel.errors import NotFound
from shouwen.platform.access import Actor, ensure
from shouwen.promises import queries as promise_reads
from shouwen.promises import services as promises


@transaction.atomic
def undo_reply(*, case_id: int, message_id: int, at: datetime, by: Actor) -> str:
    """Take the mail back, withdraw what it promised, let its clocks run on. Returns the text, kept as draft."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    message = channel_reads.message(message_id)
    if message.subject != case.subject:
        raise NotFound(_("There is no such message."))
    channels.cancel_send(message_id=message_id, at=at, by=by)
    for promise in promise_reads.open_for(case.subject):
        if promise.message_id == message_id:
            promises.withdraw(promise_id=promise.pk, reason=str(_("Sending was undone")), at=at, by=by)
    _as_before(case, message.meta.get("before") or {}, at)
    text = before_service.taken_back(case, message)
    promises.unmeet(subject=case.subject, met_at=message.at, at=at)
    recording.look_at_deadlines(case)
    case.save()
    Draft.objects.update_or_create(
        case=case, staff_id=by.user_id, sort="reply", defaults={"text": text, "saved_at": at}
    )
    recording.announce(case, ReplyUndone(case.pk, message_id), by=by, at=at)
    return text


def _as_before(case: Case, before: dict[str, Any], at: datetime) -> None:
    """State, newest words and whose turn it is as before the answer; what came in since stays. Not saved here."""
    written_since = case.message_count > before.get("count", 0) + 1 or case.last_direction == "inbound"
    waited = before.get("state") == State.WAITING
    if case.state == State.WAITING and not waited:
        case.set_state(State.OPEN)
        promises.resume(subject=case.subject, at=at)
    elif waited and case.state == State.OPEN and not written_since:
        case.set_state(State.WAITING)
        promises.pause(subject=case.subject, reason="waiting", at=at)
    if before.get("first"):
        case.first_replied_at = None
    case.message_count -= 1
    if written_since:
        case.now_awaits(Awaiting.US, at)
        return
    since = before.get("since")
    case.awaiting = Awaiting(before.get("awaiting", Awaiting.US))
    case.awaiting_since = datetime.fromisoformat(since) if since else at
    if "last" in before:
        moment, case.last_words, case.last_direction, case.last_author = before["last"]
        case.last_at = datetime.fromisoformat(moment)
