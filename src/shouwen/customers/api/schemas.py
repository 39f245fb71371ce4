"""What goes in and out of the customers' API."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from shouwen.customers import policies, queries
from shouwen.platform.access import Actor
from shouwen.platform.apikit import Strict

Tier = Literal["A", "B", "C", "D"]
ContactKind = Literal["phone", "email", "wechat", "other"]


class CustomersWanted(Strict):
    q: str = Field("", max_length=100)
    tier: Tier | None = None
    kind: Literal["person", "organisation", "internal"] | None = None
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=100)


class CustomerContactIn(Strict):
    kind: ContactKind
    value: str = Field(min_length=1, max_length=254)
    label: str = Field("", max_length=40)
    primary: bool = False


class CustomerCustomerIn(Strict):
    name: str = Field(min_length=1, max_length=120)
    kind: Literal["person", "organisation", "internal"] = "person"
    tier: Tier = "C"
    contacts: list[CustomerContactIn] = Field(default_factory=list, max_length=20)
    organisation_id: int | None = Field(None, ge=1, le=2**62)
    salutation: str = Field("", max_length=40)
    language: Literal["zh-hans", "zh-hant", "en"] = "zh-hans"
    zone: str = Field("Asia/Shanghai", max_length=60)
    region: str = Field("", max_length=80)
    note: str = Field("", max_length=4000)
    external_ref: str = Field("", max_length=80)


class CustomerChange(Strict):
    """Only what is given changes; a changed tier needs `tier_reason`."""

    name: str | None = Field(None, min_length=1, max_length=120)
    salutation: str | None = Field(None, max_length=40)
    language: Literal["zh-hans", "zh-hant", "en"] | None = None
    zone: str | None = Field(None, max_length=60)
    region: str | None = Field(None, max_length=80)
    note: str | None = Field(None, max_length=4000)
    external_ref: str | None = Field(None, max_length=80)
    organisation_id: int | None = Field(None, ge=0, le=2**62, description="0 takes the customer out")
    tier: Tier | None = None
    tier_reason: str = Field("", max_length=200)


class AssetIn(Strict):
    name: str = Field(min_length=1, max_length=120)
    model: str = Field("", max_length=80)
    serial_number: str = Field("", max_length=80)
    bought_on: date | None = None
    warranty_until: date | None = None
    location: str = Field("", max_length=160)
    note: str = Field("", max_length=4000)


class AssetChange(Strict):
    name: str | None = Field(None, min_length=1, max_length=120)
    model: str | None = Field(None, max_length=80)
    serial_number: str | None = Field(None, max_length=80)
    bought_on: date | None = None
    warranty_until: date | None = None
    location: str | None = Field(None, max_length=160)
    note: str | None = Field(None, max_length=4000)


class FlagIn(Strict):
    reason: str = Field(min_length=1, max_length=200)
    evidence: str = Field(min_length=1, max_length=4000)
    review_on: date
    expires_at: datetime


class FlagReviewIn(Strict):
    reason: str = Field("", max_length=200)
    review_on: date
    expires_at: datetime


class FlagHearingIn(Strict):
    words: str = Field(min_length=1, max_length=2000)


class FlagEndIn(Strict):
    reason: str = Field("", max_length=200)


class MergeIn(Strict):
    loser_id: int = Field(ge=1, le=2**62)
    choice: dict[str, Literal["winner", "loser"]] = Field(default_factory=dict)


class ContactOut(Schema):
    id: int
    kind: str
    value: str
    masked: bool
    label: str
    primary: bool


class CustomerOut(Schema):
    id: int
    kind: str
    name: str
    salutation: str
    tier: str
    organisation_id: int | None
    organisation: str | None
    language: str
    zone: str
    region: str
    note: str
    external_ref: str
    contacts: list[ContactOut]
    created_at: datetime
    last_contact_at: datetime
    merged_into: int | None
    erased_at: datetime | None


class CustomersOut(Schema):
    items: list[CustomerOut]
    next_cursor: str | None
    previous_cursor: str | None


class AssetOut(Schema):
    id: int
    customer_id: int
    name: str
    model: str
    serial_number: str
    bought_on: date | None
    warranty_until: date | None
    warranty: str
    location: str
    note: str


class FlagOut(Schema):
    id: int
    reason: str
    evidence: str
    set_at: datetime
    review_on: date
    expires_at: datetime
    ended_at: datetime | None
    heard_words: str
    heard_at: datetime | None
    reviewed_at: datetime | None


class MergeOut(Schema):
    id: int
    winner_id: int
    loser_id: int
    at: datetime
    undone_at: datetime | None


def contact_out(point: Any, actor: Actor) -> dict[str, Any]:
    full = policies.sees_contacts(actor) or actor.customer_id == point.customer_id
    return {
        "id": point.pk,
        "kind": point.kind,
        "value": point.value if full else point.masked,
        "masked": not full,
        "label": point.label,
        "primary": point.primary,
    }


def customer_out(customer: Any, actor: Actor, contacts: list[Any] | None = None) -> dict[str, Any]:
    points = queries.contacts_of(customer.pk) if contacts is None else contacts
    plain = ("kind", "salutation", "tier", "organisation_id", "language", "zone", "region", "note")
    dated = ("external_ref", "created_at", "last_contact_at", "erased_at")
    return {
        "id": customer.pk,
        "name": str(customer),
        "organisation": customer.organisation.name if customer.organisation_id else None,
        "merged_into": customer.merged_into_id,
        "contacts": [contact_out(point, actor) for point in points],
        **{field: getattr(customer, field) for field in (*plain, *dated)},
    }


def asset_out(asset: Any, on: date) -> dict[str, Any]:
    fields = ("name", "model", "serial_number", "bought_on", "warranty_until", "location", "note")
    return {
        "id": asset.pk,
        "customer_id": asset.customer_id,
        "warranty": asset.warranty(on).state,
        **{field: getattr(asset, field) for field in fields},
    }


def flag_out(flag: Any) -> dict[str, Any]:
    fields = ("reason", "evidence", "set_at", "review_on", "expires_at", "ended_at")
    heard = ("heard_words", "heard_at", "reviewed_at")
    return {"id": flag.pk, **{field: getattr(flag, field) for field in (*fields, *heard)}}


def merge_out(made: Any) -> dict[str, Any]:
    fields = ("winner_id", "loser_id", "at", "undone_at")
    return {"id": made.pk, **{field: getattr(made, field) for field in fields}}
