"""What the telephone's API takes and gives."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.urls import reverse
from ninja import Path, Schema
from pydantic import AwareDatetime, Field

from shouwen.channels.api.about import AboutOut
from shouwen.customers.rules import masked
from shouwen.platform.access import Actor
from shouwen.platform.apikit import Strict

Ident = Annotated[int, Path(ge=1, le=2**62)]
Given = Annotated[int, Field(ge=1, le=2**62)]
Number = Annotated[str, Path(min_length=1, max_length=40, pattern="^[+*#0-9A-Za-z._-]+$")]
View = Literal["missed", "mine", "unwritten", "all", "incoming", "answered", "lost", "reached"]


class CallsWanted(Strict):
    view: View = "missed"
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=100)


class PermissionIn(Strict):
    what: Literal["hold", "transfer"]


class SystemIn(Strict):
    name: str = Field(min_length=1, max_length=80)
    dial: str = Field("", max_length=200, description="Such as tel:{number}")


class SystemChange(SystemIn):
    active: bool = True


class PhoneLineIn(Strict):
    name: str = Field(min_length=1, max_length=80)
    team_id: Given | None = None
    call_back_minutes: int = Field(60, ge=0, le=10_080, description="0 promises nothing")


class PhoneExtensionIn(Strict):
    staff_id: Given


class CallOut(Schema):
    """Lengths are in seconds."""

    id: int
    direction: str
    state: str
    number: str
    line: str | None
    customer_id: int | None
    staff_id: int | None
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    wait: int
    talk: int
    hold: int
    transferred_to: str
    recording: str
    permitted: dict[str, str]
    missed: bool
    called_back_at: datetime | None
    promise_id: int | None
    subject: AboutOut | None


class CallEventOut(Schema):
    kind: str
    at: datetime
    extension: str
    to: str
    url: str


class CallWhole(CallOut):
    events: list[CallEventOut]


class CallsOut(Schema):
    items: list[CallOut]
    next_cursor: str | None
    previous_cursor: str | None


class SystemOut(Schema):
    id: int
    name: str
    dial: str
    active: bool
    hook: str
    last_event_at: datetime | None


class SecretOut(Schema):
    secret: str


class SystemMade(SystemOut, SecretOut):
    pass


class PhoneLineOut(Schema):
    number: str
    name: str
    team_id: int | None
    call_back_minutes: int


class ExtensionOut(Schema):
    number: str
    staff_id: int


class PhoneOut(Schema):
    systems: list[SystemOut]
    lines: list[PhoneLineOut]
    extensions: list[ExtensionOut]


def call_out(call: Any, by: Actor) -> dict[str, Any]:
    """Who may not see customers' numbers is told the last digits."""
    plain = ("id", "direction", "state", "customer_id", "staff_id", "started_at", "answered_at", "ended_at")
    more = ("wait", "talk", "hold", "transferred_to", "recording", "permitted", "missed", "called_back_at")
    number = call.number if by.can("customers.see_contacts") else masked("phone", call.number)
    return {
        **{name: getattr(call, name) for name in (*plain, *more, "promise_id")},
        "number": number if call.number else "",
        "line": call.line.number if call.line_id and call.line else None,
        "subject": {"kind": call.subject_kind, "id": call.subject_id} if call.subject else None,
    }


def system_out(system: Any) -> dict[str, Any]:
    plain = ("id", "name", "dial", "active", "last_event_at")
    hook = f"{settings.PUBLIC_URL}{reverse('channels:phone-hook', args=[system.key])}"
    return {**{name: getattr(system, name) for name in plain}, "hook": hook}
