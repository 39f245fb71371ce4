"""What the clock brings: stages overdue, things set aside that come back, follow-ups, answers owed outside."""

from datetime import datetime

from django.db import transaction

from shouwen.cases.services.noticing import notify
from shouwen.complaints.events import StageOverdue
from shouwen.complaints.models import Complaint, DeadlockMove, Recovery
from shouwen.complaints.services import recording
from shouwen.platform.access import SYSTEM

AT_ONCE = 100


def tick(*, at: datetime) -> int:
    """Each in its own transaction; what was told once is not told again."""
    late = Complaint.objects.filter(state="active", due_at__lte=at, overdue_told_at=None)
    told = sum(_overdue(pk, at) for pk in late.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE])
    aside = DeadlockMove.objects.filter(outcome="open", until__lte=at, reminded_at=None)
    told += sum(_aside(pk, at) for pk in aside.values_list("pk", flat=True)[:AT_ONCE])
    follow = Recovery.objects.filter(followed_at=None, follow_up_at__lte=at, reminded_at=None)
    return told + sum(_follow_up(pk, at) for pk in follow.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _overdue(complaint_id: int, at: datetime) -> int:
    rows = Complaint.objects.select_for_update(of=("self",)).select_related("case")
    complaint = rows.filter(pk=complaint_id, overdue_told_at=None).first()
    if complaint is None:
        return 0
    complaint.overdue_told_at = at
    complaint.save(update_fields=["overdue_told_at"])
    key = f"complaint:{complaint.pk}:{complaint.stage}:{complaint.stage_since.timestamp():.0f}"
    for user_id in {complaint.case.owner_id, complaint.investigator_id} - {None}:
        params = {"stage": complaint.stage}
        notify(
            user_id=user_id, kind="complaint_late", case=complaint.case, at=at, cause_key=key, params=params
        )
    fact = StageOverdue(complaint.pk, complaint.case_id, complaint.stage)
    recording.announce(complaint, fact, by=SYSTEM, at=at)
    return 1


@transaction.atomic
def _aside(move_id: int, at: datetime) -> int:
    rows = DeadlockMove.objects.select_for_update(of=("self",)).select_related("complaint__case")
    move = rows.filter(pk=move_id, reminded_at=None).first()
    if move is None:
        return 0
    move.reminded_at = at
    move.save(update_fields=["reminded_at"])
    case = move.complaint.case
    notify(user_id=case.owner_id or move.made_by, kind="complaint_back", case=case, at=at)
    return 1


@transaction.atomic
def _follow_up(recovery_id: int, at: datetime) -> int:
    rows = Recovery.objects.select_for_update(of=("self",)).select_related("complaint__case")
    found = rows.filter(pk=recovery_id, reminded_at=None).first()
    if found is None:
        return 0
    found.reminded_at = at
    found.save(update_fields=["reminded_at"])
    case = found.complaint.case
    params = {"text": found.text[:120]}
    notify(user_id=found.planned_by or case.owner_id, kind="follow_up", case=case, at=at, params=params)
    return 1


@transaction.atomic
def tell_of_limit(*, complaint_id: int, cause_key: str, at: datetime) -> None:
    """A time limit set by law is near or gone: owner and investigator hear of it, once for the same cause."""
    complaint = Complaint.objects.select_related("case").filter(pk=complaint_id).first()
    if complaint is None:
        return
    for user_id in {complaint.case.owner_id, complaint.investigator_id} - {None}:
        notify(user_id=user_id, kind="limit_by_law", case=complaint.case, at=at, cause_key=cause_key)
