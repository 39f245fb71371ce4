"""/api/v1/channels: which channels there are, and the accounts by which they are connected."""

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Path, Router, Schema, Status
from pydantic import Field

from shouwen.channels import forms, kinds, policies, queries, registry, services
from shouwen.kernel.errors import Invalid, NotFound
from shouwen.platform.access import now, require
from shouwen.platform.apikit import Strict, api_actor, needs_scope

router = Router(tags=["channels"])
Ident = Annotated[int, Path(ge=1, le=2**62)]
Text = Annotated[str, Field(max_length=4000)]


class FieldOut(Schema):
    """`made`: left empty at the beginning, it is made by us and told once."""

    name: str
    label: str
    sort: str
    required: bool
    made: bool
    choices: list[str]


class VendorOut(Schema):
    code: str
    label: str
    channel: str
    fields: list[FieldOut]


class ChannelOut(Schema):
    code: str
    label: str
    by_hand: bool
    spoken: bool


class ChannelsOut(Schema):
    channels: list[ChannelOut]
    vendors: list[VendorOut]


class LineIn(Strict):
    name: str = Field(min_length=1, max_length=80)
    team_id: Annotated[int, Field(ge=1, le=2**62)] | None = None
    values: dict[str, Text] = Field(default_factory=dict, max_length=40, description="By field of the vendor")


class LineNew(LineIn):
    vendor: str = Field(max_length=20)


class ActivityIn(Strict):
    active: bool


class ChannelLineOut(Schema):
    id: int
    name: str
    channel: str
    vendor: str
    active: bool
    default: bool
    team_id: int | None
    callback: str
    settings: dict[str, Any]


class LineMade(ChannelLineOut):
    """The secrets that were made, this once."""

    secrets: dict[str, str]


def _out(account: Any) -> dict[str, Any]:
    plain = ("id", "name", "channel", "vendor", "active", "default", "team_id", "settings")
    way = reverse("channels:hook", args=[account.vendor, account.pk])
    return {**{name: getattr(account, name) for name in plain}, "callback": f"{settings.PUBLIC_URL}{way}"}


def _line(line_id: int) -> Any:
    """Mailboxes and chats have pages and operations of their own."""
    found = queries.account(line_id)
    if not registry.get(found.vendor).fields:
        raise NotFound(_("There is no such account."))
    return found


def _vendor(code: str) -> registry.Vendor:
    found = next((one for one in registry.all_vendors() if one.code == code and one.fields), None)
    if found is None:
        raise Invalid(_("There is no such channel."), field="vendor")
    return found


@router.get("", response=ChannelsOut, summary="Channels, and what can carry them")
@needs_scope("channels:read")
def channels(request: HttpRequest) -> dict[str, Any]:
    return {
        "channels": [
            {"code": one.code, "label": str(one.label), "by_hand": one.by_hand, "spoken": one.spoken}
            for one in kinds.every()
        ],
        "vendors": [
            {
                "code": vendor.code,
                "label": str(vendor.label),
                "channel": vendor.channel,
                "fields": [
                    {
                        **{name: getattr(field, name) for name in ("name", "sort", "required")},
                        "label": str(field.label),
                        "made": bool(field.made),
                        "choices": [code for code, _label in field.choices],
                    }
                    for field in vendor.fields
                ],
            }
            for vendor in registry.all_vendors()
            if vendor.fields
        ],
    }


@router.get("/lines", response=list[ChannelLineOut], summary="Connected channels, without any secret")
@needs_scope("settings:read")
def lines(request: HttpRequest) -> list[dict[str, Any]]:
    require(api_actor(request), policies.SET_UP)
    return [_out(one) for one in queries.lines()]


@router.post("/lines", response={201: LineMade}, summary="Connect a channel")
@needs_scope("settings:write")
def connect(request: HttpRequest, payload: LineNew) -> Status[dict[str, Any]]:
    by = api_actor(request)
    require(by, policies.SET_UP)
    vendor = _vendor(payload.vendor)
    _only_its_fields(payload.values, vendor)
    made = {
        field.name: forms.made(field.made)
        for field in vendor.fields
        if field.made and not payload.values.get(field.name, "").strip()
    }
    values = {**payload.values, **made}
    account = services.add_account(
        vendor=vendor, name=payload.name, values=values, team_id=payload.team_id, at=now(), by=by
    )
    return Status(201, {**_out(account), "secrets": made})


@router.put(
    "/lines/{line_id}", response=ChannelLineOut, summary="Change a connection; a secret left out stays"
)
@needs_scope("settings:write")
def change(request: HttpRequest, line_id: Ident, payload: LineIn) -> dict[str, Any]:
    by = api_actor(request)
    require(by, policies.SET_UP)
    vendor = registry.get(_line(line_id).vendor)
    _only_its_fields(payload.values, vendor)
    account = services.change_account(
        account_id=line_id, vendor=vendor, **payload.model_dump(), at=now(), by=by
    )
    return _out(account)


@router.put("/lines/{line_id}/activity", response=ChannelLineOut, summary="Switch a connection on or off")
@needs_scope("settings:write")
def activity(request: HttpRequest, line_id: Ident, payload: ActivityIn) -> dict[str, Any]:
    by = api_actor(request)
    require(by, policies.SET_UP)
    account = services.set_active(account_id=_line(line_id).pk, active=payload.active, at=now(), by=by)
    return _out(account)


def _only_its_fields(values: dict[str, str], vendor: registry.Vendor) -> None:
    known = {field.name for field in vendor.fields}
    for name in values:
        if name not in known:
            raise Invalid(_("This channel has no such setting."), field=f"values.{name[:40]}")
