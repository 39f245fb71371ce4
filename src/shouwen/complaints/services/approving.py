"""Asking for authority and giving it (ESC-2). This is the only place where something is granted: whoever calls,
by whatever way, the matrix is asked here, and the sums of the period are counted while the matrix is locked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.cases.models import Case
from shouwen.cases.services.noticing import notify
from shouwen.complaints import policies, queries
from shouwen.complaints.events import ApprovalAsked, ApprovalDecided, ApprovalSigned, GrantSettled
from shouwen.complaints.models import Approval, ApprovalState, Complaint, Grant, Option, Signature
from shouwen.complaints.rules import authority, facts
from shouwen.complaints.services import keeping, recording
from shouwen.kernel.errors import Refused
from shouwen.kernel.money import Money
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus

TOLD = 8


@dataclass(frozen=True)
class Matter:
    """What something is granted in, locked: a complaint, or a case that is none."""

    case: Case
    complaint: Complaint | None

    @property
    def about(self) -> int | None:
        return self.complaint.about_staff_id if self.complaint else None

    @property
    def pk(self) -> int | None:
        return self.complaint.pk if self.complaint else None

    def reckon(self) -> None:
        """After the ledger changed."""
        if self.complaint is not None:
            keeping.granted(self.complaint)

    def announce(self, fact: Any, *, by: Actor, at: datetime, more: Any = ()) -> None:
        if self.complaint is not None:
            recording.announce(self.complaint, fact, by=by, at=at, more=more)
            return
        subjects = [self.case.subject, ("customer", self.case.customer_id), *more]
        bus.announce(fact, subjects=subjects, by=by, at=at, topics=recording.TOPICS)


def in_complaint(complaint_id: int, by: Actor) -> Matter:
    complaint = recording.opened(complaint_id, by)
    return Matter(complaint.case, complaint)


def in_case(case_id: int, by: Actor) -> Matter:
    """A case in work that is no complaint in work: there the options of the complaint are what is granted."""
    case = cases.locked(case_id, by)
    ensure(policies.may_work, by, None)
    complaint = queries.of_case(case.pk)
    if complaint is not None and complaint.is_active:
        raise Refused(_("This case is a complaint: write its options down there and ask for one of them."))
    if not case.active:
        raise Refused(_("This case is closed. Reopen it first."))
    return Matter(case, None)


@transaction.atomic
def ask_approval(*, complaint_id: int, option_id: int, why: str = "", at: datetime, by: Actor) -> Approval:
    """One action: everybody who can decide this now is asked. Nobody who can: it is said at once, not in a week."""
    matter = in_complaint(complaint_id, by)
    of_it = Option.objects.select_for_update(of=("self",)).filter(complaint=complaint_id)
    option = queries.row(of_it, option_id)
    if not option.amount:
        raise Refused(_("This costs nothing that somebody would have to grant."))
    if option.approvals.filter(state__in=["asked", "granted"]).exists():
        raise Refused(_("This was asked already."))
    return ask(matter, option.remedy, option.amount, option.title, why, at=at, by=by, option=option)


def ask(
    matter: Matter,
    remedy: str,
    amount: int,
    title: str,
    why: str,
    *,
    at: datetime,
    by: Actor,
    option: Option | None = None,
) -> Approval:
    """The question itself, and who is told of it."""
    hands = queries.hands(amount)
    left_out = [matter.about] if hands == 1 else [matter.about, by.user_id]
    asked = [one.staff.pk for one in queries.deciders(remedy, amount, at, hands=hands, but=left_out)]
    if not asked and hands > 1 and queries.deciders(remedy, amount, at, but=[matter.about]):
        raise Refused(_("Two other people have to say yes to this amount, and there are not two who may."))
    if not asked:
        raise Refused(_("Nobody may grant this amount: no role's authority reaches so far."))
    made = Approval.objects.create(
        case=matter.case,
        complaint=matter.complaint,
        option=option,
        title=title,
        remedy=remedy,
        amount=amount,
        hands=hands,
        why=facts.text(why, "why", least=0, most=1000),
        asked_by=by.user_id,
        asked_at=at,
    )
    told = [pk for pk in asked if pk != by.user_id][:TOLD]
    params = {"name": by.name, "amount": Money(made.amount).format(), "title": title}
    for user_id in told:
        notify(user_id=user_id, kind="approval_asked", case=matter.case, at=at, params=params)
    fact = ApprovalAsked(matter.pk, matter.case.pk, made.pk, made.remedy, made.amount, told)
    matter.announce(fact, by=by, at=at, more=[("staff", pk) for pk in told])
    return made


def _asked(approval_id: int, by: Actor) -> tuple[Matter, Approval]:
    """An open question with what it is asked in, both locked."""
    found = queries.approval(approval_id)
    matter = in_complaint(found.complaint_id, by) if found.complaint_id else in_case(found.case_id, by)
    asked = Approval.objects.select_for_update(of=("self",)).get(pk=approval_id)
    if asked.state != ApprovalState.ASKED:
        raise Refused(_("This question was answered already."))
    return matter, asked


@transaction.atomic
def sign(*, approval_id: int, yes: bool, word: str = "", at: datetime, by: Actor) -> Approval:
    """One person's yes or no. A no of anybody with authority ends it; enough yeses grant it."""
    matter, asked = _asked(approval_id, by)
    if asked.signatures.filter(by=by.user_id or 0).exists():
        raise Refused(_("You have said your word on this already."))
    rows = queries.locked_limits(asked.remedy)
    full = authority.check_signer(
        by=by.user_id,
        asked_by=asked.asked_by,
        about=matter.about,
        needed=asked.hands,
        mine=queries.room_of(by, asked.remedy, at, rows=rows),
        amount=asked.amount,
    )
    word = facts.text(word, "word", least=0 if yes else 1, most=1000)
    Signature.objects.create(approval=asked, by=by.user_id or 0, yes=yes, word=word, full=full, at=at)
    signed = ApprovalSigned(matter.pk, matter.case.pk, asked.pk, by.user_id or 0, yes)
    matter.announce(signed, by=by, at=at)
    if not yes:
        return _decide(matter, asked, ApprovalState.DECLINED, word, at, by)
    yeses = list(asked.signatures.filter(yes=True))
    if authority.enough([authority.Yes(one.by, one.full) for one in yeses], asked.hands):
        granter = _still_able(asked, [one.by for one in yeses if one.full], at)
        Grant.objects.create(
            case=matter.case,
            complaint=matter.complaint,
            approval=asked,
            remedy=asked.remedy,
            amount=asked.amount,
            granted_by=granter,
            granted_at=at,
            in_stage=matter.complaint.stage if matter.complaint else "",
        )
        matter.reckon()
        return _decide(matter, asked, ApprovalState.GRANTED, word, at, by)
    return asked


