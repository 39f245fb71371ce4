"""/api/v1/customers"""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from shouwen.customers import queries, services
from shouwen.customers.api import schemas as s
from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor, needs_scope
from shouwen.platform.web import paginate

router = Router(tags=["customers"])
Ident = Annotated[int, Path(ge=1, le=2**62)]


@router.get("", response=s.CustomersOut, summary="List or search customers, latest contact first")
@needs_scope("customers:read")
def list_customers(request: HttpRequest, wanted: Query[s.CustomersWanted]) -> dict[str, Any]:
    by = api_actor(request)
    rows = queries.listed(by, at=now(), q=wanted.q, tier=wanted.tier or "", kind=wanted.kind or "")
    page = paginate(rows, order=queries.ORDER, cursor=wanted.cursor, limit=wanted.limit)
    return {
        "items": [s.customer_out(one, by, list(one.contacts.all())) for one in page.items],
        "next_cursor": page.next_cursor,
        "previous_cursor": page.previous_cursor,
    }


@router.post("", response={201: s.CustomerOut}, summary="Register a customer")
@needs_scope("customers:write")
def register(request: HttpRequest, payload: s.CustomerCustomerIn) -> Status[dict[str, Any]]:
    by, at = api_actor(request), now()
    values = payload.model_dump(exclude={"contacts", "organisation_id"})
    organisation = queries.get(payload.organisation_id, by) if payload.organisation_id else None
    contacts = [(one.kind, one.value) for one in payload.contacts]
    made = services.register(**values, contacts=contacts, organisation=organisation, at=at, by=by)
    return Status(201, s.customer_out(made, by))


@router.get("/{customer_id}", response=s.CustomerOut, summary="One customer")
@needs_scope("customers:read")
def one_customer(request: HttpRequest, customer_id: Ident) -> dict[str, Any]:
    by = api_actor(request)
    return s.customer_out(queries.get(customer_id, by), by)


@router.patch("/{customer_id}", response=s.CustomerOut, summary="Change a customer")
@needs_scope("customers:write")
def change(request: HttpRequest, customer_id: Ident, payload: s.CustomerChange) -> dict[str, Any]:
    by, at = api_actor(request), now()
    queries.get(customer_id, by)
    given = {key: value for key, value in payload.model_dump(exclude_unset=True).items() if value is not None}
    reason, tier = given.pop("tier_reason", ""), given.pop("tier", None)
    services.change_and_grade(customer_id=customer_id, tier=tier, reason=reason, values=given, at=at, by=by)
    return s.customer_out(queries.get(customer_id, by), by)


@router.post("/{customer_id}/contacts", response={201: s.ContactOut}, summary="Add a phone or address")
@needs_scope("customers:write")
def add_contact(
    request: HttpRequest, customer_id: Ident, payload: s.CustomerContactIn
) -> Status[dict[str, Any]]:
    by = api_actor(request)
    point = services.add_contact(customer_id=customer_id, **payload.model_dump(), at=now(), by=by)
    return Status(201, s.contact_out(point, by))


@router.delete("/{customer_id}/contacts/{contact_id}", response={204: None}, summary="Remove a contact")
@needs_scope("customers:write")
def remove_contact(request: HttpRequest, customer_id: Ident, contact_id: Ident) -> Status[None]:
    services.remove_contact(customer_id=customer_id, contact_id=contact_id, at=now(), by=api_actor(request))
    return Status(204, None)


@router.get("/{customer_id}/assets", response=list[s.AssetOut], summary="What the customer has of ours")
@needs_scope("customers:read")
def assets(request: HttpRequest, customer_id: Ident) -> list[dict[str, Any]]:
    found = queries.get(customer_id, api_actor(request))
    return [s.asset_out(one, now().date()) for one in queries.assets_of(found.pk)]


@router.post("/{customer_id}/assets", response={201: s.AssetOut}, summary="Add an asset")
@needs_scope("customers:write")
def add_asset(request: HttpRequest, customer_id: Ident, payload: s.AssetIn) -> Status[dict[str, Any]]:
    at = now()
    made = services.add_asset(customer_id=customer_id, **payload.model_dump(), at=at, by=api_actor(request))
    return Status(201, s.asset_out(made, at.date()))


