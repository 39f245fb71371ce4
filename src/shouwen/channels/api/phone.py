"""/api/v1/phone: telephone systems, lines and extensions."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from shouwen.channels import policies
from shouwen.channels.api import phone_schemas as s
from shouwen.channels.vendors.phone import queries, services
from shouwen.platform.access import now, require
from shouwen.platform.apikit import api_actor, needs_scope

router = Router(tags=["phone"])


@router.get("", response=s.PhoneOut, summary="Telephone systems, lines and extensions, without any secret")
@needs_scope("settings:read")
def settings(request: HttpRequest) -> dict[str, Any]:
    require(api_actor(request), policies.SET_UP)
    return {
        "systems": [s.system_out(one) for one in queries.systems()],
        "lines": queries.lines(),
        "extensions": queries.extensions(),
    }


@router.post("/systems", response={201: s.SystemMade}, summary="Connect a telephone system")
@needs_scope("settings:write")
def add_system(request: HttpRequest, payload: s.SystemIn) -> Status[dict[str, Any]]:
    """The secret it signs with is in this answer, and never again."""
    made, secret = services.add_system(name=payload.name, dial=payload.dial, at=now(), by=api_actor(request))
    return Status(201, {**s.system_out(made), "secret": secret})


@router.put("/systems/{system_id}", response=s.SystemOut, summary="Change a telephone system")
@needs_scope("settings:write")
def change_system(request: HttpRequest, system_id: s.Ident, payload: s.SystemChange) -> dict[str, Any]:
    made = services.change_system(
        system_id=system_id, **payload.model_dump(), at=now(), by=api_actor(request)
    )
    return s.system_out(made)


@router.post("/systems/{system_id}/secret", response=s.SecretOut, summary="A new secret; the old one ends")
@needs_scope("settings:write")
def new_secret(request: HttpRequest, system_id: s.Ident) -> dict[str, Any]:
    return {"secret": services.new_secret(system_id=system_id, at=now(), by=api_actor(request))}


@router.put("/lines/{number}", response=s.PhoneLineOut, summary="Add or change a line")
@needs_scope("settings:write")
def set_line(request: HttpRequest, number: s.Number, payload: s.PhoneLineIn) -> Any:
    return services.set_line(number=number, **payload.model_dump(), at=now(), by=api_actor(request))


@router.delete("/lines/{number}", response={204: None}, summary="Take a line away; its calls stay")
@needs_scope("settings:write")
def remove_line(request: HttpRequest, number: s.Number) -> Status[None]:
    by = api_actor(request)
    require(by, policies.SET_UP)
    services.remove_line(line_id=queries.line_at(number).pk, at=now(), by=by)
    return Status(204, None)


@router.put("/extensions/{number}", response=s.ExtensionOut, summary="Whose telephone it is from now on")
@needs_scope("settings:write")
def set_extension(request: HttpRequest, number: s.Number, payload: s.PhoneExtensionIn) -> Any:
    return services.set_extension(number=number, staff_id=payload.staff_id, at=now(), by=api_actor(request))


@router.delete("/extensions/{number}", response={204: None}, summary="Nobody's telephone any more")
@needs_scope("settings:write")
def remove_extension(request: HttpRequest, number: s.Number) -> Status[None]:
    by = api_actor(request)
    require(by, policies.SET_UP)
    services.remove_extension(extension_id=queries.extension_at(number).pk, at=now(), by=by)
    return Status(204, None)
