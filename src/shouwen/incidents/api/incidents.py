"""/api/v1/incidents"""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from shouwen.cases import queries as cases
from shouwen.incidents import queries, services
from shouwen.incidents.api import schemas as s
from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor, needs_scope
from shouwen.platform.web import paginate

router = Router(tags=["incidents"])


def _whole(request: HttpRequest, incident_id: int) -> dict[str, Any]:
    return s.whole_out(queries.incident_page(incident_id, api_actor(request)))


@router.get("", response=s.IncidentsOut, summary="Incidents: active, suspected or past")
@needs_scope("incidents:read")
def list_incidents(request: HttpRequest, wanted: Query[s.IncidentsWanted]) -> dict[str, Any]:
    rows = queries.listed(api_actor(request), wanted.view)
    page = paginate(rows, order=("-began_at", "-id"), cursor=wanted.cursor, limit=wanted.limit)
    return {
        "items": [s.incident_out(one) for one in page.items],
        "next_cursor": page.next_cursor,
        "previous_cursor": page.previous_cursor,
    }


@router.post("", response={201: s.IncidentOut}, summary="Open an incident")
@needs_scope("incidents:write")
def open_incident(request: HttpRequest, payload: s.IncidentIn) -> Status[dict[str, Any]]:
    given = payload.model_dump()
    ids = [cases.case_id_of(ref) for ref in given.pop("cases")]
    made = services.open_incident(case_ids=ids, **given, at=now(), by=api_actor(request))
    return Status(201, s.incident_out(made))


@router.get("/{incident_id}", response=s.IncidentWhole, summary="One incident with its areas and updates")
@needs_scope("incidents:read")
def one(request: HttpRequest, incident_id: s.Ident) -> dict[str, Any]:
    return _whole(request, incident_id)


@router.patch("/{incident_id}", response=s.IncidentOut, summary="Change what is known")
@needs_scope("incidents:write")
def change(request: HttpRequest, incident_id: s.Ident, payload: s.IncidentChange) -> dict[str, Any]:
    given = payload.model_dump(exclude_none=True)
    return s.incident_out(services.change(incident_id=incident_id, **given, at=now(), by=api_actor(request)))


@router.post("/{incident_id}/opening", response=s.IncidentWhole, summary="A suspicion is an incident")
@needs_scope("incidents:write")
def opening(request: HttpRequest, incident_id: s.Ident) -> dict[str, Any]:
    services.open_suspected(incident_id=incident_id, at=now(), by=api_actor(request))
    return _whole(request, incident_id)


@router.post("/{incident_id}/dismissal", response=s.IncidentOut, summary="Dismiss a suspicion")
@needs_scope("incidents:write")
def dismissal(request: HttpRequest, incident_id: s.Ident, payload: s.MaybeReasonIn) -> dict[str, Any]:
    return s.incident_out(
        services.dismiss(incident_id=incident_id, reason=payload.reason, at=now(), by=api_actor(request))
    )


@router.post("/{incident_id}/joining", response=s.IncidentWhole, summary="A suspicion is part of a known one")
@needs_scope("incidents:write")
def joining(request: HttpRequest, incident_id: s.Ident, payload: s.JoiningGiven) -> dict[str, Any]:
    """Its cases are linked with the incident `into`; the suspicion is over. Answers with that incident."""
    services.join(incident_id=incident_id, into_id=payload.into, at=now(), by=api_actor(request))
    return _whole(request, payload.into)


@router.post("/{incident_id}/updates", response={201: s.IncidentWhole}, summary="Tell every customer of it")
@needs_scope("incidents:write")
def publish(request: HttpRequest, incident_id: s.Ident, payload: s.NewsIn) -> Status[dict[str, Any]]:
    """With `estimate_at` each customer is promised that time; who was promised another one hears of it first."""
    services.publish(incident_id=incident_id, **payload.model_dump(), at=now(), by=api_actor(request))
    return Status(201, _whole(request, incident_id))