@router.patch("/{customer_id}/assets/{asset_id}", response=s.AssetOut, summary="Change an asset")
@needs_scope("customers:write")
def change_asset(
    request: HttpRequest, customer_id: Ident, asset_id: Ident, payload: s.AssetChange
) -> dict[str, Any]:
    at = now()
    queries.asset(asset_id, customer_id)
    dates = {"bought_on", "warranty_until"}  # these may be emptied; a text is emptied by ""
    given = payload.model_dump(exclude_unset=True).items()
    values = {key: value for key, value in given if value is not None or key in dates}
    changed = services.change_asset(asset_id=asset_id, **values, at=at, by=api_actor(request))
    return s.asset_out(changed, at.date())


@router.get("/{customer_id}/flags", response=list[s.FlagOut], summary="Caution flags in force")
@needs_scope("customers:read")
def flags(request: HttpRequest, customer_id: Ident) -> list[dict[str, Any]]:
    found = queries.get(customer_id, api_actor(request))
    return [s.flag_out(one) for one in queries.active_flags(found.pk, now())]


@router.post("/{customer_id}/flags", response={201: s.FlagOut}, summary="Set a caution flag")
@needs_scope("customers:write")
def flag(request: HttpRequest, customer_id: Ident, payload: s.FlagIn) -> Status[dict[str, Any]]:
    made = services.flag(customer_id=customer_id, **payload.model_dump(), at=now(), by=api_actor(request))
    return Status(201, s.flag_out(made))


def _flag(request: HttpRequest, customer_id: int, flag_id: int) -> int:
    """The flag, of this customer, whom the caller may see."""
    queries.get(customer_id, api_actor(request))
    return queries.flag(flag_id, customer_id).pk


@router.post(
    "/{customer_id}/flags/{flag_id}/hearing", response=s.FlagOut, summary="What the customer says to a flag"
)
@needs_scope("customers:write")
def hear(
    request: HttpRequest, customer_id: Ident, flag_id: Ident, payload: s.FlagHearingIn
) -> dict[str, Any]:
    pk = _flag(request, customer_id, flag_id)
    return s.flag_out(
        services.hear_customer(flag_id=pk, words=payload.words, at=now(), by=api_actor(request))
    )


@router.post(
    "/{customer_id}/flags/{flag_id}/review", response=s.FlagOut, summary="Keep a flag after looking at it"
)
@needs_scope("customers:write")
def review_flag(
    request: HttpRequest, customer_id: Ident, flag_id: Ident, payload: s.FlagReviewIn
) -> dict[str, Any]:
    pk = _flag(request, customer_id, flag_id)
    changed = services.review_flag(flag_id=pk, **payload.model_dump(), at=now(), by=api_actor(request))
    return s.flag_out(changed)


@router.post("/{customer_id}/flags/{flag_id}/end", response=s.FlagOut, summary="End a flag")
@needs_scope("customers:write")
def end_flag(
    request: HttpRequest, customer_id: Ident, flag_id: Ident, payload: s.FlagEndIn
) -> dict[str, Any]:
    pk = _flag(request, customer_id, flag_id)
    return s.flag_out(services.end_flag(flag_id=pk, reason=payload.reason, at=now(), by=api_actor(request)))


@router.post("/{customer_id}/merges", response={201: s.MergeOut}, summary="Merge another record in")
@needs_scope("customers:write")
def merge(request: HttpRequest, customer_id: Ident, payload: s.MergeIn) -> Status[dict[str, Any]]:
    made = services.merge(
        winner_id=customer_id,
        loser_id=payload.loser_id,
        choice=payload.choice,
        at=now(),
        by=api_actor(request),
    )
    return Status(201, s.merge_out(made))


@router.delete("/{customer_id}/merges/{merge_id}", response=s.MergeOut, summary="Undo a merge")
@needs_scope("customers:write")
def undo_merge(request: HttpRequest, customer_id: Ident, merge_id: Ident) -> dict[str, Any]:
    queries.merge(merge_id, customer_id)
    return s.merge_out(services.undo_merge(merge_id=merge_id, at=now(), by=api_actor(request)))
