"""What every vendor of a channel can do, and the list of those we have.

A vendor is a way a channel works: `email` speaks IMAP and SMTP, `phone` only records. They register
themselves from the room's `ready()`, so that services can ask for one without importing any.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from shouwen.channels import rules
from shouwen.channels.callbacks import Answer, Entry, Given, Loose
from shouwen.channels.models import Account, InboundRecord, Message
from shouwen.kernel.errors import NotFound


@dataclass(frozen=True)
class Outcome:
    """How an attempt to deliver ended: `result` is one of rules.ACCEPTED, TEMPORARY, PERMANENT, UNKNOWN."""

    result: str
    note: str = ""
    reference: str = ""  # what the other side calls the message, when it says so


@dataclass(frozen=True)
class Step:
    """One line of what the test button did."""

    label: Any
    ok: bool
    note: Any = ""


@dataclass(frozen=True)
class Checked:
    """Settings that passed: what is stored openly, what is sealed, and the address of the account.

    `channel` is only given by a vendor whose accounts may stand for several.
    """

    address: str
    settings: dict[str, Any]
    secrets: dict[str, str] = field(default_factory=dict)
    channel: str = ""


@dataclass(frozen=True)
class Field:
    """One field of a vendor's settings page. `sort`: text, url, secret, number, choice, lines, flag.

    A secret is typed in or made by us, with so many letters as `made` says, and then shown once.
    """

    name: str
    label: Any
    sort: str = "text"
    help: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    default: str = ""
    required: bool = False
    made: int = 0


@dataclass(frozen=True)
class Limit:
    """How long one message may be. `unit`: characters, bytes (UTF-8) or sms (characters of the short-message
    alphabets, in parts that are counted while writing)."""

    most: int
    unit: str = "characters"


@dataclass(frozen=True)
class Room:
    """What may be written to one address now.

    limit    None: as much as a mail may have
    until    until when the channel lets us write; None when it does not say
    left     how many messages are left until then; None when they are not counted
    closed   "" or why nothing may be written now, with what can be done instead
    told     "" or in which other form it goes out now
    """

    limit: Limit | None = None
    until: datetime | None = None
    left: int | None = None
    closed: Any = ""
    told: Any = ""


class Vendor(Protocol):
    """One way a channel works. All have the same furniture, so that nothing outside asks which one it is."""

    code: str
    channel: str
    label: Any
    icon: str
    has_accounts: bool  # is set up on the settings page
    delivers: bool  # what we write must be carried to the customer
    receives: bool  # runs by itself and brings messages in

    @property
    def limit(self) -> Limit | None:
        """How long one message may be."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """Of its settings page, where it has no page of its own."""

    @property
    def also(self) -> tuple[str, ...]:
        """Further channels its accounts may stand for."""

    @property
    def most_bytes(self) -> int:
        """Of one callback."""

    @property
    def rationed(self) -> bool:
        """Whether what may be written depends on the account, the address or the time: see `room`."""

    def validate_settings(self, values: Mapping[str, Any], before: Account | None) -> Checked: ...

    def test(self, account: Account) -> list[Step]: ...

    def deliver(self, message: Message, account: Account, on_data: Callable[[], None]) -> Outcome: ...

    def poll(self, account: Account, at: datetime) -> int: ...

    def can_send(self, account: Account) -> bool: ...

    def reaches(self, address: str) -> bool: ...

    def canonical(self, address: str) -> str: ...

    def new_id(self, message: Message, address: str) -> str: ...

    def room(self, account: Account | None, address: str, at: datetime) -> Room: ...

    def callback(self, account: Account, given: Given, at: datetime) -> Answer: ...

    def take_in(self, record: InboundRecord, body: bytes, at: datetime) -> Entry: ...

    def fetch(self, account: Account, wanted: dict[str, Any]) -> Loose: ...


class Common:
    """What most vendors do alike."""

    has_accounts = False
    delivers = False
    receives = False
    limit: Limit | None = None
    fields: tuple[Field, ...] = ()
    also: tuple[str, ...] = ()
    most_bytes = 1024 * 1024
    rationed = False

    def poll(self, account: Account, at: datetime) -> int:
        """Fetch what is new; nothing where the other side calls us."""
        return 0

    def can_send(self, account: Account) -> bool:
        """Whether answers can leave by this account."""
        return True

    def reaches(self, address: str) -> bool:
        """Whether an address is one this vendor can write to."""
        return bool(address)

    def canonical(self, address: str) -> str:
        """The one written form of an address, so that an answer from there is known again."""
        return address

    def new_id(self, message: Message, address: str) -> str:
        """The name of a message towards the other side, the same for every attempt."""
        return f"m{message.pk}-{secrets.token_hex(8)}"

    def room(self, account: Account | None, address: str, at: datetime) -> Room:
        """What may be written to an address now."""
        return Room(self.limit)

    def callback(self, account: Account, given: Given, at: datetime) -> Answer:
        """Answer a request of the other system: quickly, what is accepted is read by a job."""
        raise NotFound(_("There is no such channel."))

    def take_in(self, record: InboundRecord, body: bytes, at: datetime) -> Entry:
        """What a callback that was accepted earlier says."""
        raise NotFound(_("There is no such channel."))

    def fetch(self, account: Account, wanted: dict[str, Any]) -> Loose:
        """A file that `take_in` named. A Fault when it can never be had."""
        raise NotFound(_("There is no such channel."))


class Recorded(Common):
    """Base of the vendors that carry nothing by machine: what was said is recorded, and that is all."""

    def validate_settings(self, values: Mapping[str, Any], before: Account | None) -> Checked:
        return Checked(address="", settings={})

    def test(self, account: Account) -> list[Step]:
        return [Step(_("Nothing to connect to"), True)]

    def deliver(self, message: Message, account: Account, on_data: Callable[[], None]) -> Outcome:
        return Outcome(rules.ACCEPTED)


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


def carriers(channel: str, address: str = "") -> list[Vendor]:
    """The vendors that deliver what is written on a channel.

    A vendor may carry further channels, but only back to an address that came in by it: an answer to a letter
    that a colleague wrote down by hand goes nowhere by machine.
    """
    return [
        vendor
        for vendor in _VENDORS.values()
        if vendor.delivers and (channel == vendor.channel or (address and channel in vendor.also))
    ]


def carries(channel: str, address: str = "") -> bool:
    """Whether what is written on this channel must be delivered by some vendor."""
    return bool(carriers(channel, address))


def reaches(channel: str, address: str) -> bool:
    """Whether some vendor of the channel can write to this address."""
    return any(vendor.reaches(address) for vendor in carriers(channel, address))


def new_id(message: Message, account: Account) -> str:
    """What a message is called towards the other side, by the vendor it goes out by."""
    return get(account.vendor).new_id(message, account.address)


def canonical(channel: str, address: str) -> str:
    """An address as the channel's vendor writes it."""
    able = carriers(channel, address)
    return able[0].canonical(address) if able and address else address
