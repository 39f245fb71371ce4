"""/api/v1/counter: where the person of the token sits, and calling the next visitor."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from shouwen.channels import policies
from shouwen.channels.api import desk_schemas as s
from shouwen.channels.vendors.desk import services
from shouwen.platform.access import now, require
from shouwen.platform.apikit import api_actor, needs_scope

router = Router(tags=["service desk"])


@router.get("", response=s.SeatOut, summary="Where the token's person sits, and whom they serve")
@needs_scope("channels:read")
def seat(request: HttpRequest) -> dict[str, Any]:
    by = api_actor(request)
    require(by, policies.SERVE)
    return s.seat_out(by)


@router.put("", response=s.SeatOut, summary="Sit down at a counter; without one, stand up")
@needs_scope("channels:write")
def sit(request: HttpRequest, payload: s.SeatIn) -> dict[str, Any]:
    by, at = api_actor(request), now()
    require(by, policies.SERVE)
    if payload.counter_id is None:
        services.stand_up(at=at, by=by)
    else:
        services.sit_down(counter_id=payload.counter_id, at=at, by=by)
    return s.seat_out(by)


@router.post("/calls", response=s.VisitOut, summary="Call the next visitor")
@needs_scope("channels:write")
def call_next(request: HttpRequest) -> dict[str, Any]:
    return s.visit_out(services.call_next(at=now(), by=api_actor(request)))
