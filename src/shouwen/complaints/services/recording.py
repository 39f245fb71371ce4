"""What all writes share: the complaint with its case, locked; who hears of it."""

from datetime import datetime
from typing import Any

from shouwen.complaints import policies, queries
from shouwen.complaints.events import ComplaintRecorded
from shouwen.complaints.models import Complaint
from shouwen.complaints.rules import path
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus

TOPICS = ["complaints"]


def opened(complaint_id: int, by: Actor) -> Complaint:
    """The complaint, locked, for somebody who may work on it while it is in work."""
    complaint = queries.locked(complaint_id, by)
    ensure(policies.may_work, by, complaint)
    path.must_be_active(complaint.state)
    return complaint


def about(complaint: Complaint) -> list[tuple[str, int]]:
    return [complaint.subject, ("case", complaint.case_id), ("customer", complaint.case.customer_id)]


def announce(complaint: Complaint, fact: Any, *, by: Actor, at: datetime, **changes: Any) -> int:
    more = changes.pop("more", [])
    return bus.announce(fact, subjects=[*about(complaint), *more], by=by, at=at, topics=TOPICS, **changes)


def recorded(complaint: Complaint, what: str, *, by: Actor, at: datetime, text: str = "") -> None:
    """One of the required records was made or changed."""
    announce(complaint, ComplaintRecorded(complaint.pk, complaint.case_id, what, text[:200]), by=by, at=at)
