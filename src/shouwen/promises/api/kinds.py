"""/api/v1/promise-kinds: who may promise what, and how long ahead."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from shouwen.platform.access import now, require
from shouwen.platform.apikit import api_actor, needs_scope
from shouwen.promises import policies, queries, services
from shouwen.promises.api import settings_schemas as s

router = Router(tags=["promise-kinds"])


@router.get("", response=list[s.PromiseKindOut], summary="Every kind of promise and who may make it")
@needs_scope("promises:read")
def list_kinds(request: HttpRequest) -> list[dict[str, Any]]:
    """`usual_minutes` is the p80 of how long such work took in working time; null while too little is known."""
    require(api_actor(request), policies.CATALOGUE)
    return [s.kind_out(kind) for kind in queries.promise_kinds()]


@router.get("/{work}", response=s.PromiseKindOut, summary="One kind of promise")
@needs_scope("promises:read")
def one(request: HttpRequest, work: s.Work) -> dict[str, Any]:
    require(api_actor(request), policies.CATALOGUE)
    return s.kind_out(queries.promise_kind(work))


@router.put("/{work}", response=s.PromiseKindOut, summary="State the whole rule of one kind")
@needs_scope("promises:write")
def state(request: HttpRequest, work: s.Work, payload: s.PromiseKindIn) -> dict[str, Any]:
    """What is left out is taken away. `roles` are the only ones that may make it; null: everybody who may promise."""
    by = api_actor(request)
    queries.promise_kind(work)
    services.set_promise_kind(
        work=work,
        minimum_lead_minutes=payload.minimum_lead_minutes,
        strict=payload.strict,
        restricted=payload.roles is not None,
        roles=s.roles_of(payload),
        at=now(),
        by=by,
    )
    return s.kind_out(queries.promise_kind(work))
