"""/api/v1/cases/{ref}/feelings"""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from shouwen.cases import queries, services
from shouwen.cases.api import schemas as s
from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor, needs_scope

router = Router(tags=["cases"])


@router.get("/{ref}/feelings", response=s.FeelingsOut, summary="How the customer felt, and what helps")
@needs_scope("cases:read")
def read(request: HttpRequest, ref: s.Ref) -> dict[str, Any]:
    """For colleagues: never to be shown to the customer."""
    return asdict(queries.feelings_of(queries.get(ref, api_actor(request))))


@router.post("/{ref}/feelings", response={201: s.FeelingsOut}, summary="Mark the customer's mood and style")
@needs_scope("cases:write")
def mark(request: HttpRequest, ref: s.Ref, payload: s.FeelingIn) -> Status[Any]:
    by = api_actor(request)
    case_id = queries.case_id_of(ref)
    services.mark_feeling(case_id=case_id, **payload.model_dump(), at=now(), by=by)
    return Status(201, asdict(queries.feelings_of(queries.get(ref, by))))
