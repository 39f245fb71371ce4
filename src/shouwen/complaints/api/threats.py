"""/api/v1/threats: the register. The same services as the pages; the evidence pack is taken by a person there."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from shouwen.cases import queries as cases
from shouwen.complaints import services
from shouwen.complaints.api import threat_schemas as s
from shouwen.complaints.queries import threats
from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor, needs_scope, page_out
from shouwen.platform.web import paginate

router = Router(tags=["threats"])
READ, WRITE = "threats:read", "threats:write"


@router.get("", response=s.ThreatsOut, summary="Threats that exist for this person, newest first")
@needs_scope(READ)
def list_threats(request: HttpRequest, wanted: Query[s.ThreatsWanted]) -> dict[str, Any]:
    chosen = threats.ThreatFilter(state=wanted.state, kind=wanted.kind)
    rows = threats.listed(api_actor(request), chosen)
    page = paginate(rows, order=threats.ORDER, cursor=wanted.cursor, limit=wanted.limit)
    return page_out(page, s.threat_out)


@router.post("", response={201: s.ThreatOut}, summary="Register a threat; named persons are told at once")
@needs_scope(WRITE)
def register_threat(request: HttpRequest, payload: s.ThreatIn) -> Status[Any]:
    by = api_actor(request)
    given = payload.model_dump()
    case = cases.get(given.pop("case"), by)
    made = services.register_threat(case_id=case.pk, **given, at=now(), by=by)
    return Status(201, s.threat_out(threats.get(made.pk, by)))


@router.get("/{threat_id}", response=s.ThreatOut, summary="One threat")
@needs_scope(READ)
def one_threat(request: HttpRequest, threat_id: s.Ident) -> dict[str, Any]:
    return s.threat_out(threats.get(threat_id, api_actor(request)))


@router.get("/{threat_id}/steps", response=list[s.ThreatStepOut], summary="What was done about it")
@needs_scope(READ)
def list_threat_steps(request: HttpRequest, threat_id: s.Ident) -> list[Any]:
    return threats.steps_of(threats.get(threat_id, api_actor(request)))


@router.post("/{threat_id}/acknowledgement", response=s.ThreatOut, summary="Somebody who was told sees to it")
@needs_scope(WRITE)
def acknowledge_threat(request: HttpRequest, threat_id: s.Ident) -> dict[str, Any]:
    return s.threat_out(services.acknowledge_threat(threat_id=threat_id, at=now(), by=api_actor(request)))


@router.post("/{threat_id}/steps", response={201: s.ThreatStepOut}, summary="Record what was done")
@needs_scope(WRITE)
def add_threat_step(request: HttpRequest, threat_id: s.Ident, payload: s.ThreatStepIn) -> Status[Any]:
    by = api_actor(request)
    return Status(201, services.add_threat_step(threat_id=threat_id, **payload.model_dump(), at=now(), by=by))


@router.post("/{threat_id}/questions", response={201: s.OnSiteOut}, summary="Ask for a decision on site")
@needs_scope(WRITE)
def ask_on_site(request: HttpRequest, threat_id: s.Ident, payload: s.OnSiteIn) -> Status[Any]:
    by = api_actor(request)
    made = services.ask_on_site(threat_id=threat_id, **payload.model_dump(), at=now(), by=by)
    return Status(201, s.on_site_out(made))


@router.post("/{threat_id}/outcome", response=s.ThreatOut, summary="How it came out")
@needs_scope(WRITE)
def end_threat(request: HttpRequest, threat_id: s.Ident, payload: s.ThreatOutcomeIn) -> dict[str, Any]:
    by = api_actor(request)
    return s.threat_out(services.end_threat(threat_id=threat_id, **payload.model_dump(), at=now(), by=by))
