"""Promises that pass their due time: broken then, explained afterwards, perhaps delivered late."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Refused
from shouwen.platform.access import SYSTEM, Actor, ensure
from shouwen.platform.ledger import bus
from shouwen.promises import policies, queries
from shouwen.promises.events import BreakExplained, DeliveredLate, PromiseBroken, PromiseWarned
from shouwen.promises.models import Promise, PromiseState
from shouwen.promises.rules import promising as rules
from shouwen.promises.rules import words


class About(TypedDict):
    subjects: Sequence[tuple[str, int]]
    topics: Sequence[str]


def about(promise: Promise) -> About:
    """The subjects and live topics of every fact about a promise."""
    subjects = [promise.subject, ("promise", promise.pk)]
    if promise.customer_id:
        subjects.append(("customer", promise.customer_id))
    people = dict.fromkeys(pk for pk in (promise.made_by, promise.deliver_by) if pk)
    subjects += [("staff", pk) for pk in people]
    topics = ["promises", *(f"user:{pk}" for pk in people)]
    return {
        "subjects": subjects,
        "topics": [*topics, f"team:{promise.team_id}"] if promise.team_id else topics,
    }


def break_one(promise: Promise, at: datetime) -> None:
    """A locked open promise past its due time is broken, as of that time."""
    promise.state, promise.look_at, promise.settled_at = PromiseState.BROKEN, None, promise.due_at
    promise.save(update_fields=["state", "look_at", "settled_at"])
    fact = PromiseBroken(
        promise_id=promise.pk,
        text=promise.text,
        due_at=promise.due_at.isoformat(),
        made_by=promise.made_by,
        deliver_by=promise.deliver_by,
        customer_id=promise.customer_id,
        subject_kind=promise.subject_kind,
        subject_id=promise.subject_id,
    )
    bus.announce(fact, by=SYSTEM, at=at, **about(promise))


def warn_one(promise: Promise, share: int, at: datetime) -> None:
    """A locked open promise of whose time `share` per cent have passed. At most one warning per share; when
    the tick comes late, reaching 80 stands for 50 too."""
    if share >= 80:
        promise.warned_most_at, promise.look_at = at, promise.due_at
    else:
        promise.warned_half_at, promise.look_at = at, promise.most_at
    promise.save(update_fields=["warned_half_at", "warned_most_at", "look_at"])
    fact = PromiseWarned(
        promise_id=promise.pk,
        share=share,
        text=promise.text,
        due_at=promise.due_at.isoformat(),
        deliver_by=promise.deliver_by,
        subject_kind=promise.subject_kind,
        subject_id=promise.subject_id,
    )
    bus.announce(fact, by=SYSTEM, at=at, **about(promise))


def deliver_late(promise: Promise, note: str, at: datetime, by: Actor) -> Promise:
    """A locked broken promise has been done after all. It stays broken; the customer waits no longer."""
    promise.delivered_at, promise.owed = at, False
    promise.reason = promise.reason or note[: words.REASON_LIMIT]
    promise.save(update_fields=["delivered_at", "owed", "reason"])
    late = int((at - promise.due_at).total_seconds())
    bus.announce(DeliveredLate(promise.pk, promise.text, late), by=by, at=at, **about(promise))
    return promise


@transaction.atomic
def explain_break(
    *, promise_id: int, cause: str, reason: str, still_owed: bool = True, at: datetime, by: Actor
) -> Promise:
    """Why it was broken, asked afterwards: a coded cause for the figures, and the words.

    `still_owed` False: the customer no longer waits for it.
    """
    promise = queries.locked(promise_id)
    ensure(policies.may_settle, by, promise)
    if promise.state != PromiseState.BROKEN:
        raise Refused(_("Only a broken promise needs an explanation."))
    promise.cause, promise.reason = rules.check_cause(cause), rules.check_reason(reason)
    promise.owed = still_owed and promise.delivered_at is None
    promise.save(update_fields=["cause", "reason", "owed"])
    fact = BreakExplained(promise.pk, promise.reason, promise.owed, promise.cause)
    bus.announce(fact, by=by, at=at, **about(promise))
    return promise
