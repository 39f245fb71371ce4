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


@router.post("/{ref}/help", response={201: s.HelpCallOut}, summary="Ask colleagues to join in")
@needs_scope("cases:write")
def ask_for_help(request: HttpRequest, ref: s.Ref, payload: s.HelpCallIn) -> Status[Any]:
    """The owner stays the owner. To be relieved of the case, raise it with the trigger `limit`."""
    made = services.ask_for_help(
        case_id=queries.case_id_of(ref), words=payload.words, at=now(), by=api_actor(request)
    )
    return Status(201, {"id": made})


@router.post("/{ref}/help/joining", response=s.HelpCallOut, summary="Join a colleague who asked for help")
@needs_scope("cases:write")
def join_in(request: HttpRequest, ref: s.Ref) -> dict[str, int]:
    return {"id": services.join_in(case_id=queries.case_id_of(ref), at=now(), by=api_actor(request))}


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
