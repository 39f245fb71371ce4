"""What somebody writes down who is asked at the phone or the desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Caller:
    """Who asks: a known customer, or a new one by name and one way to reach them."""

    customer_id: int | None = None
    name: str = ""
    kind: str = "person"
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Expected:
    """What the customer expects, of which sort that is, and how it was set right."""

    text: str = ""
    sort: str = ""
    managed: str = ""


@dataclass(frozen=True)
class Promised:
    """The first promise. Without a time it is read from the words."""

    text: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True)
class Contact:
    """One contact as the register page gives it. `about` is a case it goes on with, else a new one opens."""

    channel: str
    caller: Caller
    said: str
    subject: str = ""
    kind: str = ""
    asset_id: int | None = None
    about: int | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    understood: str = ""
    agreed: bool = False
    expected: Expected = field(default_factory=Expected)
    promised: Promised = field(default_factory=Promised)
    call: Mapping[str, Any] = field(default_factory=dict)
