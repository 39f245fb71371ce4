"""Deadlock, recovery, outside bodies, several complainants, and the end (CMP-1, CMP-6, CMP-7)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.cases import services as case_services
from shouwen.complaints import policies, queries
from shouwen.complaints.events import (
    DeadlockMoved,
    OutsideAnswered,
    OutsideCame,
    RecoveryFollowed,
    RecoveryPlanned,
)
from shouwen.complaints.models import (
    Body,
    Cause,
    Complaint,
    DeadlockMove,
    Member,
    Option,
    Outcome,
    OutsideMatter,
    Recovery,
    RecoverySort,
)
from shouwen.complaints.rules import deadlock, facts
from shouwen.complaints.services import recording
from shouwen.kernel.errors import Invalid, Refused
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure
from shouwen.promises import queries as promises_queries
from shouwen.promises import services as promises
from shouwen.promises.models import StatutoryClock


@transaction.atomic
def make_move(
    *,
    complaint_id: int,
    sort: str,
    reason: str,
    until: datetime | None = None,
    to_id: int | None = None,
    basis_id: int | None = None,
    option_id: int | None = None,
    at: datetime,
    by: Actor,
) -> DeadlockMove:
    """One way out of a deadlock, if its condition holds. Changing the person asks that person for the handoff."""
    complaint = recording.opened(complaint_id, by)
    if complaint.moves.filter(outcome=Outcome.OPEN).exists():
        raise Refused(_("Say first what came of the move before."))
    option = _granted_option(complaint, option_id)
    basis = queries.basis(basis_id) if basis_id is not None else None
    deadlock.check(
        sort,
        urgent=complaint.is_urgent,
        until=until,
        to_id=to_id,
        owner_id=complaint.case.owner_id,
        about_id=complaint.about_staff_id,
        basis=basis is not None,
        decided=bool(complaint.validity),
        granted=option is not None,
        at=at,
    )
    reason = facts.text(reason, "reason", most=2000)
    if sort == "change_person":
        to = people.staff(to_id or 0)
        case_services.ask_handoff(
            case_id=complaint.case_id,
            to_id=to.pk,
            reason=reason[:400],
            summary=f"{reason}\n{complaint.remedy_sought}\n{complaint.reference}",
            at=at,
            by=by,
        )
    made = DeadlockMove.objects.create(
        complaint=complaint,
        sort=sort,
        reason=reason,
        until=until if sort == "set_aside" else None,
        to_id=to_id if sort == "change_person" else None,
        basis=basis if sort == "hold_principle" else None,
        option=option if sort == "concede" else None,
        made_by=by.user_id,
        made_at=at,
    )
    _moved(complaint, made, by, at)
    return made


def _granted_option(complaint: Complaint, option_id: int | None) -> Option | None:
    if option_id is None:
        return None
    option = queries.row_of(Option.objects.all(), complaint, option_id)
    return option if option.approvals.filter(state="granted").exists() else None


def _moved(complaint: Complaint, move: DeadlockMove, by: Actor, at: datetime) -> None:
    fact = DeadlockMoved(complaint.pk, complaint.case_id, move.pk, move.sort, move.outcome)
    recording.announce(complaint, fact, by=by, at=at)


@transaction.atomic
def end_move(
    *, complaint_id: int, move_id: int, outcome: str, note: str, at: datetime, by: Actor
) -> DeadlockMove:
    """What came of it."""
    complaint = recording.opened(complaint_id, by)
    move = queries.row_of(DeadlockMove.objects.select_for_update(of=("self",)), complaint, move_id)
    if move.outcome != Outcome.OPEN:
        raise Refused(_("What came of this move is on record already."))
    if outcome not in {"worked", "failed"}:
        raise Invalid(_("Choose one of the listed values."), field="outcome")
    move.outcome, move.outcome_note, move.ended_at = outcome, facts.text(note, "note", most=2000), at
    move.save(update_fields=["outcome", "outcome_note", "ended_at"])
    _moved(complaint, move, by, at)
    return move


@transaction.atomic
def plan_recovery(
    *, complaint_id: int, sort: str, text: str, follow_up_at: datetime | None, at: datetime, by: Actor
) -> Recovery:
    """What we do after our own failure, and when we ask whether it helped. Also after the complaint was closed."""
    complaint = queries.locked(complaint_id, by)
    ensure(policies.may_work, by, complaint)
    if complaint.liability not in {"ours", "shared"}:
        raise Refused(_("Recovery follows our own failure; the nature says that this was none."))
    errors: dict[str, Any] = {}
    if sort not in RecoverySort.values:
        errors["sort"] = _("Choose one of the listed values.")
    if follow_up_at is None:
        errors["follow_up_at"] = _("Fill this in.")
    elif follow_up_at <= at:
        errors["follow_up_at"] = _("This time has passed already.")
    if errors or follow_up_at is None:
        raise Invalid(_("Please look at the marked fields."), errors=errors)
    made = Recovery.objects.create(
        complaint=complaint,
        customer_id=complaint.case.customer_id,
        sort=sort,
        text=facts.text(text, "text", most=2000),
        planned_by=by.user_id,
        planned_at=at,
        follow_up_at=follow_up_at,
    )
    fact = RecoveryPlanned(complaint.pk, complaint.case_id, made.pk, follow_up_at.isoformat())
    recording.announce(complaint, fact, by=by, at=at)
    return made


@transaction.atomic
def follow_recovery(
    *, complaint_id: int, recovery_id: int, level: int, word: str = "", at: datetime, by: Actor
) -> Recovery:
    """The follow-up contact: how the customer feels about us now, 1 (very bad) to 5 (very good)."""
    complaint = queries.locked(complaint_id, by)
    ensure(policies.may_work, by, complaint)
    found = queries.row_of(Recovery.objects.select_for_update(of=("self",)), complaint, recovery_id)
    if found.followed_at is not None:
        raise Refused(_("The follow-up is on record already."))
    if not 1 <= level <= 5:
        raise Invalid(_("Choose 1 to 5."), field="level")
    found.level, found.word = level, facts.text(word, "word", least=0, most=2000)
    found.followed_at, found.followed_by = at, by.user_id
    found.save(update_fields=["level", "word", "followed_at", "followed_by"])
    complaint.recovered = True
    complaint.save(update_fields=["recovered"])
    fact = RecoveryFollowed(complaint.pk, complaint.case_id, found.pk, level)
    recording.announce(complaint, fact, by=by, at=at)
    return found


@transaction.atomic
def record_outside(
    *,
    complaint_id: int,
    body: str,
    name: str,
    reference: str = "",
    asks: str = "",
    came_at: datetime | None = None,
    due_at: datetime | None = None,
    limit_code: str = "",
    at: datetime,
    by: Actor,
) -> OutsideMatter:
    """12315, a regulator, the media or a court deals with it too: their reference and their own time, which is a day
    they named or what the law says (`limit_code`, counted from when it came)."""
    complaint = queries.locked(complaint_id, by)
    ensure(policies.may_work, by, complaint)
    came = came_at or at
    errors: dict[str, Any] = {}
    if body not in Body.values:
        errors["body"] = _("Choose one of the listed values.")
    if came > at:
        errors["came_at"] = _("This time has not come yet.")
    if due_at is not None and due_at <= came:
        errors["due_at"] = _("It cannot be due before it came.")
    if errors:
        raise Invalid(_("Please look at the marked fields."), errors=errors)
    clock = _clock(complaint, limit_code, came, reference, at, by) if limit_code else None
    made = OutsideMatter.objects.create(
        complaint=complaint,
        clock_id=clock.pk if clock else None,
        body=body,
        name=facts.text(name, "name", most=120),
        reference=facts.text(reference, "reference", least=0, most=120),
        asks=facts.text(asks, "asks", least=0, most=4000),
        came_at=came,
        due_at=due_at or (clock.due_at if clock else None),
        recorded_by=by.user_id,
        recorded_at=at,
    )
    fact = OutsideCame(complaint.pk, complaint.case_id, made.pk, body, made.name)
    recording.announce(complaint, fact, by=by, at=at)
    return made


def _clock(
    complaint: Complaint, code: str, came: datetime, reference: str, at: datetime, by: Actor
) -> StatutoryClock:
    return promises.start_statutory(
        subject=complaint.subject, code=code, received_at=came, reference=reference[:80], at=at, by=by
    )


@transaction.atomic
def answer_outside(
    *, complaint_id: int, matter_id: int, answer: str, at: datetime, by: Actor
) -> OutsideMatter:
    """What we told them, once."""
    complaint = queries.locked(complaint_id, by)
    ensure(policies.may_work, by, complaint)
    matter = queries.row_of(OutsideMatter.objects.select_for_update(of=("self",)), complaint, matter_id)
    if matter.answered_at is not None:
        raise Refused(_("This body was answered already."))
    matter.answer, matter.answered_at = facts.text(answer, "answer"), at
    matter.save(update_fields=["answer", "answered_at"])
    if matter.clock_id and not promises_queries.locked_statutory(matter.clock_id).settled_at:
        promises.meet_statutory(clock_id=matter.clock_id, at=at, by=by)
    fact = OutsideAnswered(complaint.pk, complaint.case_id, matter.pk, matter.name)
    recording.announce(complaint, fact, by=by, at=at)
    return matter


@transaction.atomic
def add_member(
    *,
    complaint_id: int,
    name: str,
    contact: str = "",
    representative: bool = False,
    case_ref: str = "",
    at: datetime,
    by: Actor,
) -> Member:
    """One more who complains of the same; with their own case where they have one."""
    complaint = recording.opened(complaint_id, by)
    case = cases.get(case_ref, by) if case_ref else None
    if case is not None and case.pk == complaint.case_id:
        raise Invalid(_("This is the complaint's own case."), field="case_ref")
    if case is not None and complaint.members.filter(case=case).exists():
        raise Invalid(_("This case is among them already."), field="case_ref")
    made = Member.objects.create(
        complaint=complaint,
        name=facts.text(name or (case.customer.name if case else ""), "name", most=120),
        contact=facts.text(contact, "contact", least=0, most=120),
        representative=representative,
        case=case,
        joined_at=at,
    )
    recording.recorded(complaint, "member", by=by, at=at, text=made.name)
    return made


@transaction.atomic
def remove_member(*, complaint_id: int, member_id: int, at: datetime, by: Actor) -> None:
    complaint = recording.opened(complaint_id, by)
    found = queries.row_of(Member.objects.all(), complaint, member_id)
    found.delete()
    recording.recorded(complaint, "member_left", by=by, at=at, text=found.name)


@transaction.atomic
def record_customers_word(
    *, complaint_id: int, confirmed: bool, ways: str = "", at: datetime, by: Actor
) -> Complaint:
    """The end from the customer's side: satisfied; or not, and then told which outside bodies they may turn to."""
    complaint = recording.opened(complaint_id, by)
    if confirmed:
        complaint.confirmed_at, complaint.ways_named_at, complaint.ways_named = at, None, ""
    else:
        complaint.ways_named = facts.text(ways, "ways", most=2000)
        complaint.ways_named_at, complaint.confirmed_at = at, None
    complaint.save(update_fields=["confirmed_at", "ways_named_at", "ways_named"])
    recording.recorded(complaint, "customers_word", by=by, at=at, text=complaint.ways_named)
    return complaint


@transaction.atomic
def review(
    *,
    complaint_id: int,
    cause: str,
    cause_note: str = "",
    lesson: str,
    measure: str = "",
    at: datetime,
    by: Actor,
) -> Complaint:
    """What it came from and what we learn; by somebody it is not about."""
    complaint = recording.opened(complaint_id, by)
    ensure(policies.is_independent, by, complaint)
    if cause not in Cause.values:
        raise Invalid(_("Choose one of the listed values."), field="cause")
    complaint.cause, complaint.cause_note = cause, facts.text(cause_note, "cause_note", least=0, most=2000)
    complaint.lesson = facts.text(lesson, "lesson", most=4000)
    complaint.measure = facts.text(measure, "measure", least=0, most=4000)
    complaint.reviewed_at = at
    complaint.save(update_fields=["cause", "cause_note", "lesson", "measure", "reviewed_at"])
    recording.recorded(complaint, "review", by=by, at=at, text=complaint.lesson)
    return complaint
