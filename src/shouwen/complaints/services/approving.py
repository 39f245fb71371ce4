"""Asking for authority and giving it (ESC-2). This is the only place where something is granted: whoever calls,
by whatever way, the matrix is asked here, and the sums of the period are counted while the matrix is locked."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases.services.noticing import notify
from shouwen.complaints import policies, queries
from shouwen.complaints.events import ApprovalAsked, ApprovalDecided, ApprovalSigned, GrantSettled
from shouwen.complaints.models import Approval, ApprovalState, Complaint, Grant, Option, Signature
from shouwen.complaints.rules import authority, facts
from shouwen.complaints.services import recording
from shouwen.kernel.errors import Refused
from shouwen.kernel.money import Money
from shouwen.platform.access import Actor, ensure

TOLD = 8


@transaction.atomic
def ask_approval(*, complaint_id: int, option_id: int, why: str = "", at: datetime, by: Actor) -> Approval:
    """One action: everybody who can decide this now is asked. Nobody who can: it is said at once, not in a week."""
    complaint = recording.opened(complaint_id, by)
    option = queries.row_of(Option.objects.select_for_update(of=("self",)), complaint, option_id)
    if not option.amount:
        raise Refused(_("This costs nothing that somebody would have to grant."))
    if option.approvals.filter(state__in=["asked", "granted"]).exists():
        raise Refused(_("This was asked already."))
    asked = [
        one.staff.pk
        for one in queries.deciders(option.remedy, option.amount, at, but=[complaint.about_staff_id])
    ]
    if not asked:
        raise Refused(_("Nobody may grant this amount: no role's authority reaches so far."))
    made = Approval.objects.create(
        complaint=complaint,
        option=option,
        remedy=option.remedy,
        amount=option.amount,
        hands=queries.hands(option.amount),
        why=facts.text(why, "why", least=0, most=1000),
        asked_by=by.user_id,
        asked_at=at,
    )
    told = [pk for pk in asked if pk != by.user_id][:TOLD]
    amount = Money(made.amount).format()
    for user_id in told:
        params = {"name": by.name, "amount": amount, "title": option.title}
        notify(user_id=user_id, kind="approval_asked", case=complaint.case, at=at, params=params)
    fact = ApprovalAsked(complaint.pk, complaint.case_id, made.pk, made.remedy, made.amount, told)
    recording.announce(complaint, fact, by=by, at=at, more=[("staff", pk) for pk in told])
    return made


@transaction.atomic
def sign(*, approval_id: int, yes: bool, word: str = "", at: datetime, by: Actor) -> Approval:
    """One person's yes or no. A no of anybody with authority ends it; enough yeses grant it."""
    found = queries.approval(approval_id)
    complaint = recording.opened(found.complaint_id, by)
    asked = Approval.objects.select_for_update(of=("self",)).select_related("option").get(pk=approval_id)
    if asked.state != ApprovalState.ASKED:
        raise Refused(_("This question was answered already."))
    if asked.signatures.filter(by=by.user_id or 0).exists():
        raise Refused(_("You have said your word on this already."))
    rows = queries.locked_limits(asked.remedy)
    full = authority.check_signer(
        by=by.user_id,
        asked_by=asked.asked_by,
        about=complaint.about_staff_id,
        needed=asked.hands,
        mine=queries.room_of(by, asked.remedy, at, rows=rows),
        amount=asked.amount,
    )
    word = facts.text(word, "word", least=0 if yes else 1, most=1000)
    Signature.objects.create(approval=asked, by=by.user_id or 0, yes=yes, word=word, full=full, at=at)
    signed = ApprovalSigned(complaint.pk, complaint.case_id, asked.pk, by.user_id or 0, yes)
    recording.announce(complaint, signed, by=by, at=at)
    if not yes:
        return _decide(complaint, asked, ApprovalState.DECLINED, word, at, by)
    yeses = list(asked.signatures.filter(yes=True))
    if authority.enough([authority.Yes(one.by, one.full) for one in yeses], asked.hands):
        granter = next(one.by for one in yeses if one.full)
        Grant.objects.create(
            complaint=complaint,
            approval=asked,
            remedy=asked.remedy,
            amount=asked.amount,
            granted_by=granter,
            granted_at=at,
        )
        return _decide(complaint, asked, ApprovalState.GRANTED, word, at, by)
    return asked


