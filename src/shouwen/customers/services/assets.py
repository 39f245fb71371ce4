"""What a customer has of ours, and until when we stand for it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.customers import policies, queries
from shouwen.customers.events import AssetAdded, AssetChanged
from shouwen.customers.models import Asset, Customer
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus

FIELDS = ("name", "model", "serial_number", "bought_on", "warranty_until", "location", "note")


@transaction.atomic
def add_asset(
    *,
    customer_id: int,
    name: str,
    at: datetime,
    by: Actor,
    model: str = "",
    serial_number: str = "",
    bought_on: date | None = None,
    warranty_until: date | None = None,
    location: str = "",
    note: str = "",
) -> Asset:
    customer = queries.locked(customer_id)
    ensure(policies.may_change, by, customer)
    asset = Asset(
        customer=customer,
        name=name.strip(),
        model=model.strip(),
        serial_number=serial_number.strip(),
        bought_on=bought_on,
        warranty_until=warranty_until,
        location=location,
        note=note,
        created_at=at,
    )
    _check(asset)
    asset.save()
    _announce(AssetAdded(customer.pk, asset.pk, str(asset)), customer, asset, by=by, at=at)
    return asset


@transaction.atomic
def change_asset(*, asset_id: int, at: datetime, by: Actor, **values: Any) -> Asset:
    """Change any of name, model, serial_number, bought_on, warranty_until, location, note."""
    asset = queries.asset(asset_id)
    customer = queries.locked(asset.customer_id)
    ensure(policies.may_change, by, customer)
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise Invalid(_("This cannot be changed here."), field=min(unknown))
    before = {field: getattr(asset, field) for field in values if getattr(asset, field) != values[field]}
    if not before:
        return asset
    for field in before:
        setattr(asset, field, values[field])
    _check(asset)
    asset.save(update_fields=list(before))
    after = {field: values[field] for field in before}
    fact = AssetChanged(customer.pk, asset.pk, str(asset))
    _announce(fact, customer, asset, by=by, at=at, before=before, after=after)
    return asset


def _check(asset: Asset) -> None:
    if not asset.name:
        raise Invalid(_("Give the asset a name."), field="name")
    if asset.bought_on and asset.warranty_until and asset.warranty_until < asset.bought_on:
        raise Invalid(_("The warranty cannot end before the purchase."), field="warranty_until")
    twins = Asset.objects.filter(customer_id=asset.customer_id, serial_number=asset.serial_number)
    if asset.serial_number and twins.exclude(pk=asset.pk).exists():
        raise Invalid(_("This customer already has an asset with this serial number."), field="serial_number")


def _announce(
    fact: AssetAdded | AssetChanged,
    customer: Customer,
    asset: Asset,
    *,
    by: Actor,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    bus.announce(
        fact,
        subjects=[customer.subject, asset.subject],
        by=by,
        at=at,
        before=_plain(before),
        after=_plain(after),
    )


def _plain(values: dict[str, Any] | None) -> dict[str, Any] | None:
    """Dates as text: an event holds plain values only."""
    if values is None:
        return None
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