def _still_able(asked: Approval, full: list[int], at: datetime) -> int:
    """Who grants it: one whose authority covers the whole amount now too, not only when they signed."""
    able = {one.staff.pk for one in queries.deciders(asked.remedy, asked.amount, at)}
    for pk in full:
        if pk in able:
            return pk
    raise Refused(
        _("Whoever could grant the whole amount has granted too much else since: ask somebody else.")
    )


def _decide(matter: Matter, asked: Approval, state: str, word: str, at: datetime, by: Actor) -> Approval:
    asked.state, asked.decided_at = state, at
    asked.save(update_fields=["state", "decided_at"])
    kind = "approval_granted" if state == ApprovalState.GRANTED else "approval_declined"
    params = {"name": by.name, "amount": Money(asked.amount).format(), "title": asked.title}
    for user_id in {asked.asked_by, matter.case.owner_id} - {by.user_id, None}:
        notify(user_id=user_id, kind=kind, case=matter.case, at=at, params={**params, "reason": word})
    seconds = int((at - asked.asked_at).total_seconds())
    fact = ApprovalDecided(matter.pk, matter.case.pk, asked.pk, state, asked.remedy, asked.amount, seconds)
    matter.announce(fact, by=by, at=at)
    return asked


@transaction.atomic
def grant_at_once(*, complaint_id: int, option_id: int, word: str = "", at: datetime, by: Actor) -> Approval:
    """Whose own authority reaches: asked and granted in one step, in the same books and by the same rule."""
    asked = ask_approval(complaint_id=complaint_id, option_id=option_id, why=word, at=at, by=by)
    return sign(approval_id=asked.pk, yes=True, word=word, at=at, by=by)


@transaction.atomic
def withdraw_approval(*, approval_id: int, at: datetime, by: Actor) -> Approval:
    """The question is not asked any more."""
    matter, asked = _asked(approval_id, by)
    _drop(matter, asked, at, by)
    return asked


def drop_questions(complaint: Complaint, at: datetime, by: Actor) -> None:
    """The complaint ended: nobody has to decide any more what was still asked about it."""
    matter = Matter(complaint.case, complaint)
    for asked in complaint.approvals.select_for_update(of=("self",)).filter(state=ApprovalState.ASKED):
        _drop(matter, asked, at, by)


def _drop(matter: Matter, asked: Approval, at: datetime, by: Actor) -> None:
    asked.state, asked.decided_at = ApprovalState.WITHDRAWN, at
    asked.save(update_fields=["state", "decided_at"])
    fact = ApprovalDecided(matter.pk, matter.case.pk, asked.pk, asked.state, asked.remedy, asked.amount, 0)
    matter.announce(fact, by=by, at=at)


def settle(matter: Matter, grant: Grant, settled_ref: str, at: datetime, by: Actor) -> None:
    """A line of the ledger was paid or delivered. Called where the solution is carried out."""
    grant.settled_at, grant.settled_by, grant.settled_ref = at, by.user_id, settled_ref
    grant.save(update_fields=["settled_at", "settled_by", "settled_ref"])
    fact = GrantSettled(matter.pk, matter.case.pk, grant.pk, grant.amount, False)
    matter.announce(fact, by=by, at=at)


def release(matter: Matter, grant: Grant, reason: str, at: datetime, by: Actor) -> Grant:
    """What was granted is not needed after all: it no longer counts against budget and authority."""
    must_stand(grant)
    grant.released_why = facts.text(reason, "reason", most=400)
    grant.released_at = at
    grant.save(update_fields=["released_at", "released_why"])
    matter.reckon()
    Approval.objects.filter(pk=grant.approval_id).update(state=ApprovalState.WITHDRAWN)
    fact = GrantSettled(matter.pk, matter.case.pk, grant.pk, grant.amount, True)
    matter.announce(fact, by=by, at=at)
    return grant


def must_stand(grant: Grant) -> None:
    if grant.settled_at is not None or grant.released_at is not None:
        raise Refused(_("This line of the ledger is settled or released already."))


@transaction.atomic
def release_grant(*, complaint_id: int, grant_id: int, reason: str, at: datetime, by: Actor) -> Grant:
    """Also after the complaint was closed."""
    complaint = queries.locked(complaint_id, by)
    ensure(policies.may_work, by, complaint)
    grant = queries.row_of(Grant.objects.select_for_update(of=("self",)), complaint, grant_id)
    release(Matter(complaint.case, complaint), grant, reason, at, by)
    complaint.options.filter(approvals=grant.approval_id).update(chosen_at=None)
    return grant
