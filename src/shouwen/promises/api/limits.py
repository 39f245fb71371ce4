"""/api/v1/statutory-limits: time limits that laws and regulators set, as dated versions."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from shouwen.platform.access import now, require
from shouwen.platform.apikit import api_actor, needs_scope
from shouwen.promises import policies, queries, services
from shouwen.promises.api import settings_schemas as s
from shouwen.promises.api.schemas import Ident

router = Router(tags=["statutory-limits"])


@router.get("", response=list[s.LimitOut], summary="Time limits in force or planned, or all versions of one")
@needs_scope("promises:read")
def list_limits(request: HttpRequest, wanted: Query[s.LimitsWanted]) -> list[dict[str, Any]]:
    require(api_actor(request), policies.STATUTORY)
    rows = queries.statutory_versions(wanted.code) if wanted.code else queries.statutory_templates(now())
    return [s.limit_out(row) for row in rows]


@router.post("", response={201: s.LimitOut}, summary="State a time limit, or a newer version of it")
@needs_scope("promises:write")
def state(request: HttpRequest, payload: s.LimitGiven) -> Status[dict[str, Any]]:
    """The version before it ends where this one begins; what was received under it keeps it."""
    made = services.set_statutory_template(**payload.model_dump(), at=now(), by=api_actor(request))
    return Status(201, s.limit_out(made))


@router.get("/{limit_id}", response=s.LimitOut, summary="One version of a time limit")
@needs_scope("promises:read")
def one(request: HttpRequest, limit_id: Ident) -> dict[str, Any]:
    require(api_actor(request), policies.STATUTORY)
    return s.limit_out(queries.statutory_template(limit_id))


@router.delete("/{limit_id}", response=s.LimitOut, summary="End a time limit; what runs keeps running")
@needs_scope("promises:write")
def end(request: HttpRequest, limit_id: Ident) -> dict[str, Any]:
    by = api_actor(request)
    return s.limit_out(services.end_statutory_template(template_id=limit_id, at=now(), by=by))
