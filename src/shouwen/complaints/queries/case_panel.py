"""A complaint in few words, for the page of its case and of its customer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.complaints.models import Complaint
from shouwen.complaints.queries.one import visible_to
from shouwen.complaints.queries.page import Need, needs
from shouwen.complaints.queries.parts import parts
from shouwen.platform import db
from shouwen.platform.access import Actor
from shouwen.promises import queries as promises

ROWS = 8
OF_CASE = db.Read(lambda case: Complaint.objects.filter(case_id=case))


@dataclass(frozen=True)
class Shown:
    complaint: Complaint
    ref: str
    needs: list[Need]
    late: bool
    left: str


def of(case: Any, actor: Actor, at: datetime) -> Shown | None:
    """`case` is on the page already, so it exists for the actor."""
    complaint = OF_CASE.first(case=case.pk)
    if complaint is None:
        return None
    complaint.case = case
    lacks = needs(complaint, parts(complaint, stage=complaint.stage)) if complaint.is_active else []
    late = complaint.is_active and complaint.due_at is not None and complaint.due_at <= at
    left = promises.left_text(complaint.due_at, at) if complaint.is_active and complaint.due_at else ""
    return Shown(complaint, case.reference, lacks, late, left)


def of_customer(customer_id: int, actor: Actor) -> list[Complaint]:
    rows = visible_to(actor).filter(case__customer_id=customer_id).select_related("case")
    return list(rows.order_by("-opened_at", "-id")[:ROWS])
