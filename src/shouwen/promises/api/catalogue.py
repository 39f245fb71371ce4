"""/api/v1/service-items"""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Status

from shouwen.customers import queries as customers
from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor, needs_scope
from shouwen.platform.web import paginate
from shouwen.promises import queries, services
from shouwen.promises.api import catalogue_schemas as s
from shouwen.promises.api.schemas import Ident, PromisePageWanted
from shouwen.promises.rules.coverage import Rule

router = Router(tags=["service-items"])


@router.get("", response=s.ItemsOut, summary="The service catalogue with the standards of each item")
@needs_scope("promises:read")
def list_items(request: HttpRequest, wanted: Query[PromisePageWanted]) -> dict[str, Any]:
    page = paginate(queries.items(), order=("id",), cursor=wanted.cursor, limit=wanted.limit)
    standards: dict[int | None, list[Any]] = defaultdict(list)
    for standard in queries.standards(now()):
        standards[standard.item_id].append(standard)
    return {
        "items": [s.item_out(item, standards[item.pk]) for item in page.items],
        "next_cursor": page.next_cursor,
        "previous_cursor": page.previous_cursor,
    }


@router.post("", response={201: s.ItemOut}, summary="Create a service item")
@needs_scope("promises:write")
def create(request: HttpRequest, payload: s.ItemIn) -> Status[dict[str, Any]]:
    given = payload.model_dump(exclude_none=True)
    return Status(201, s.item_out(services.create_item(**given, at=now(), by=api_actor(request)), []))


@router.get("/{item_id}", response=s.ItemOut, summary="One service item")
@needs_scope("promises:read")
def one(request: HttpRequest, item_id: Ident) -> dict[str, Any]:
    return s.item_out(queries.item(item_id), queries.standards(now(), item_id=item_id))


@router.patch("/{item_id}", response=s.ItemOut, summary="Change a service item")
@needs_scope("promises:write")
def change(request: HttpRequest, item_id: Ident, payload: s.ItemChange) -> dict[str, Any]:
    given = payload.model_dump(exclude_none=True)
    item = services.change_item(item_id=item_id, **given, at=now(), by=api_actor(request))
    return s.item_out(item, queries.standards(now(), item_id=item_id))


@router.post("/{item_id}/standards", response={201: s.StandardOut}, summary="State a standard of an item")
@needs_scope("promises:write")
def state_standard(request: HttpRequest, item_id: Ident, payload: s.StandardIn) -> Status[Any]:
    queries.item(item_id)
    given = payload.model_dump()
    return Status(201, services.set_standard(item_id=item_id, **given, at=now(), by=api_actor(request)))


@router.get(
    "/{item_id}/coverage", response=list[s.CoverageOut], summary="What the item covers for an asset, and why"
)
@needs_scope("promises:read")
def coverage(request: HttpRequest, item_id: Ident, wanted: Query[s.CoverageWanted]) -> list[dict[str, Any]]:
    queries.item(item_id)
    asset = customers.asset(wanted.asset_id) if wanted.asset_id else None
    if asset is not None:
        customers.get(asset.customer_id, api_actor(request))
    on = wanted.on or timezone.localdate(now())
    return [s.coverage_out(one) for one in queries.coverage_of(item_id, asset, on, wanted.repair_days)]


@router.get(
    "/{item_id}/coverage/rules",
    response=list[s.CoverageRuleOut],
    summary="What is stated of an item's coverage",
)
@needs_scope("promises:read")
def coverage_rules(request: HttpRequest, item_id: Ident) -> list[Any]:
    queries.item(item_id)
    return queries.coverage_rules(item_id)


@router.put(
    "/{item_id}/coverage/rules",
    response=list[s.CoverageRuleOut],
    summary="State everything an item covers; what is left out is no longer covered",
)
@needs_scope("promises:write")
def state_coverage(request: HttpRequest, item_id: Ident, payload: s.CoverageIn) -> list[Any]:
    wanted = [Rule(**rule.model_dump()) for rule in payload.rules]
    return services.set_coverage(item_id=item_id, wanted=wanted, at=now(), by=api_actor(request))
