"""/api/v1/visits: the register of visits, and what whoever called a number does with it."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from shouwen.channels import policies
from shouwen.channels.api import desk_schemas as s
from shouwen.channels.vendors.desk import queries, services
from shouwen.platform.access import now, require
from shouwen.platform.apikit import api_actor, needs_scope
from shouwen.platform.web import paginate

router = Router(tags=["service desk"])


@router.get("", response=s.VisitsOut, summary="The register of visits, the newest first")
@needs_scope("channels:read")
def list_visits(request: HttpRequest, wanted: Query[s.VisitsWanted]) -> dict[str, Any]:
    require(api_actor(request), policies.SERVE)
    rows = queries.listed(
        wanted.hall_id, wanted.day, wanted.state or "", since=wanted.since, until=wanted.until
    )
    found = paginate(rows, order=("-taken_at", "-id"), cursor=wanted.cursor, limit=wanted.limit)
    return {
        "items": [s.visit_out(one) for one in found.items],
        "next_cursor": found.next_cursor,
        "previous_cursor": found.previous_cursor,
    }


@router.get("/{visit_id}", response=s.VisitOut, summary="One visit")
@needs_scope("channels:read")
def one_visit(request: HttpRequest, visit_id: s.Ident) -> dict[str, Any]:
    require(api_actor(request), policies.SERVE)
    return s.visit_out(queries.visit(visit_id))


@router.post("/{visit_id}/moves", response=s.VisitOut, summary="Call again, serve, absent, give back, end")
@needs_scope("channels:write")
def move(request: HttpRequest, visit_id: s.Ident, payload: s.VisitMove) -> dict[str, Any]:
    """`end` needs a word about the visit where none was written down yet: it becomes a case."""
    by, at = api_actor(request), now()
    if payload.to == "end":
        services.take_down(
            visit_id=visit_id, said=payload.said, name=payload.name, phone=payload.phone, at=at, by=by
        )
    verbs = {
        "call": services.call_again,
        "service": services.begin,
        "absence": services.did_not_come,
        "return": services.give_back,
        "end": services.finish,
    }
    verbs[payload.to](visit_id=visit_id, at=at, by=by)
    return s.visit_out(queries.visit(visit_id))


@router.post("/{visit_id}/transfers", response=s.VisitOut, summary="Pass on; the place in the queue is kept")
@needs_scope("channels:write")
def pass_on(request: HttpRequest, visit_id: s.Ident, payload: s.TransferIn) -> dict[str, Any]:
    services.pass_on(visit_id=visit_id, **payload.model_dump(), at=now(), by=api_actor(request))
    return s.visit_out(queries.visit(visit_id))
