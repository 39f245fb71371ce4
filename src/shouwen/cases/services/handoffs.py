"""Change of owner: reason, summary, acceptance, the customer told (CAS-2). There is no other way to change it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import (
    CustomerToldOfHandoff,
    HandoffAccepted,
    HandoffAsked,
    HandoffDeclined,
    HandoffWithdrawn,
)
from shouwen.cases.models import Case, Handoff, HandoffState
from shouwen.cases.queries.because import HANDOFFS
from shouwen.cases.rules import states
from shouwen.cases.services import recording
from shouwen.cases.services.escalating import raise_level
from shouwen.cases.services.noticing import notify
from shouwen.cases.services.persons import known_staff
from shouwen.channels import lines
from shouwen.kernel.errors import Invalid, Refused
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure
from shouwen.promises import services as promises

LEAST_SUMMARY = 10


@transaction.atomic
def ask_handoff(*, case_id: int, to_id: int, reason: str, summary: str, at: datetime, by: Actor) -> Handoff:
    """Ask somebody to become the owner. Until they accept, nothing changes."""
    case = queries.locked(case_id, by)
    ensure(policies.may_answer_for, by, case)
    states.must_be_active(case.state)
    reason = states.text(reason, "reason", least=1, most=400)
    summary = states.text(summary, "summary", least=LEAST_SUMMARY, most=4000)
    if case.owner_id is None:
        raise Refused(_("Nobody owns this case yet; take it, or let it be offered."))
    to = known_staff(to_id, "to")
    if not to.active or to.provider_id is not None:
        raise Invalid(_("Choose a colleague of ours who can own cases."), field="to")
    if to.id == case.owner_id:
        raise Invalid(_("This person owns the case already."), field="to")
    if queries.open_handoff(case.pk) is not None:
        raise Refused(_("A handoff of this case is waiting for an answer already."))
    handoff = Handoff.objects.create(
        case=case,
        by_id=by.user_id,
        owner_before_id=case.owner_id,
        to=to,
        reason=reason,
        summary=summary,
        asked_at=at,
    )
    notify(user_id=to.id, kind="handoff_asked", case=case, at=at, params={"name": by.name, "reason": reason})
    fact = HandoffAsked(case.pk, handoff.pk, to.id, to.name, reason)
    recording.announce(case, fact, by=by, at=at, more=[("staff", to.id)])
    return handoff


@transaction.atomic
def accept_handoff(*, handoff_id: int, at: datetime, by: Actor) -> Handoff:
    """The asked person becomes the owner; the customer is told in the same breath (see handlers)."""
    handoff = queries.locked_handoff(handoff_id)
    case = queries.locked(handoff.case_id)
    ensure(policies.may_answer_handoff, by, handoff)
    states.must_be_open_handoff(handoff.state)
    states.must_be_active(case.state)
    return _become_owner(handoff, case, at, by)


def accept_now(
    case: Case, *, reason: str, summary: str, asked_by: int | None, at: datetime, by: Actor
) -> Handoff:
    """A handoff that `by` asks for and accepts in one act, because the owner asked anybody to step in."""
    handoff = Handoff.objects.create(
        case=case,
        by_id=asked_by,
        owner_before_id=case.owner_id,
        to_id=by.user_id,
        reason=reason,
        summary=summary[:4000],
        asked_at=at,
    )
    return _become_owner(handoff, case, at, by)


def _become_owner(handoff: Handoff, case: Case, at: datetime, by: Actor) -> Handoff:
    _decide(handoff, HandoffState.ACCEPTED, "", at)
    before = people.name_of(case.owner_id)
    case.owner_id, case.owned_since = handoff.to_id, at
    case.team_id = next(iter(sorted(by.team_ids)), case.team_id)
    case.handoff_count += 1
    case.snoozed_until = None
    case.save(update_fields=["owner", "owned_since", "team", "handoff_count", "snoozed_until"])
    if handoff.owner_before_id is not None:
        promises.pass_on(
            subject=case.subject,
            from_id=handoff.owner_before_id,
            to_id=handoff.to_id,
            to_name=by.name,
            at=at,
            by=by,
        )
    lines.taken(case.channel, case.subject, staff_id=handoff.to_id, name=by.name, at=at)
    notify(user_id=handoff.by_id, kind="handoff_accepted", case=case, at=at, params={"name": by.name})
    fact = HandoffAccepted(
        case.pk, handoff.pk, handoff.owner_before_id, handoff.to_id, by.name, case.handoff_count
    )
    more = [("staff", handoff.owner_before_id)] if handoff.owner_before_id else []
    recording.announce(
        case, fact, by=by, at=at, more=more, before={"owner": before}, after={"owner": by.name}
    )
    if case.handoff_count >= states.HANDOFFS_BEFORE_ESCALATION:
        raise_level(
            case,
            trigger="handoffs",
            reason=[(HANDOFFS, {"count": case.handoff_count})],
            cause_key=f"handoffs:{case.pk}:{case.handoff_count}",
            at=at,
            by=by,
        )
    return handoff


@transaction.atomic
def decline_handoff(*, handoff_id: int, answer: str, at: datetime, by: Actor) -> Handoff:
    handoff = queries.locked_handoff(handoff_id)
    case = queries.locked(handoff.case_id)
    ensure(policies.may_answer_handoff, by, handoff)
    states.must_be_open_handoff(handoff.state)
    answer = states.text(answer, "answer", least=1, most=400)
    _decide(handoff, HandoffState.DECLINED, answer, at)
    notify(
        user_id=handoff.by_id,
        kind="handoff_declined",
        case=case,
        at=at,
        params={"name": by.name, "reason": answer},
    )
    fact = HandoffDeclined(case.pk, handoff.pk, handoff.to_id, by.name, answer)
    recording.announce(case, fact, by=by, at=at)
    return handoff


@transaction.atomic
def withdraw_handoff(*, handoff_id: int, at: datetime, by: Actor) -> Handoff:
    handoff = queries.locked_handoff(handoff_id)
    case = queries.locked(handoff.case_id)
    ensure(policies.may_withdraw_handoff, by, handoff)
    states.must_be_open_handoff(handoff.state)
    _decide(handoff, HandoffState.WITHDRAWN, "", at)
    recording.announce(
        case, HandoffWithdrawn(case.pk, handoff.pk), by=by, at=at, more=[("staff", handoff.to_id)]
    )
    return handoff


def _decide(handoff: Handoff, state: str, answer: str, at: datetime) -> None:
    handoff.state, handoff.answer, handoff.decided_at = state, answer, at
    handoff.save(update_fields=["state", "answer", "decided_at"])


@transaction.atomic
def mark_customer_told(*, handoff_id: int, at: datetime, by: Actor, message_id: int | None = None) -> Handoff:
    """The customer knows who answers now: by our message, or said on the phone."""
    handoff = queries.locked_handoff(handoff_id)
    case: Case = queries.locked(handoff.case_id)
    if handoff.state != HandoffState.ACCEPTED:
        raise Refused(_("Only an accepted handoff is told to the customer."))
    if handoff.customer_told_at is None:
        handoff.customer_told_at, handoff.told_message_id = at, message_id
        handoff.save(update_fields=["customer_told_at", "told_message_id"])
        recording.announce(case, CustomerToldOfHandoff(case.pk, handoff.pk, message_id), by=by, at=at)
    return handoff