def _decide(
    complaint: Complaint, asked: Approval, state: str, word: str, at: datetime, by: Actor
) -> Approval:
    asked.state, asked.decided_at = state, at
    asked.save(update_fields=["state", "decided_at"])
    kind = "approval_granted" if state == ApprovalState.GRANTED else "approval_declined"
    params = {"name": by.name, "amount": Money(asked.amount).format(), "title": asked.option.title}
    for user_id in {asked.asked_by, complaint.case.owner_id} - {by.user_id, None}:
        notify(user_id=user_id, kind=kind, case=complaint.case, at=at, params={**params, "reason": word})
    seconds = int((at - asked.asked_at).total_seconds())
    fact = ApprovalDecided(
        complaint.pk, complaint.case_id, asked.pk, state, asked.remedy, asked.amount, seconds
    )
    recording.announce(complaint, fact, by=by, at=at)
    return asked


@transaction.atomic
def grant_at_once(*, complaint_id: int, option_id: int, word: str = "", at: datetime, by: Actor) -> Approval:
    """Whose own authority reaches: asked and granted in one step, in the same books and by the same rule."""
    asked = ask_approval(complaint_id=complaint_id, option_id=option_id, why=word, at=at, by=by)
    return sign(approval_id=asked.pk, yes=True, word=word, at=at, by=by)


@transaction.atomic
def withdraw_approval(*, approval_id: int, at: datetime, by: Actor) -> Approval:
    """The question is not asked any more."""
    found = queries.approval(approval_id)
    complaint = recording.opened(found.complaint_id, by)
    asked = Approval.objects.select_for_update(of=("self",)).select_related("option").get(pk=approval_id)
    if asked.state != ApprovalState.ASKED:
        raise Refused(_("This question was answered already."))
    asked.state, asked.decided_at = ApprovalState.WITHDRAWN, at
    asked.save(update_fields=["state", "decided_at"])
    fact = ApprovalDecided(
        complaint.pk, complaint.case_id, asked.pk, asked.state, asked.remedy, asked.amount, 0
    )
    recording.announce(complaint, fact, by=by, at=at)
    return asked


def settle(complaint: Complaint, grant: Grant, settled_ref: str, at: datetime, by: Actor) -> None:
    """A line of the ledger was paid or delivered. Called where the solution is carried out."""
    grant.settled_at, grant.settled_by, grant.settled_ref = at, by.user_id, settled_ref
    grant.save(update_fields=["settled_at", "settled_by", "settled_ref"])
    fact = GrantSettled(complaint.pk, complaint.case_id, grant.pk, grant.amount, False)
    recording.announce(complaint, fact, by=by, at=at)


@transaction.atomic
def release_grant(*, complaint_id: int, grant_id: int, reason: str, at: datetime, by: Actor) -> Grant:
    """What was granted is not needed after all: it no longer counts against budget and authority."""
    complaint = queries.locked(complaint_id, by)
    ensure(policies.may_work, by, complaint)
    grant = queries.row_of(Grant.objects.select_for_update(of=("self",)), complaint, grant_id)
    if grant.settled_at is not None or grant.released_at is not None:
        raise Refused(_("This line of the ledger is settled or released already."))
    grant.released_why = facts.text(reason, "reason", most=400)
    grant.released_at = at
    grant.save(update_fields=["released_at", "released_why"])
    Approval.objects.filter(pk=grant.approval_id).update(state=ApprovalState.WITHDRAWN)
    complaint.options.filter(approvals=grant.approval_id).update(chosen_at=None)
    fact = GrantSettled(complaint.pk, complaint.case_id, grant.pk, grant.amount, True)
    recording.announce(complaint, fact, by=by, at=at)
    return grant
