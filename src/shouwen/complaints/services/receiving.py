"""Receipt, acknowledgement, assessment: the first records of a complaint."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.complaints import queries
from shouwen.complaints.models import Complaint
from shouwen.complaints.rules import facts, path
from shouwen.complaints.rules.remedies import check_amounts
from shouwen.complaints.services import recording
from shouwen.kernel.errors import Invalid, Refused
from shouwen.people import queries as people
from shouwen.platform.access import SYSTEM, Actor


@transaction.atomic
def record_receipt(
    *,
    complaint_id: int,
    remedy_sought: str,
    wanted_amount: int | None = None,
    happened_on: date | None = None,
    about_staff_id: int | None = None,
    anonymous: bool = False,
    at: datetime,
    by: Actor,
) -> Complaint:
    """What the customer wants, when it happened, and whom it is about."""
    complaint = recording.opened(complaint_id, by)
    if wanted_amount is not None:
        check_amounts(wanted_amount=wanted_amount)
    if happened_on is not None and happened_on > at.date():
        raise Invalid(_("This day has not come yet."), field="happened_on")
    if about_staff_id is not None:
        people.staff(about_staff_id)
        if about_staff_id == complaint.investigator_id:
            raise Refused(_("This colleague looks into the complaint: name another investigator first."))
    complaint.remedy_sought = facts.text(remedy_sought, "remedy_sought")
    complaint.wanted_amount, complaint.happened_on = wanted_amount, happened_on
    complaint.about_staff_id, complaint.anonymous = about_staff_id, anonymous
    complaint.save()
    recording.recorded(complaint, "remedy_sought", by=by, at=at, text=complaint.remedy_sought)
    return complaint


@transaction.atomic
def acknowledge(*, complaint_id: int, how: str, at: datetime, by: Actor) -> Complaint:
    """The customer knows that we have it and who looks after it."""
    complaint = recording.opened(complaint_id, by)
    complaint.acknowledged_how = facts.text(how, "how", most=200)
    complaint.acknowledged_at = complaint.acknowledged_at or at
    complaint.save(update_fields=["acknowledged_at", "acknowledged_how"])
    recording.recorded(complaint, "acknowledgement", by=by, at=at, text=complaint.acknowledged_how)
    return complaint


@transaction.atomic
def follow_reply(*, case_id: int, channel: str, at: datetime) -> None:
    """Our first words on the case acknowledge the complaint; later ones change nothing."""
    found = queries.of_case(case_id)
    if found is None or found.acknowledged_at is not None or not found.is_active:
        return
    complaint = queries.locked(found.pk)
    complaint.acknowledged_at, complaint.acknowledged_how = at, channel[:200]
    complaint.save(update_fields=["acknowledged_at", "acknowledged_how"])
    recording.recorded(complaint, "acknowledgement", by=SYSTEM, at=at, text=channel)


@transaction.atomic
def assess(
    *,
    complaint_id: int,
    severity: int,
    complexity: int,
    impact: int,
    safety: bool = False,
    immediate: bool = False,
    note: str = "",
    at: datetime,
    by: Actor,
) -> Complaint:
    """How much it weighs, and whether something must be done at once."""
    complaint = recording.opened(complaint_id, by)
    path.check_levels(severity=severity, complexity=complexity, impact=impact)
    note = facts.text(note, "note", least=0, most=4000)
    complaint.severity, complaint.complexity, complaint.impact = severity, complexity, impact
    complaint.safety, complaint.immediate, complaint.assessment_note = safety, immediate, note
    complaint.weight = path.weight(severity, complexity, impact, safety=safety, immediate=immediate)
    complaint.assessed_at, complaint.assessed_by = at, by.user_id
    complaint.urgent_settled_at, complaint.urgent_settled_note = None, ""
    complaint.save()
    recording.recorded(complaint, "assessment", by=by, at=at)
    return complaint


@transaction.atomic
def settle_urgent(*, complaint_id: int, note: str, at: datetime, by: Actor) -> Complaint:
    """What had to be done at once was done; the rest can take its time."""
    complaint = recording.opened(complaint_id, by)
    if not complaint.is_urgent:
        raise Refused(_("Nothing about this complaint is urgent."))
    complaint.urgent_settled_note = facts.text(note, "note", most=4000)
    complaint.urgent_settled_at = at
    complaint.save(update_fields=["urgent_settled_at", "urgent_settled_note"])
    recording.recorded(complaint, "urgent_settled", by=by, at=at, text=complaint.urgent_settled_note)
    return complaint
