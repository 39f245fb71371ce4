"""What comes in and goes out at /api/v1/complaints. Amounts are minor units (fen)."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from shouwen.platform.apikit import Out, Strict

Ident = Annotated[int, Field(ge=1, le=2**62)]
Amount = Annotated[int, Field(ge=0, lt=10**15)]


class Wanted(Strict):
    """`figure`, `key` and `days`: the complaints behind a figure of /complaint-figures."""

    state: str = "active"
    stage: str = ""
    liability: str = ""
    overdue: bool = False
    figure: str = ""
    key: str = ""
    days: Annotated[int, Field(ge=1, le=3660)] = 90
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class ComplaintOut(Out):
    id: int
    reference: str
    subject: str
    state: str
    stage: str
    due_at: datetime | None
    opened_at: datetime
    weight: int
    urgent: bool
    validity: str
    demand: str
    liability: str
    missing: list[str] | None = None


class ComplaintsOut(Out):
    items: list[ComplaintOut]
    next_cursor: str | None
    previous_cursor: str | None


def complaint_out(one: Any, missing: list[str] | None = None) -> dict[str, Any]:
    return {
        "id": one.pk,
        "reference": one.reference,
        "subject": one.case.subject_line,
        "state": one.state,
        "stage": one.stage,
        "due_at": one.due_at,
        "opened_at": one.opened_at,
        "weight": one.weight,
        "urgent": one.is_urgent,
        "validity": one.validity,
        "demand": one.demand,
        "liability": one.liability,
        "missing": missing,
    }


class ReceiptIn(Strict):
    remedy_sought: str
    wanted_amount: Amount | None = None
    happened_on: date | None = None
    about_staff_id: Ident | None = None
    anonymous: bool = False


class AcknowledgementIn(Strict):
    how: str


class AssessmentIn(Strict):
    severity: int
    complexity: int
    impact: int
    safety: bool = False
    immediate: bool = False
    note: str = ""


class InvestigatorIn(Strict):
    staff_id: Ident
    interest: bool
    checked: str = ""


class AccountIn(Strict):
    party: str
    text: str
    who: str = ""


class EvidenceIn(Strict):
    """Described where it lies; a file goes to `evidence/files`."""

    sort: str
    party: str
    title: str
    shows: str
    happened_at: datetime | None = None


class AnswerIn(Strict):
    accounts: list[Ident] = []
    evidence: list[Ident] = []
    word: str = ""


class NatureIn(Strict):
    """`bases`: ids of the policy library by aspect (validity, demand, liability)."""

    validity: str
    demand: str
    liability: str
    our_share: Annotated[int, Field(ge=0, le=100)] | None = None
    bases: dict[str, list[Ident]]
    reasons: str


class ExplanationIn(Strict):
    sort: str
    text: str
    how: str


class OptionIn(Strict):
    remedy: str
    title: str
    gain: str
    amount: Amount = 0
    effort: Amount = 0
    gain_amount: Amount = 0
    worry: str = ""
    if_declined: str = ""
    declined_cost: Amount = 0


class AcceptanceIn(Strict):
    acceptance: str
    note: str = ""


class ApprovalIn(Strict):
    option_id: Ident
    why: str = ""


class GrantIn(Strict):
    word: str = ""


class WordIn(Strict):
    yes: bool
    word: str = ""


class PerformanceIn(Strict):
    note: str
    settled_ref: str = ""


class MoveIn(Strict):
    sort: str
    reason: str
    until: datetime | None = None
    to_id: Ident | None = None
    basis_id: Ident | None = None
    option_id: Ident | None = None


class RecoveryIn(Strict):
    sort: str
    text: str
    follow_up_at: datetime


class EndIn(Strict):
    confirmed: bool
    ways: str = ""


class ComplaintReviewIn(Strict):
    cause: str
    lesson: str
    cause_note: str = ""
    measure: str = ""


class NoteNeededIn(Strict):
    note: str


class OutcomeIn(Strict):
    """`worked` or `failed`, and how it went."""

    outcome: str
    note: str


class FollowUpIn(Strict):
    """How the customer feels about us now, 1 (very bad) to 5 (very good)."""

    level: Annotated[int, Field(ge=1, le=5)]
    word: str = ""


class OutsideIn(Strict):
    """`limit_code`: a time limit by law, counted from when it came."""

    body: str
    name: str
    reference: str = ""
    asks: str = ""
    came_at: datetime | None = None
    due_at: datetime | None = None
    limit_code: str = ""


class OutsideAnswerIn(Strict):
    answer: str


class MembersToldIn(Strict):
    """`text`: what everybody reads who has a case of their own and was not told yet; nothing of another's in it."""

    text: str


class MemberIn(Strict):
    """`case_ref`: their own case, where there is one; then the name may be left out."""

    name: str = ""
    contact: str = ""
    representative: bool = False
    case_ref: str = ""


class StageReturnIn(Strict):
    to: str
    reason: str


class ComplaintNoteIn(Strict):
    note: str = ""


class ComplaintReasonIn(Strict):
    reason: str


class Made(Out):
    id: int
