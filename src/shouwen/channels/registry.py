"""What every vendor of a channel can do, and the list of those we have.

A vendor is a way a channel works: `email` speaks IMAP and SMTP, `phone` only records. They register
themselves from the room's `ready()`, so that services can ask for one without importing any.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from shouwen.channels import rules
from shouwen.channels.models import Account, Message
from shouwen.kernel.errors import NotFound


@dataclass(frozen=True)
class Outcome:
    """How an attempt to deliver ended: `result` is one of rules.ACCEPTED, TEMPORARY, PERMANENT, UNKNOWN."""

    result: str
    note: str = ""


@dataclass(frozen=True)
class Step:
    """One line of what the test button did."""

    label: Any
    ok: bool
    note: Any = ""


@dataclass(frozen=True)
class Checked:
    """Settings that passed: what is stored openly, what is sealed, and the address of the account."""

    address: str
    settings: dict[str, Any]
    secrets: dict[str, str] = field(default_factory=dict)


class Vendor(Protocol):
    """One way a channel works. All have the same furniture, so that nothing outside asks which one it is."""

    code: str
    channel: str
    label: Any
    icon: str
    has_accounts: bool  # is set up on the settings page
    delivers: bool  # what we write must be carried to the customer
    receives: bool  # runs by itself and brings messages in

    def validate_settings(self, values: Mapping[str, Any], before: Account | None) -> Checked: ...

    def test(self, account: Account) -> list[Step]: ...

    def deliver(self, message: Message, account: Account, on_data: Callable[[], None]) -> Outcome: ...

    def poll(self, account: Account, at: datetime) -> int: ...


class Recorded:
    """Base of the vendors that carry nothing by machine: what was said is recorded, and that is all."""

    has_accounts = False
    delivers = False
    receives = False

    def validate_settings(self, values: Mapping[str, Any], before: Account | None) -> Checked:
        return Checked(address="", settings={})

    def test(self, account: Account) -> list[Step]:
        return [Step(_("Nothing to connect to"), True)]

    def deliver(self, message: Message, account: Account, on_data: Callable[[], None]) -> Outcome:
        return Outcome(rules.ACCEPTED)

    def poll(self, account: Account, at: datetime) -> int:
        return 0


_VENDORS: dict[str, Vendor] = {}


def register(vendor: Vendor) -> None:
    """Make a vendor known; a second one of the same code replaces the first (tests do)."""
    _VENDORS[vendor.code] = vendor


def get(code: str) -> Vendor:
    try:
        return _VENDORS[code]
    except KeyError:
        raise NotFound(_("There is no such channel."), field="vendor") from None


def all_vendors() -> list[Vendor]:
    return list(_VENDORS.values())


def carries(channel: str) -> bool:
    """Whether what is written on this channel must be delivered by some vendor."""
    return any(v.delivers for v in _VENDORS.values() if v.channel == channel)
