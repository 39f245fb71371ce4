"""/api/v1/calls: calls, what was said about them, and who is to be called back."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from shouwen.channels import policies
from shouwen.channels.api import phone_schemas as s
from shouwen.channels.vendors.phone import queries, services
from shouwen.platform.access import ensure, now
from shouwen.platform.apikit import api_actor, needs_scope
from shouwen.platform.web import paginate

router = Router(tags=["phone"])


@router.get("", response=s.CallsOut, summary="Calls, the newest first; by default those to call back")
@needs_scope("channels:read")
def list_calls(request: HttpRequest, wanted: Query[s.CallsWanted]) -> dict[str, Any]:
    by, at = api_actor(request), now()
    ensure(policies.may_see_calls, by)
    rows = queries.listed(by, wanted.view, at, since=wanted.since, until=wanted.until)
    found = paginate(rows, order=("-started_at", "-id"), cursor=wanted.cursor, limit=wanted.limit)
    return {
        "items": [s.call_out(one, by) for one in found.items],
        "next_cursor": found.next_cursor,
        "previous_cursor": found.previous_cursor,
    }


@router.get("/{call_id}", response=s.CallWhole, summary="One call with what was reported of it")
@needs_scope("channels:read")
def one_call(request: HttpRequest, call_id: s.Ident) -> dict[str, Any]:
    by = api_actor(request)
    call = queries.get(call_id, by)
    return {**s.call_out(call, by), "events": queries.events_of(call)}


@router.post(
    "/{call_id}/permissions", response=s.CallOut, summary="The caller agrees to be held or passed on"
)
@needs_scope("channels:write")
def permit(request: HttpRequest, call_id: s.Ident, payload: s.PermissionIn) -> dict[str, Any]:
    by = api_actor(request)
    call = queries.get(call_id, by)
    services.permit(call_id=call.pk, what=payload.what, at=now(), by=by)
    return s.call_out(queries.call(call.pk), by)


@router.post("/{call_id}/call-back", response=s.CallOut, summary="Somebody reached who had not got through")
@needs_scope("channels:write")
def called_back(request: HttpRequest, call_id: s.Ident) -> dict[str, Any]:
    by = api_actor(request)
    call = queries.get(call_id, by)
    services.close_missed(call_id=call.pk, at=now(), by=by)
    return s.call_out(queries.call(call.pk), by)
