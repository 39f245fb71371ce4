"""/api/v1/compensation: authority in any case that is no complaint: ask, grant, settle, release."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from shouwen.cases import queries as cases
from shouwen.complaints import policies, services
from shouwen.complaints.api import schemas as s
from shouwen.complaints.api.acting import WRITE
from shouwen.complaints.queries import case_grants
from shouwen.platform.access import now, require
from shouwen.platform.apikit import Out, Strict, api_actor, needs_scope

router = Router(tags=["complaints"])


class RemedyAskedIn(Strict):
    """`title`: for what; amounts in minor units."""

    remedy: str
    amount: s.Amount
    title: str
    why: str = ""


class SettlementIn(Strict):
    """`settled_ref`: voucher or payment number."""

    settled_ref: str = ""


class CaseQuestionOut(Out):
    id: int
    title: str
    remedy: str
    amount: int
    hands: int
    state: str
    asked_by: int | None


class CaseGrantOut(Out):
    id: int
    title: str
    remedy: str
    amount: int
    granted_by: int
    state: str


class CaseGrantsOut(Out):
    questions: list[CaseQuestionOut]
    grants: list[CaseGrantOut]


def _question(one: Any) -> dict[str, Any]:
    plain = ("title", "remedy", "amount", "hands", "state", "asked_by")
    return {"id": one.pk, **{name: getattr(one, name) for name in plain}}


def _grant(one: Any) -> dict[str, Any]:
    state = "released" if one.released_at else "settled" if one.settled_at else "open"
    plain = {name: getattr(one, name) for name in ("remedy", "amount", "granted_by")}
    return {"id": one.pk, "title": one.approval.title, "state": state, **plain}


@router.get("/cases/{ref}", response=CaseGrantsOut, summary="What was asked and granted in a case")
@needs_scope("complaints:read")
def of_case(request: HttpRequest, ref: str) -> dict[str, Any]:
    by = api_actor(request)
    require(by, policies.WORK)
    found = case_grants.case_grants(cases.get(ref, by), by, now())
    return {
        "questions": [_question(one) for one, _mine in found.questions],
        "grants": [_grant(one) for one in found.grants],
    }


@router.post("/cases/{ref}/questions", response={201: s.Made}, summary="Ask everybody who may grant it")
@needs_scope(WRITE)
def ask(request: HttpRequest, ref: str, payload: RemedyAskedIn) -> Status[Any]:
    by = api_actor(request)
    case_id = cases.get(ref, by).pk
    made = services.ask_for_case(case_id=case_id, **payload.model_dump(), at=now(), by=by)
    return Status(201, {"id": made.pk})


@router.post("/cases/{ref}/grants", response={201: s.Made}, summary="Grant by one's own authority")
@needs_scope(WRITE)
def grant(request: HttpRequest, ref: str, payload: RemedyAskedIn) -> Status[Any]:
    by = api_actor(request)
    case_id = cases.get(ref, by).pk
    made = services.grant_in_case(case_id=case_id, **payload.model_dump(), at=now(), by=by)
    return Status(201, {"id": made.pk})


@router.post("/cases/{ref}/questions/{question_id}/word", response=s.Made, summary="One person's yes or no")
@needs_scope(WRITE)
def word(request: HttpRequest, ref: str, question_id: s.Ident, payload: s.WordIn) -> dict[str, Any]:
    by = api_actor(request)
    asked = case_grants.question_in(cases.get(ref, by), question_id)
    return {"id": services.sign(approval_id=asked.pk, **payload.model_dump(), at=now(), by=by).pk}


@router.post(
    "/cases/{ref}/questions/{question_id}/withdrawal", response=s.Made, summary="Take the question back"
)
@needs_scope(WRITE)
def withdrawal(request: HttpRequest, ref: str, question_id: s.Ident) -> dict[str, Any]:
    by = api_actor(request)
    asked = case_grants.question_in(cases.get(ref, by), question_id)
    return {"id": services.withdraw_approval(approval_id=asked.pk, at=now(), by=by).pk}


@router.post("/cases/{ref}/grants/{grant_id}/settlement", response=s.Made, summary="It reached the customer")
@needs_scope(WRITE)
def settlement(request: HttpRequest, ref: str, grant_id: s.Ident, payload: SettlementIn) -> dict[str, Any]:
    by = api_actor(request)
    case_id = cases.get(ref, by).pk
    made = services.settle_in_case(
        case_id=case_id, grant_id=grant_id, settled_ref=payload.settled_ref, at=now(), by=by
    )
    return {"id": made.pk}


@router.post("/cases/{ref}/grants/{grant_id}/release", response=s.Made, summary="It is not needed after all")
@needs_scope(WRITE)
def release(
    request: HttpRequest, ref: str, grant_id: s.Ident, payload: s.ComplaintReasonIn
) -> dict[str, Any]:
    by = api_actor(request)
    case_id = cases.get(ref, by).pk
    made = services.release_in_case(
        case_id=case_id, grant_id=grant_id, reason=payload.reason, at=now(), by=by
    )
    return {"id": made.pk}
