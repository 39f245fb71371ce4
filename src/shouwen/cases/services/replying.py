"""We say something: to the customer (reply), or among ourselves (note)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.cases import policies, queries
from shouwen.cases.events import CaseNoted, CaseReplied, CaseTaken
from shouwen.cases.models import Awaiting, Case, Draft, Offer, State
from shouwen.cases.rules import ladder, states
from shouwen.cases.services import answering, before_service, recording
from shouwen.cases.services.ownership import own
from shouwen.channels import services as channels
from shouwen.knowledge.rules.machine import must_have_been_read
from shouwen.platform import db
from shouwen.platform.access import Actor, ensure
from shouwen.promises import services as promises

FORGET_DRAFT = db.Erase(
    lambda case, staff, sort: Draft.objects.filter(case_id=case, staff_id=staff, sort=sort)
)


@dataclass(frozen=True)
class PromiseGiven:
    """A promise that is recorded with the reply that makes it."""

    text: str
    due_at: datetime
    deliver_by: int | None = None


@transaction.atomic
def reply(
    *,
    case_id: int,
    text: str,
    at: datetime,
    by: Actor,
    channel: str = "",
    given: Sequence[PromiseGiven] = (),
    attachments: Iterable[Any] = (),
    undo_seconds: int = 0,
    waiting: bool = False,
    kind: str = "reply",
) -> Any:
    """Answer the customer on the channel they came by (or `channel`); returns the message.

    Who answers an unowned case owns it. The reply settles the clock it was due by; promises in it go
    into the ledger in the same transaction. `waiting`: from now on we wait for the customer.
    """
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    states.must_be_active(case.state)
    text = states.text(text, "text", least=1, most=50_000)
    must_have_been_read(text)
    taken, before = case.owner_id is None, undoing_needs(case)
    if taken:
        own(case, by, at)
        Offer.objects.filter(case=case, ended_at=None).update(ended_at=at)
    message = _send(case, text, channel, attachments, undo_seconds, kind, at, by, before)
    first = case.first_replied_at is None
    if first:
        case.first_replied_at = at
    promises.meet(subject=case.subject, sort="first_reply" if first else "next_reply", at=at)
    for one in given:
        promises.make(
            subject=case.subject,
            customer_id=case.customer_id,
            text=one.text,
            due_at=one.due_at,
            deliver_by=one.deliver_by,
            channel=message.channel,
            message_id=message.pk,
            team_id=case.team_id,
            at=at,
            by=by,
        )
    _after(case, text, waiting, at, by)
    if taken:
        recording.announce(case, CaseTaken(case.pk, by.user_id or 0, by.name), by=by, at=at)
    fact = CaseReplied(case.pk, message.pk, message.channel, first, case.emotion in ladder.HARD)
    recording.announce(case, fact, by=by, at=at)
    return message


def undoing_needs(case: Case) -> dict[str, Any]:
    """How the case stood before an answer that may be taken back."""
    return {
        "state": str(case.state),
        "awaiting": str(case.awaiting),
        "since": case.awaiting_since.isoformat() if case.awaiting_since else None,
        "first": case.first_replied_at is None,
        "count": case.message_count,
        "last": [case.last_at.isoformat(), case.last_words, str(case.last_direction), case.last_author],
    }


def _send(
    case: Case,
    text: str,
    channel: str,
    attachments: Iterable[Any],
    undo_seconds: int,
    kind: str,
    at: datetime,
    by: Actor,
    before: Mapping[str, Any],
) -> Any:
    to = answering.where_to(case, channel)
    undone = bool(undo_seconds and to.address and not to.live)
    return channels.send(
        subject=case.subject,
        customer_id=case.customer_id,
        to=to.address,
        channel=to.channel,
        conversation_id=to.conversation_id,
        title=f"Re: {case.subject_line}",
        text=before_service.with_reply(case, text, to.channel if to.address else "", at),
        attachments=attachments,
        undo_seconds=undo_seconds if undone else 0,
        meta={"before": before} if undone else None,
        kind=kind,
        at=at,
        by=by,
    )


def _after(case: Case, text: str, waiting: bool, at: datetime, by: Actor) -> None:
    """The case after our answer: newest words, who is awaited, nearest deadline."""
    recording.said(case, text=text, direction="outbound", author=by.name, at=at)
    case.now_awaits(Awaiting.CUSTOMER, at)
    if waiting and case.state != State.WAITING:
        case.set_state(State.WAITING)
        promises.pause(subject=case.subject, reason="waiting", at=at)
    elif case.state in {State.WAITING, State.NEW} and not waiting:
        if case.state == State.WAITING:
            promises.resume(subject=case.subject, at=at)
        case.set_state(State.OPEN)
    recording.look_at_deadlines(case)
    db.update(case)
    if by.user_id is not None:
        FORGET_DRAFT(case=case.pk, staff=by.user_id, sort="reply")


@transaction.atomic
def note(
    *, case_id: int, text: str, at: datetime, by: Actor, attachments: Iterable[Any] = (), kind: str = "note"
) -> Any:
    """A note among ourselves; the customer never sees it."""
    case = queries.locked(case_id, by)
    text = states.text(text, "text", least=1, most=50_000)
    message = channels.record(
        subject=case.subject,
        direction="internal",
        channel="internal",
        text=text,
        attachments=attachments,
        kind=kind,
        at=at,
        by=by,
    )
    if by.user_id is not None:
        FORGET_DRAFT(case=case.pk, staff=by.user_id, sort="note")
    recording.announce(case, CaseNoted(case.pk, message.pk), by=by, at=at)
    return message


@transaction.atomic
def record_contact(
    *,
    case_id: int,
    direction: str,
    channel: str,
    text: str,
    at: datetime,
    by: Actor,
    meta: dict[str, Any] | None = None,
) -> Any:
    """Write down what was said on the phone or at the desk about a known case, by either side."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    text = states.text(text, "text", least=1, most=50_000)
    message = channels.record(
        subject=case.subject,
        direction=direction,
        channel=channel,
        text=text,
        customer_id=case.customer_id,
        author_name=case.customer.name if direction == "inbound" else by.name,
        kind="contact",
        meta=meta,
        at=at,
        by=by,
    )
    if direction == "inbound":
        from shouwen.cases.services.receiving import receive

        receive(case=case, text=text, channel=channel, at=at, by=by)
        return message
    states.must_be_active(case.state)
    first = case.first_replied_at is None
    if first:
        case.first_replied_at = at
    promises.meet(subject=case.subject, sort="first_reply" if first else "next_reply", at=at)
    _after(case, text, False, at, by)
    fact = CaseReplied(case.pk, message.pk, channel, first, case.emotion in ladder.HARD)
    recording.announce(case, fact, by=by, at=at)
    return message
