"""/api/v1/contacts: what somebody was asked by phone, at the desk, by letter, in a post or on a return visit."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status
from pydantic import AwareDatetime, Field

from shouwen.cases import queries, services
from shouwen.cases.api import schemas as s
from shouwen.cases.api.shown import case_out
from shouwen.cases.rules.registering import Caller, Contact, Expected, Promised
from shouwen.cases.services.registering import naming
from shouwen.channels import kinds
from shouwen.kernel.errors import Invalid
from shouwen.kernel.references import parse
from shouwen.platform.access import now
from shouwen.platform.apikit import Channel, Strict, api_actor, needs_scope

router = Router(tags=["contacts"])
Sort = Literal["", "reasonable", "too_high", "mistaken", "unreasonable"]


class CallerIn(Strict):
    id: s.Given | None = Field(None, description="Of a known customer; else a name, a number or an address")
    name: str = Field("", max_length=120)
    kind: Literal["person", "organisation"] = "person"
    phone: str = Field("", max_length=40)
    email: str = Field("", max_length=254)


class ExpectedIn(Strict):
    text: str = Field("", max_length=2000)
    sort: Sort = ""
    managed: str = Field("", max_length=2000)


class PromisedIn(Strict):
    text: str = Field("", max_length=400)
    due_at: AwareDatetime | None = Field(None, description="Without it the time is read from the words")


class ContactIn(Strict):
    """`about` is a case it goes on with, else a new one is opened; `agreed`: the customer heard what was
    understood and said yes."""

    channel: Channel
    customer: CallerIn
    said: str = Field(min_length=1, max_length=20_000)
    subject: str = Field("", max_length=200)
    kind: str = Field("", max_length=30)
    about: Annotated[str, Field(max_length=40)] = ""
    asset_id: s.Given | None = None
    fields: dict[str, Any] = Field(default_factory=dict, max_length=100)
    understood: str = Field("", max_length=4000)
    agreed: bool = False
    expectation: ExpectedIn | None = None
    promise: PromisedIn | None = None


@router.post("", response={201: s.CaseOut}, summary="Write a contact down; the token's person owns it")
@needs_scope("cases:write")
def write_down(request: HttpRequest, payload: ContactIn) -> Status[dict[str, Any]]:
    """Only channels that are written down by hand: see `by_hand` of /channels."""
    by = api_actor(request)
    if payload.channel not in kinds.by_hand():
        expected = {"expected": ", ".join(kinds.by_hand())}
        raise Invalid(_("One of these is expected: %(expected)s") % expected, field="channel")
    with naming(NAMES):
        case = services.take_down(contact=_contact(payload), at=now(), by=by)
    return Status(201, case_out(queries.get(case.reference, by)))


# What the service calls a wrong field, and where it stands here.
NAMES: Mapping[str, str] = {
    "expectation_sort": "expectation.sort",
    "expectation_managed": "expectation.managed",
    "expectation": "expectation.text",
    "promise": "promise.text",
    "promise_due": "promise.due_at",
    "name": "customer.name",
    "phone": "customer.phone",
    "email": "customer.email",
}


def _contact(given: ContactIn) -> Contact:
    who = given.customer
    about = parse(given.about) if given.about else None
    if given.about and about is None:
        raise Invalid(_("There is no such case."), field="about")
    same = ("channel", "said", "subject", "kind", "asset_id", "fields", "understood", "agreed")
    wanted, promised = given.expectation, given.promise
    return Contact(
        **{name: getattr(given, name) for name in same},
        caller=Caller(who.id, who.name, who.kind, who.phone, who.email),
        about=about,
        expected=Expected(wanted.text, wanted.sort, wanted.managed) if wanted else Expected(),
        promised=Promised(promised.text, promised.due_at) if promised else Promised(),
    )
