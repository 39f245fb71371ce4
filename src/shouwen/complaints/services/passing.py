"""From stage to stage: passing, going back, ending, opening again."""

from datetime import datetime

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, Value
from django.utils.translation import gettext_lazy as _

from shouwen.complaints import policies, queries
from shouwen.complaints.events import ComplaintEnded, ComplaintReopened, StagePassed, StageReturned
from shouwen.complaints.models import Complaint, StageSetting, StageVisit, State
from shouwen.complaints.rules import facts, path
from shouwen.complaints.services import approving, keeping, recording
from shouwen.kernel.errors import Refused
from shouwen.platform.access import SYSTEM, Actor, ensure
from shouwen.promises import queries as promises


def due_of(stage: str, at: datetime) -> datetime | None:
    """When a stage entered now should be passed, counted on the house's own calendar."""
    setting = StageSetting.objects.filter(stage=stage).first()
    if setting is None or not setting.minutes:
        return None
    return promises.due_for(None, at, setting.minutes * 60).due


def enter(complaint: Complaint, stage: str, at: datetime) -> None:
    """Not saved here."""
    complaint.stage, complaint.stage_since = stage, at
    complaint.due_at, complaint.overdue_told_at = due_of(stage, at), None
    before = StageVisit.objects.filter(complaint=complaint, stage=stage, left_at__isnull=False).order_by(
        "-id"
    )
    left_before = before.values_list("left_at", flat=True).first()
    StageVisit.objects.create(
        complaint=complaint, stage=stage, entered_at=at, due_at=complaint.due_at, left_before=left_before
    )


def leave(complaint: Complaint, at: datetime, by: Actor, *, note: str, passed: bool = False) -> None:
    StageVisit.objects.filter(complaint=complaint, left_at=None).update(
        left_at=at,
        left_by=by.user_id,
        lasted=ExpressionWrapper(Value(at) - F("entered_at"), output_field=DurationField()),
        passed=passed,
        note=note[:1000],
    )


@transaction.atomic
def pass_stage(*, complaint_id: int, note: str = "", at: datetime, by: Actor) -> Complaint:
    """The present stage is done: its records are there, and this role may say so. After the last it is closed."""
    complaint = queries.locked(complaint_id, None if by.is_system else by)
    ensure(policies.may_pass, by, complaint, queries.stage_setting(complaint.stage).roles)
    if complaint.stage in {"facts", "nature", "reviewed"}:
        ensure(policies.is_independent, by, complaint)
    path.check_pass(complaint.state, complaint.stage, queries.held(complaint, queries.parts(complaint)))
    passed, following = complaint.stage, path.after(complaint.stage)
    leave(complaint, at, by, note=note, passed=True)
    if following is None:
        complaint.state, complaint.closed_at, complaint.due_at = State.CLOSED, at, None
        complaint.again = keeping.closed(complaint, at)
    else:
        enter(complaint, following, at)
    complaint.save()
    fact = StagePassed(complaint.pk, complaint.case_id, passed, following or "")
    recording.announce(complaint, fact, by=by, at=at)
    if following is None:
        approving.drop_questions(complaint, at, by)
        ended = ComplaintEnded(complaint.pk, complaint.case_id, complaint.state)
        recording.announce(complaint, ended, by=by, at=at)
    return complaint


@transaction.atomic
def go_back(*, complaint_id: int, to: str, reason: str, at: datetime, by: Actor) -> Complaint:
    """New facts or a new objection: an earlier stage once more, with the reason on record."""
    complaint = recording.opened(complaint_id, by)
    path.check_return(complaint.stage, to)
    reason = facts.text(reason, "reason", most=1000)
    was = complaint.stage
    leave(complaint, at, by, note=reason)
    enter(complaint, to, at)
    complaint.save()
    recording.announce(
        complaint, StageReturned(complaint.pk, complaint.case_id, was, to, reason), by=by, at=at
    )
    return complaint


@transaction.atomic
def withdraw(*, complaint_id: int, reason: str, at: datetime, by: Actor) -> Complaint:
    """The customer takes the complaint back. It stays on record, and what was wrong may still be looked at."""
    complaint = recording.opened(complaint_id, by)
    reason = facts.text(reason, "reason", most=1000)
    leave(complaint, at, by, note=reason)
    complaint.state, complaint.closed_at, complaint.due_at = State.WITHDRAWN, at, None
    complaint.again = keeping.closed(complaint, at)
    complaint.end_note = reason
    complaint.save()
    approving.drop_questions(complaint, at, by)
    fact = ComplaintEnded(complaint.pk, complaint.case_id, complaint.state, reason)
    recording.announce(complaint, fact, by=by, at=at)
    return complaint


@transaction.atomic
def reopen(*, complaint_id: int, reason: str, at: datetime, by: Actor) -> Complaint:
    """Closed or withdrawn, and the customer comes again: it goes on with the facts."""
    complaint = queries.locked(complaint_id, None if by.is_system else by)
    ensure(policies.may_work, by, complaint)
    if complaint.state not in {State.CLOSED, State.WITHDRAWN}:
        raise Refused(_("Only a closed or withdrawn complaint can be reopened."))
    reason = facts.text(reason, "reason", most=1000)
    _open_again(complaint, path.reopened_at(complaint.stage), reason, at, by)
    return complaint


def _open_again(complaint: Complaint, stage: str, reason: str, at: datetime, by: Actor) -> None:
    complaint.state, complaint.closed_at, complaint.end_note = State.ACTIVE, None, ""
    complaint.again = False
    complaint.reopen_count += 1
    complaint.confirmed_at = complaint.performed_at = complaint.reviewed_at = None
    complaint.ways_named_at = complaint.customer_asked_at = None
    enter(complaint, stage, at)
    complaint.save()
    fact = ComplaintReopened(complaint.pk, complaint.case_id, reason)
    recording.announce(complaint, fact, by=by, at=at)


@transaction.atomic
def follow_confirmation(*, case_id: int, at: datetime) -> Complaint | None:
    """The customer said "solved" on the case: that is the word the path waits for."""
    found = queries.of_case(case_id)
    if found is None or not found.is_active or found.confirmed_at is not None:
        return found
    complaint = queries.locked(found.pk)
    complaint.confirmed_at = at
    complaint.save(update_fields=["confirmed_at"])
    recording.recorded(complaint, "customers_word", by=SYSTEM, at=at)
    if complaint.stage == "confirmed":
        return pass_stage(complaint_id=complaint.pk, at=at, by=SYSTEM)
    return complaint


@transaction.atomic
def follow_reopening(*, case_id: int, reason: str, at: datetime) -> Complaint | None:
    """The customer says "not yet", or came again: an ended complaint opens, a confirmed one is not confirmed."""
    found = queries.of_case(case_id)
    if found is None:
        return None
    complaint = queries.locked(found.pk)
    if complaint.state in {State.CLOSED, State.WITHDRAWN}:
        _open_again(complaint, path.reopened_at(complaint.stage), reason, at, SYSTEM)
    elif complaint.is_active and complaint.confirmed_at is not None:
        complaint.confirmed_at = None
        complaint.save(update_fields=["confirmed_at"])
        recording.recorded(complaint, "customers_word", by=SYSTEM, at=at, text=reason)
    return complaint
