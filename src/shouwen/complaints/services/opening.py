"""A complaint opens beside a case of that kind, by itself and once."""

from datetime import datetime

from django.db import transaction

from shouwen.cases import queries as cases
from shouwen.complaints import queries
from shouwen.complaints.events import ComplaintEnded, ComplaintOpened, ComplaintReopened
from shouwen.complaints.models import Complaint, StageVisit, State
from shouwen.complaints.services import approving, keeping, passing, recording
from shouwen.platform.access import Actor

KIND = "complaint"


@transaction.atomic
def open_for(*, case_id: int, at: datetime, by: Actor) -> Complaint | None:
    """The complaint of this case; None when the case is none. A second call finds the first one's."""
    case = cases.locked(case_id)
    if case.kind != KIND:
        return None
    found = queries.of_case(case_id)
    if found is not None:
        return _again(found, at, by)
    made = Complaint(
        case=case,
        customer_id=case.customer_id,
        opened_at=case.opened_at,
        stage_since=at,
        received_by=by.user_id,
    )
    made.due_at = passing.due_of(made.stage, at)
    if case.first_replied_at is not None:  # answered before it was called a complaint
        made.acknowledged_at, made.acknowledged_how = case.first_replied_at, case.channel
    made.save(force_insert=True)
    StageVisit.objects.create(complaint=made, stage=made.stage, entered_at=at, due_at=made.due_at)
    keeping.opened(made)
    recording.announce(made, ComplaintOpened(made.pk, case.pk), by=by, at=at)
    return made


def _again(found: Complaint, at: datetime, by: Actor) -> Complaint:
    """The case was called something else for a while."""
    if found.state == State.NO_COMPLAINT:
        complaint = queries.locked(found.pk)
        passing.enter(complaint, complaint.stage, at)
        complaint.state, complaint.closed_at = State.ACTIVE, None
        complaint.save()
        fact = ComplaintReopened(complaint.pk, complaint.case_id, "")
        recording.announce(complaint, fact, by=by, at=at)
        return complaint
    return found


@transaction.atomic
def follow_kind(*, case_id: int, at: datetime, by: Actor) -> Complaint | None:
    """After the kind of a case changed: a complaint opens, or rests because it was none after all."""
    case = cases.locked(case_id)
    if case.kind == KIND:
        return open_for(case_id=case_id, at=at, by=by)
    found = queries.of_case(case_id)
    if found is None or found.state != State.ACTIVE:
        return found
    complaint = queries.locked(found.pk)
    passing.leave(complaint, at, by, note="")
    complaint.state, complaint.due_at = State.NO_COMPLAINT, None
    complaint.save()
    approving.drop_questions(complaint, at, by)
    fact = ComplaintEnded(complaint.pk, complaint.case_id, complaint.state)
    recording.announce(complaint, fact, by=by, at=at)
    return complaint