@router.post("/{incident_id}/restoration", response={201: s.IncidentWhole}, summary="It works again")
@needs_scope("incidents:write")
def restore(request: HttpRequest, incident_id: s.Ident, payload: s.RestorationIn) -> Status[dict[str, Any]]:
    """In the areas with these ids, or everywhere. The customers there are asked one by one."""
    given = payload.model_dump()
    services.restore(
        incident_id=incident_id, area_ids=given.pop("areas"), **given, at=now(), by=api_actor(request)
    )
    return Status(201, _whole(request, incident_id))


@router.post("/{incident_id}/closing", response=s.IncidentOut, summary="Close a restored incident")
@needs_scope("incidents:write")
def closing(request: HttpRequest, incident_id: s.Ident) -> dict[str, Any]:
    return s.incident_out(services.close(incident_id=incident_id, at=now(), by=api_actor(request)))


@router.post("/{incident_id}/reopening", response=s.IncidentOut, summary="It does not hold")
@needs_scope("incidents:write")
def reopening(request: HttpRequest, incident_id: s.Ident, payload: s.IncidentReasonIn) -> dict[str, Any]:
    return s.incident_out(
        services.reopen(incident_id=incident_id, reason=payload.reason, at=now(), by=api_actor(request))
    )


@router.get("/{incident_id}/cases", response=s.LinksOut, summary="Its cases, as far as you may see them")
@needs_scope("incidents:read")
def links(request: HttpRequest, incident_id: s.Ident, wanted: Query[s.LinksWanted]) -> dict[str, Any]:
    actor = api_actor(request)
    page = queries.links(
        queries.get(incident_id, actor), actor, show=wanted.show, cursor=wanted.cursor, limit=wanted.limit
    )
    return {
        "items": [s.link_out(row) for row in page.rows],
        "next_cursor": page.next_cursor,
        "previous_cursor": page.previous_cursor,
    }


@router.post("/{incident_id}/cases", response={201: s.IncidentOut}, summary="Link cases")
@needs_scope("incidents:write")
def link(request: HttpRequest, incident_id: s.Ident, payload: s.LinkedCaseIn) -> Status[dict[str, Any]]:
    by = api_actor(request)
    if payload.ref is not None:
        services.link(incident_id=incident_id, case_id=cases.case_id_of(payload.ref), at=now(), by=by)
    ids = [cases.case_id_of(ref) for ref in payload.refs]
    if ids:
        services.link_many(incident_id=incident_id, case_ids=ids, at=now(), by=by)
    return Status(201, s.incident_out(queries.get(incident_id, by)))


@router.delete("/{incident_id}/cases/{ref}", response=s.IncidentOut, summary="Take a case off")
@needs_scope("incidents:write")
def unlink(request: HttpRequest, incident_id: s.Ident, ref: s.Ref) -> dict[str, Any]:
    by = api_actor(request)
    services.unlink(incident_id=incident_id, case_id=cases.case_id_of(ref), at=now(), by=by)
    return s.incident_out(queries.get(incident_id, by))


@router.post("/{incident_id}/cases/{ref}/answer", response=s.IncidentOut, summary="What a customer said")
@needs_scope("incidents:write")
def answer(request: HttpRequest, incident_id: s.Ident, ref: s.Ref, payload: s.AnswerGiven) -> dict[str, Any]:
    by = api_actor(request)
    case_id = cases.case_id_of(ref)
    services.answer(incident_id=incident_id, case_id=case_id, **payload.model_dump(), at=now(), by=by)
    return s.incident_out(queries.get(incident_id, by))


@router.post("/{incident_id}/cases/{ref}/telling", response=s.IncidentOut, summary="Told by word of mouth")
@needs_scope("incidents:write")
def telling(request: HttpRequest, incident_id: s.Ident, ref: s.Ref) -> dict[str, Any]:
    by = api_actor(request)
    services.mark_told(incident_id=incident_id, case_id=cases.case_id_of(ref), at=now(), by=by)
    return s.incident_out(queries.get(incident_id, by))
