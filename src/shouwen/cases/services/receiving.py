"""The customer says more, on any channel; or something new comes in and a case opens."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from shouwen.cases import queries
from shouwen.cases.events import CaseReceived
from shouwen.cases.models import Awaiting, Case, CaseLink, Resolution, State
from shouwen.cases.rules import courtesy, ladder, states
from shouwen.cases.services import feeling, recording
from shouwen.cases.services.opening import open_case
from shouwen.channels import queries as channels
from shouwen.channels.intake import Inbound, Taken
from shouwen.customers import queries as customers
from shouwen.platform import db
from shouwen.platform.access import Actor, customer_actor
from shouwen.promises import services as promises

SAID = ("last_at", "last_words", "last_direction", "last_author", "message_count")


def _standing(case: Case | None) -> Case | None:
    """The case that goes on where `case` was merged away."""
    for _step in range(10):
        if case is None or case.merged_into_id is None:
            return case
        case = queries.locked(case.merged_into_id)
    return case


def _known(inbound: Inbound) -> Case | None:
    """The case this belongs to, locked; None when it opens a new one."""
    named = inbound.token_subject or inbound.subject
    if named is None or named[0] != "case":
        return None
    return _standing(queries.held(named[1]))


def _too_old(case: Case, at: datetime) -> bool:
    ended = case.closed_at or case.resolved_at
    return case.is_closed and ended is not None and at - ended > timedelta(days=states.REOPEN_DAYS)


@transaction.atomic
def take_in(inbound: Inbound) -> Taken:
    """What channels bring: added to the case it answers, or opening a new one."""
    case = _known(inbound)
    attached = bool(inbound.meta.get("attached") or inbound.attachments)
    quiet = bool(inbound.auto) or (not attached and courtesy.only_courtesy(inbound.text))
    if case is not None and inbound.customer is not None and inbound.customer.pk == case.customer_id:
        case.customer = inbound.customer  # who it is was just read; asking again costs a question
    if case is not None and (quiet or not _too_old(case, inbound.at)):
        receive(
            case=case,
            text=inbound.text,
            channel=inbound.channel,
            automatic=bool(inbound.auto),
            attached=attached,
            at=inbound.at,
        )
        return Taken("appended", case.subject)
    customer = inbound.customer
    if customer is None or customer.merged_into_id is not None:
        customer = customers.current(inbound.customer_id)
    opened = open_case(
        subject=inbound.title,
        text=inbound.text,
        channel=inbound.channel,
        customer=customer,
        team_id=inbound.team_id,
        kind=str(inbound.meta.get("kind", "")),
        fields=inbound.meta.get("fields"),
        message=_message(inbound),
        attachments=inbound.meta.get("attached") or inbound.attachments,
        new_customer=inbound.new_customer,
        automatic=bool(inbound.auto),
        owner_id=inbound.owner_id,
        at=inbound.at,
        by=customer_actor(customer.pk, customer.name),
    )
    if case is not None:
        CaseLink.objects.create(case=opened, other=case, sort="follows", made_at=inbound.at)
    return Taken("opened", opened.subject, opened.first_message_id)


def _message(inbound: Inbound) -> dict[str, Any]:
    return {
        "author_name": inbound.from_name or inbound.from_address,
        "account_id": inbound.account_id,
        "html": inbound.html,
        "quoted": inbound.quoted,
        "title": inbound.title,
        "address": inbound.answer_to or inbound.from_address,
        "external_id": inbound.external_id,
        "in_reply_to": inbound.references[-1] if inbound.references else "",
        "raw_file": inbound.raw_file_id,
        "key": inbound.key,
        "automatic": bool(inbound.auto),
        "meta": {
            key: value for key, value in inbound.meta.items() if key not in {"kind", "fields", "attached"}
        },
    }


@transaction.atomic
def receive(
    *,
    case: Case,
    text: str,
    channel: str,
    automatic: bool = False,
    attached: bool = False,
    at: datetime,
    by: Actor | None = None,
) -> None:
    """Note on the locked `case` that the customer said `text`. The message itself is written by `channels`.

    A machine's answer is kept but wakes nobody: no clock, no reopening; nor does a mere "谢谢".
    """
    again = feeling.same_again(case.last_words, case.last_direction, text)
    thanks, felt = not attached and _thanks(case, text), case.emotion
    recording.said(case, text=text, direction="inbound", author=case.customer.name, at=at)
    actor = by or customer_actor(case.customer_id, case.customer.name)
    if automatic:
        case.save(update_fields=list(SAID))
        return
    if thanks:
        case.emotion = feeling.after(case.emotion, text)
        case.save(update_fields=[*SAID, "emotion"])
        fact = CaseReceived(case.pk, channel, emotion=case.emotion, emotion_was=felt)
        recording.announce(case, fact, by=actor, at=at)
        return
    reopened = not case.active
    if reopened:
        _reopen(case, at)
    elif case.state == State.WAITING:
        case.set_state(State.OPEN if case.owner_id else State.NEW)
        promises.resume(subject=case.subject, at=at)
    case.now_awaits(Awaiting.US, at)
    case.snoozed_until = None
    felt, today = case.emotion, _contacts_today(case, at)
    case.emotion = feeling.after(felt, text, contacts_today=today, repeated=again)
    heard = ladder.packed(ladder.heard(text, felt, case.emotion, today))
    promises.start_next_reply(
        subject=case.subject,
        case_kind=case.kind,
        tier=case.tier,
        channel=channel,
        item_id=case.service_item_id,
        team_id=case.team_id,
        at=at,
    )
    recording.look_at_deadlines(case)
    db.update(case)
    fact = CaseReceived(case.pk, channel, False, reopened, case.emotion, felt, heard)
    recording.announce(case, fact, by=actor, at=at)


def _contacts_today(case: Case, at: datetime) -> int:
    """How often the customer came within a day, this time included; asked only when it can matter."""
    if case.message_count <= feeling.FEW_CONTACTS:
        return 1
    return channels.inbound_since(case.subject, at - timedelta(hours=24)) + 1


def _thanks(case: Case, text: str) -> bool:
    """Only courtesy, and no answer to something we asked."""
    ours = case.active and case.last_direction == "outbound"
    asked = case.state == State.WAITING or (ours and courtesy.asks(case.last_words))
    return courtesy.only_courtesy(text, asked=asked)


def _reopen(case: Case, at: datetime) -> None:
    """The customer wrote to a resolved or closed case: the same owner goes on. Not saved here."""
    Resolution.objects.filter(case=case, ended_at=None).update(ended_at=at)
    case.set_state(State.OPEN if case.owner_id else State.NEW)
    case.resolved_at = case.closed_at = None
    case.reopen_count += 1
