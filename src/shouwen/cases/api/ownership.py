"""/api/v1/cases/{ref}/ownership and /handoffs. There is no operation that sets an owner without acceptance."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from shouwen.cases import queries, services
from shouwen.cases.api import schemas as s
from shouwen.cases.api.shown import case_out
from shouwen.cases.queries import reasons, routing
from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor, needs_scope

router = Router(tags=["ownership"])


@router.post("/{ref}/ownership", response=s.CaseOut, summary="Take an unowned case")
@needs_scope("cases:write")
def take(request: HttpRequest, ref: s.Ref) -> dict[str, Any]:
    by = api_actor(request)
    services.take(case_id=queries.case_id_of(ref), at=now(), by=by)
    return case_out(queries.get(ref, by))


@router.get("/{ref}/offers", response=list[s.OfferOut], summary="To whom the case was offered, and why")
@needs_scope("cases:read")
def offers(request: HttpRequest, ref: s.Ref) -> list[dict[str, Any]]:
    found = routing.offers_of(queries.get(ref, api_actor(request)).pk)
    return [
        {
            "staff_id": one.staff_id,
            "name": one.staff.name,
            "step": one.step,
            "offered_at": one.offered_at,
            "ended_at": one.ended_at,
            "why": one.why,
            "words": reasons.why(one.why),
        }
        for one in found
    ]


@router.get("/{ref}/handoffs", response=list[s.HandoffOut], summary="All handoffs of the case")
@needs_scope("cases:read")
def handoffs(request: HttpRequest, ref: s.Ref) -> list[Any]:
    return queries.handoffs_of(queries.get(ref, api_actor(request)).pk)


@router.post("/{ref}/handoffs", response={201: s.HandoffOut}, summary="Ask a colleague to become the owner")
@needs_scope("cases:write")
def ask(request: HttpRequest, ref: s.Ref, payload: s.HandoffIn) -> Status[Any]:
    made = services.ask_handoff(
        case_id=queries.case_id_of(ref),
        to_id=payload.to,
        reason=payload.reason,
        summary=payload.summary,
        at=now(),
        by=api_actor(request),
    )
    return Status(201, made)


@router.post(
    "/{ref}/handoffs/{handoff_id}/acceptance", response=s.HandoffOut, summary="Accept or decline a handoff"
)
@needs_scope("cases:write")
def answer(request: HttpRequest, ref: s.Ref, handoff_id: s.Ident, payload: s.HandoffAnswer) -> Any:
    by, at = api_actor(request), now()
    queries.handoff_of(queries.case_id_of(ref), handoff_id)
    if payload.accepted:
        return services.accept_handoff(handoff_id=handoff_id, at=at, by=by)
    return services.decline_handoff(handoff_id=handoff_id, answer=payload.answer, at=at, by=by)
