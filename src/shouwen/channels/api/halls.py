"""/api/v1/halls: halls, their matters and counters, who waits there, and the numbers given out."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from shouwen.channels import policies
from shouwen.channels.api import desk_schemas as s
from shouwen.channels.vendors.desk import queries, services
from shouwen.platform.access import ensure, now, require
from shouwen.platform.apikit import api_actor, needs_scope

router = Router(tags=["service desk"])


@router.get("", response=list[s.HallOut], summary="Halls with their matters and counters")
@needs_scope("channels:read")
def list_halls(request: HttpRequest) -> list[dict[str, Any]]:
    """`key` opens the tablet and the screen; only who sets up halls is told it."""
    by = api_actor(request)
    ensure(policies.may_see_halls, by)
    return [s.hall_out(one, by) for one in queries.halls()]


@router.post("", response={201: s.HallOut}, summary="Set up a hall")
@needs_scope("settings:write")
def add_hall(request: HttpRequest, payload: s.HallIn) -> Status[dict[str, Any]]:
    by = api_actor(request)
    made = services.add_hall(name=payload.name, team_id=payload.team_id, at=now(), by=by)
    return Status(201, s.hall_out(made, by))


@router.put("/{hall_id}", response=s.HallOut, summary="Change a hall")
@needs_scope("settings:write")
def change_hall(request: HttpRequest, hall_id: s.Ident, payload: s.HallChange) -> dict[str, Any]:
    by = api_actor(request)
    made = services.change_hall(hall_id=hall_id, **payload.model_dump(), at=now(), by=by)
    return s.hall_out(made, by)


@router.put("/{hall_id}/matters/{letter}", response=s.HallOut, summary="Add or change a matter")
@needs_scope("settings:write")
def set_matter(
    request: HttpRequest, hall_id: s.Ident, letter: s.Letter, payload: s.MatterIn
) -> dict[str, Any]:
    by = api_actor(request)
    services.set_matter(hall_id=hall_id, letter=letter, **payload.model_dump(), at=now(), by=by)
    return s.hall_out(queries.hall(hall_id), by)


@router.delete("/{hall_id}/matters/{letter}", response=s.HallOut, summary="Give out no more numbers for it")
@needs_scope("settings:write")
def remove_matter(request: HttpRequest, hall_id: s.Ident, letter: s.Letter) -> dict[str, Any]:
    by = api_actor(request)
    require(by, policies.SET_UP)
    matter_id = queries.matter_at(hall_id, letter).pk
    services.remove_matter(matter_id=matter_id, at=now(), by=by)
    return s.hall_out(queries.hall(hall_id), by)


@router.post("/{hall_id}/counters", response={201: s.HallOut}, summary="Add a counter")
@needs_scope("settings:write")
def add_counter(request: HttpRequest, hall_id: s.Ident, payload: s.CounterIn) -> Status[dict[str, Any]]:
    by = api_actor(request)
    services.set_counter(hall_id=hall_id, name=payload.name, at=now(), by=by)
    return Status(201, s.hall_out(queries.hall(hall_id), by))


@router.delete("/{hall_id}/counters/{counter_id}", response=s.HallOut, summary="Take a counter away")
@needs_scope("settings:write")
def remove_counter(request: HttpRequest, hall_id: s.Ident, counter_id: s.Ident) -> dict[str, Any]:
    by = api_actor(request)
    require(by, policies.SET_UP)
    services.remove_counter(counter_id=queries.counter_in(hall_id, counter_id).pk, at=now(), by=by)
    return s.hall_out(queries.hall(hall_id), by)


@router.get("/{hall_id}/queue", response=s.QueueOut, summary="Who waits, who is served, how long it takes")
@needs_scope("channels:read")
def queue(request: HttpRequest, hall_id: s.Ident) -> dict[str, Any]:
    require(api_actor(request), policies.SERVE)
    return s.queue_out(queries.hall(hall_id), now())


@router.post("/{hall_id}/numbers", response={201: s.TicketOut}, summary="Take a number")
@needs_scope("channels:write")
def take_number(request: HttpRequest, hall_id: s.Ident, payload: s.NumberIn) -> Status[dict[str, Any]]:
    """`page` is the visitor's own: their number, who is before them and the estimate."""
    by, at = api_actor(request), now()
    require(by, policies.SERVE)
    hall = queries.active_hall(hall_id)
    visit = services.take_number(hall=hall, matter_id=payload.matter_id, phone=payload.phone, at=at, by=by)
    return Status(201, s.ticket_out(visit, at))
