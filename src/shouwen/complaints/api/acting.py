"""What every operation on one complaint does: find it for the caller, call the service, answer how it stands now."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from shouwen.complaints import queries
from shouwen.complaints.api import schemas as s
from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor

WRITE = "complaints:write"


def done_with(request: HttpRequest, ref: str, service: Callable[..., Any], **given: Any) -> Any:
    by = api_actor(request)
    return service(complaint_id=queries.get(ref, by).pk, **given, at=now(), by=by)


def complaint_now(request: HttpRequest, ref: str) -> dict[str, Any]:
    found = queries.get(ref, api_actor(request))
    missing = [need.code for need in queries.needs(found, queries.parts(found)) if not need.done]
    return s.complaint_out(found, missing)
