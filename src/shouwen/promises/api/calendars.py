"""/api/v1/calendars"""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor, needs_scope
from shouwen.promises import queries, services
from shouwen.promises.api import schemas as s

router = Router(tags=["calendars"])


@router.get("", response=list[s.CalendarOut], summary="All working calendars, the default one first")
@needs_scope("calendars:read")
def list_calendars(request: HttpRequest) -> list[Any]:
    return list(queries.calendars())


@router.post("", response={201: s.CalendarOut}, summary="Create a calendar")
@needs_scope("calendars:write")
def create(request: HttpRequest, payload: s.CalendarIn) -> Status[Any]:
    return Status(201, services.create_calendar(**payload.model_dump(), at=now(), by=api_actor(request)))


@router.get("/{calendar_id}", response=s.CalendarOut, summary="One calendar")
@needs_scope("calendars:read")
def one(request: HttpRequest, calendar_id: s.Ident) -> Any:
    return queries.calendar(calendar_id)


@router.patch("/{calendar_id}", response=s.CalendarOut, summary="Change a calendar")
@needs_scope("calendars:write")
def change(request: HttpRequest, calendar_id: s.Ident, payload: s.CalendarChange) -> Any:
    given = payload.model_dump(exclude_unset=True)
    return services.change_calendar(calendar_id=calendar_id, **given, at=now(), by=api_actor(request))


@router.get("/{calendar_id}/due", response=s.DueOut, summary="When something is due, step by step")
@needs_scope("calendars:read")
def due(request: HttpRequest, calendar_id: s.Ident, wanted: Query[s.DueWanted]) -> Any:
    queries.calendar(calendar_id)
    return queries.try_due(calendar_id, wanted.start, wanted.minutes * 60)
