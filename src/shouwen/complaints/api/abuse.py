"""/api/v1/abuse: notices and warnings, objections and their review. No program ends a contact."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from shouwen.cases import queries as cases
from shouwen.complaints import policies, services
from shouwen.complaints.api import threat_schemas as s
from shouwen.complaints.queries import abuse
from shouwen.platform.access import now, require
from shouwen.platform.apikit import api_actor, needs_scope, page_out
from shouwen.platform.web import paginate

router = Router(tags=["abuse"])
READ, WRITE = "threats:read", "threats:write"
PERIOD = timedelta(days=90)


@router.get("", response=s.AbusesOut, summary="Notices, warnings and ended contacts, newest first")
@needs_scope(READ)
def list_abuse(request: HttpRequest, wanted: Query[s.AbuseWanted]) -> dict[str, Any]:
    chosen = abuse.AbuseFilter(step=wanted.step, hearing=wanted.hearing)
    rows = abuse.listed(api_actor(request), chosen)
    page = paginate(rows, order=abuse.ORDER, cursor=wanted.cursor, limit=wanted.limit)
    return page_out(page, s.abuse_out)


@router.post("", response={201: s.AbuseOut}, summary="Record a notice or a warning")
@needs_scope(WRITE)
def record_abuse(request: HttpRequest, payload: s.AbuseIn) -> Status[Any]:
    by = api_actor(request)
    given = payload.model_dump()
    case = cases.get(given.pop("case"), by)
    made = services.record_abuse(case_id=case.pk, **given, at=now(), by=by)
    return Status(201, s.abuse_out(made))


@router.get("/figures", response=s.AbuseFiguresOut, summary="How often, in the last 90 days")
@needs_scope(READ)
def abuse_figures(request: HttpRequest) -> Any:
    require(api_actor(request), policies.THREATS)
    return abuse.figures(now() - PERIOD)


@router.get("/{record_id}", response=s.AbuseOut, summary="One of them")
@needs_scope(READ)
def one_abuse(request: HttpRequest, record_id: s.Ident) -> dict[str, Any]:
    return s.abuse_out(abuse.get(record_id, api_actor(request)))


@router.post("/{record_id}/objection", response=s.AbuseOut, summary="The customer objects")
@needs_scope(WRITE)
def object_to_abuse(request: HttpRequest, record_id: s.Ident, payload: s.ObjectionIn) -> dict[str, Any]:
    by = api_actor(request)
    return s.abuse_out(services.object_to_abuse(record_id=record_id, text=payload.text, at=now(), by=by))


@router.post("/{record_id}/review", response=s.AbuseOut, summary="Somebody else reviews the objection")
@needs_scope(WRITE)
def review_abuse(request: HttpRequest, record_id: s.Ident, payload: s.AbuseReviewIn) -> dict[str, Any]:
    by = api_actor(request)
    return s.abuse_out(services.review_abuse(record_id=record_id, **payload.model_dump(), at=now(), by=by))
