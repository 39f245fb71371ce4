"""/api/v1/cases/{ref}/escalations, /takeover and /disputes."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from shouwen.cases import queries, services
from shouwen.cases.api import schemas as s
from shouwen.cases.queries import disputes
from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor, needs_scope

router = Router(tags=["escalation"])


@router.get(
    "/{ref}/escalations", response=list[s.EscalationOut], summary="What was raised, and what was decided"
)
@needs_scope("cases:read")
def escalations(request: HttpRequest, ref: s.Ref) -> list[Any]:
    return queries.escalations_of(queries.get(ref, api_actor(request)).pk)


@router.post("/{ref}/escalations", response={201: s.EscalationOut}, summary="Raise the case")
@needs_scope("cases:write")
def escalate(request: HttpRequest, ref: s.Ref, payload: s.EscalationIn) -> Status[Any]:
    """`limit`: the owner can go no further; colleagues and supervisors are asked to take over."""
    given: dict[str, Any] = {"case_id": queries.case_id_of(ref), "reason": payload.reason}
    at, by = now(), api_actor(request)
    if payload.trigger == "limit":
        return Status(201, services.reach_limit(**given, at=at, by=by))
    return Status(201, services.escalate(**given, trigger=payload.trigger, at=at, by=by))


@router.post("/{ref}/takeover", response=s.HandoffOut, summary="Step in for a colleague who reached a limit")
@needs_scope("cases:write")
def take_over(request: HttpRequest, ref: s.Ref) -> Any:
    return services.take_over(case_id=queries.case_id_of(ref), at=now(), by=api_actor(request))


@router.get(
    "/{ref}/disputes", response=list[s.DisputeOut], summary="Disputes between departments about the case"
)
@needs_scope("cases:read")
def list_disputes(request: HttpRequest, ref: s.Ref) -> list[Any]:
    return disputes.of_case(queries.get(ref, api_actor(request)).pk)


@router.post(
    "/{ref}/disputes", response={201: s.DisputeOut}, summary="Ask the chief service manager for a ruling"
)
@needs_scope("cases:write")
def dispute(request: HttpRequest, ref: s.Ref, payload: s.DisputeIn) -> Status[Any]:
    made = services.raise_dispute(
        case_id=queries.case_id_of(ref),
        one_id=payload.one,
        other_id=payload.other,
        question=payload.question,
        task_id=payload.task_id,
        at=now(),
        by=api_actor(request),
    )
    return Status(201, made)
