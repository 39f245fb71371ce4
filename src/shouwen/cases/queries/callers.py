"""Who asks, at the phone or the desk: found while a number or a name is typed, with all that is known at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shouwen.cases.models import Case
from shouwen.cases.queries.one import visible_to
from shouwen.customers import queries as customers
from shouwen.customers.models import Asset, CautionFlag, Customer
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor
from shouwen.promises import queries as promises

RECENT = 6


@dataclass(frozen=True)
class Card:
    """What is on the table when somebody calls."""

    customer: Customer
    contacts: list[Any]
    cases: list[Case]
    assets: list[Asset]
    flags: list[CautionFlag]
    owed: list[Any]
    asset_choices: list[tuple[int, str]]


def found(text: str, limit: int = 8) -> list[Customer]:
    """A single Latin letter or digit says nothing; a single Chinese surname does."""
    plain = text.strip()
    return customers.lookup(plain, limit) if len(plain) > 1 or not plain.isascii() else []


def sure(text: str) -> Customer | None:
    """The one customer whose whole number or address this is."""
    plain = text.strip()
    kind = "email" if "@" in plain else "phone"
    if sum(character.isdigit() for character in plain) < 7 and kind == "phone":
        return None
    try:
        known = customers.of_contact(kind, plain)
    except Invalid:
        return None
    return customers.current(known.pk) if known else None


def card(customer_id: int, actor: Actor, at: datetime) -> Card:
    """Recent cases with the open ones first, assets, caution flags, promises still owed."""
    customer = customers.get(customer_id, actor)
    rows = visible_to(actor).filter(customer_id=customer.pk).select_related("owner")
    recent = sorted(rows.order_by("-last_at", "-id")[: RECENT * 2], key=lambda case: not case.active)
    owed = [one for one in promises.for_customer([customer.pk], actor) if one.owed]
    assets = customers.assets_of(customer.pk)
    return Card(
        customer=customer,
        contacts=customers.contacts_of(customer.pk),
        cases=recent[:RECENT],
        assets=assets,
        flags=customers.active_flags(customer.pk, at),
        owed=owed[:3],
        asset_choices=[(asset.pk, asset_label(asset, at)) for asset in assets],
    )


def asset_label(asset: Asset, at: datetime) -> str:
    """An asset on one line, with whether its warranty still runs."""
    words = [asset.name, asset.model, asset.serial_number]
    if asset.warranty_until is not None:
        day = asset.warranty_until.isoformat()
        runs = asset.in_warranty(at.date())
        words.append(
            _("in warranty until %(day)s") % {"day": day}
            if runs
            else _("warranty ended %(day)s") % {"day": day}
        )
    return " · ".join(word for word in words if word)


def guess(text: str) -> dict[str, str]:
    """What was typed, put into the field of a new customer it most likely belongs to."""
    plain = text.strip()
    if "@" in plain:
        return {"email": plain}
    digits = sum(character.isdigit() for character in plain)
    return {"phone": plain} if digits >= 5 and digits * 2 > len(plain) else {"name": plain}
