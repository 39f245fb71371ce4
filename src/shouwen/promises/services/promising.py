"""Making a promise, keeping it, renegotiating it before it breaks, withdrawing it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, ensure, require
from shouwen.platform.ledger import bus
from shouwen.promises import policies, queries, subjects
from shouwen.promises.events import (
    CustomerTold,
    PromiseKept,
    PromiseMade,
    PromiseRenegotiated,
    PromiseWithdrawn,
)
from shouwen.promises.models import Promise, PromiseState
from shouwen.promises.queries import policy
from shouwen.promises.rules import promising as rules
from shouwen.promises.rules import words
from shouwen.promises.rules.leeway import work_of
from shouwen.promises.rules.words import Subject
from shouwen.promises.services import breaking


@dataclass(frozen=True)
class Counted:
    """How a due time was reached when it was said as working time; a newer notice may then move it."""

    calendar_id: int
    seconds: int
    provisional: bool = False


@transaction.atomic
def make(
    *,
    subject: Subject,
    customer_id: int | None,
    text: str,
    due_at: datetime,
    deliver_by: int | None = None,
    channel: str = "",
    message_id: int | None = None,
    team_id: int | None = None,
    counted: Counted | None = None,
    at: datetime,
    by: Actor,
) -> Promise:
    """Write down what was said to a customer. Refuses a time that has passed, is too near to be meant
    (a setting, or the kind's own), or lies more than a year ahead, who may not promise, and a sum beyond
    what they may; where the kind of promise is strict also a kind that is not this person's to promise and a time
    outside working hours.
    `deliver_by` is whoever must do it
    (the maker, unless said), `team_id` the team it counts for (the maker's own, unless said)."""
    require(by, policies.MAKE)
    rules.check_due(due_at, at, minimum_lead=queries.minimum_lead(work_of(text)))
    _must_be_allowed(text, due_at, by)
    promise = _ready(
        Promise(
            subject_kind=subject[0],
            subject_id=subject[1],
            customer_id=customer_id,
            text=rules.check_text(text),
            due_at=due_at,
            made_by=by.user_id,
            deliver_by=deliver_by or by.user_id,
            team_id=team_id or min(by.team_ids, default=None),
            channel=channel,
            message_id=message_id,
            made_at=at,
        ),
        counted,
    )
    promise.save(force_insert=True)
    _announce_made(promise, by, at)
    return promise


def _must_be_allowed(text: str, due_at: datetime, by: Actor) -> None:
    """A sum beyond one's limit, and what is strict, is refused here; everything else was a doubt, said before."""
    strict = policy.current().allowance(work_of(text)).strict
    objection = queries.may_not(text, by)
    if objection is not None and objection.refuses(strict):
        raise Invalid(objection.sentence, field="text")
    if strict and not by.is_system and not queries.open_at(due_at):
        raise Invalid(_("The due time lies outside working hours."), field="due_at")


@transaction.atomic
def keep(*, promise_id: int, note: str = "", at: datetime, by: Actor) -> Promise:
    """What was promised has been done. In time it is kept; after the due time it stays broken and the late
    delivery is noted."""
    promise = queries.locked(promise_id)
    ensure(policies.may_settle, by, promise)
    if promise.state == PromiseState.OPEN and at > promise.due_at:
        breaking.break_one(promise, at)
    if promise.state == PromiseState.BROKEN and promise.delivered_at is None:
        return breaking.deliver_late(promise, note.strip(), at, by)
    rules.check_open(promise.state)
    promise.state, promise.owed, promise.look_at = PromiseState.KEPT, False, None
    promise.settled_at = promise.delivered_at = at
    promise.reason = _short(note)
    promise.save(update_fields=["state", "owed", "look_at", "settled_at", "delivered_at", "reason"])
    fact = PromiseKept(promise.pk, promise.text, promise.reason)
    bus.announce(fact, by=by, at=at, **breaking.about(promise))
    return promise


@transaction.atomic
def renegotiate(
    *,
    promise_id: int,
    due_at: datetime,
    text: str | None = None,
    reason: str,
    customer_words: str = "",
    told_message_id: int | None = None,
    customer_told_at: datetime | None = None,
    counted: Counted | None = None,
    at: datetime,
    by: Actor,
) -> Promise:
    """Another time, agreed while the old one can still be kept (PRO-3). Returns the new promise.

    The customer is told first: by a message already sent (`told_message_id`), by word of mouth
    (`customer_told_at`), or by a message that goes out in this same act with `customer_words`; where there is
    no address to write to it is refused until somebody has told them. After the due time it is refused too:
    that promise is broken.
    """
    told = bool(told_message_id or customer_told_at)
    teller = None if told else _holding(promise_id)
    old = queries.locked(promise_id)
    ensure(policies.may_settle, by, old)
    rules.check_renegotiation(old.state, old.due_at, at)
    said = rules.check_reason(reason)
    rules.check_due(due_at, at, minimum_lead=queries.minimum_lead(old.work))
    if due_at == old.due_at:
        raise Invalid(_("This is the same time as before."), field="due_at")
    if text is not None and text.strip() != old.text:
        _must_be_allowed(text, due_at, by)
    old.state, old.owed, old.look_at = PromiseState.RENEGOTIATED, False, None
    old.settled_at, old.reason = at, said
    old.save(update_fields=["state", "owed", "look_at", "settled_at", "reason"])
    told_at = customer_told_at or (at if told_message_id else None)
    new = _renewed(old, due_at=due_at, text=text, told_message_id=told_message_id, told_at=told_at, at=at)
    _ready(new, counted).save(force_insert=True)
    _announce_made(new, by, at)
    if teller is not None:
        _tell(teller, new, customer_words.strip() or said, at)
    _announce_renegotiated(old, new, customer_words, by, at)
    return new


def _holding(promise_id: int) -> subjects.Teller | None:
    """Who can tell the customer, with the subject locked: it is locked before its promise everywhere."""
    kind, pk = queries.subject_of(promise_id)
    teller = subjects.teller(kind)
    if teller is not None:
        teller.hold(pk)
    return teller


def _tell(teller: subjects.Teller, new: Promise, said: str, at: datetime) -> None:
    message_id = teller.tell(new.subject_id, new, said, at)
    if message_id is None:
        sentence = _("There is no address to write to: tell the customer, then say that you have told them.")
        raise Invalid(sentence, field="told")
    new.told_message_id, new.customer_told_at = message_id, at
    new.save(update_fields=["told_message_id", "customer_told_at"])


def _renewed(
    old: Promise,
    *,
    due_at: datetime,
    text: str | None,
    told_message_id: int | None,
    told_at: datetime | None,
    at: datetime,
) -> Promise:
    return Promise(
        subject_kind=old.subject_kind,
        subject_id=old.subject_id,
        customer_id=old.customer_id,
        text=rules.check_text(text) if text else old.text,
        due_at=due_at,
        made_by=old.made_by,
        deliver_by=old.deliver_by,
        team_id=old.team_id,
        channel=old.channel,
        previous=old,
        told_message_id=told_message_id,
        customer_told_at=told_at,
        made_at=at,
    )


@transaction.atomic
def mark_told(*, promise_id: int, message_id: int | None, at: datetime, by: Actor) -> Promise:
    """The customer has been told of the new time; telling twice changes nothing."""
    promise = queries.locked(promise_id)
    if promise.customer_told_at is not None:
        return promise
    promise.customer_told_at, promise.told_message_id = at, message_id
    promise.save(update_fields=["customer_told_at", "told_message_id"])
    bus.announce(CustomerTold(promise.pk, message_id), by=by, at=at, **breaking.about(promise))
    return promise


@transaction.atomic
def withdraw(*, promise_id: int, reason: str, at: datetime, by: Actor) -> Promise:
    """It no longer applies, for instance because the customer does not want it any more."""
    promise = queries.locked(promise_id)
    ensure(policies.may_settle, by, promise)
    rules.check_open(promise.state)
    said = rules.check_reason(reason)
    if at > promise.due_at:
        rules.check_renegotiation(promise.state, promise.due_at, at)
    promise.state, promise.owed, promise.look_at = PromiseState.WITHDRAWN, False, None
    promise.settled_at, promise.reason = at, said
    promise.save(update_fields=["state", "owed", "look_at", "settled_at", "reason"])
    bus.announce(PromiseWithdrawn(promise.pk, promise.text, said), by=by, at=at, **breaking.about(promise))
    return promise


def _ready(promise: Promise, counted: Counted | None) -> Promise:
    """Fill in what follows from the text and the times: kind of work, warning moments, first look."""
    held = policy.current()
    calendar_id = counted.calendar_id if counted else None
    calendar = held.calendar(calendar_id) if held.calendars else None
    moments = rules.warning_moments(promise.made_at, promise.due_at, calendar)
    promise.work = work_of(promise.text)
    promise.half_at, promise.most_at, promise.look_at = moments.half_at, moments.most_at, moments.half_at
    if counted:
        promise.calendar_id, promise.counted_seconds = counted.calendar_id, counted.seconds
        promise.provisional = counted.provisional
    return promise


def _announce_made(promise: Promise, by: Actor, at: datetime) -> None:
    fact = PromiseMade(
        promise.pk,
        promise.text,
        promise.due_at.isoformat(),
        promise.made_by,
        promise.deliver_by,
        promise.previous_id,
    )
    bus.announce(fact, by=by, at=at, **breaking.about(promise))


def _announce_renegotiated(old: Promise, new: Promise, customer_words: str, by: Actor, at: datetime) -> None:
    was, becomes = old.due_at.isoformat(), new.due_at.isoformat()
    fact = PromiseRenegotiated(
        old_id=old.pk,
        new_id=new.pk,
        subject_kind=new.subject_kind,
        subject_id=new.subject_id,
        customer_id=new.customer_id,
        text=new.text,
        was_due_at=was,
        due_at=becomes,
        reason=old.reason,
        told=new.customer_told_at is not None,
        words=customer_words.strip()[: words.WORDS_LIMIT],
    )
    change = {"before": {"due_at": was, "text": old.text}, "after": {"due_at": becomes, "text": new.text}}
    bus.announce(fact, by=by, at=at, **change, **breaking.about(new))


def _short(note: str) -> str:
    said = note.strip()
    return rules.check_reason(said, field="note") if said else ""
