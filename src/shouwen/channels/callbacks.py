"""What a callback of another system says, read by its vendor: plain values, before anything is written."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

MESSAGE, REPORT, NOTED = "message", "report", "noted"
# What an address said about being written to.
STOP, GO_ON = "stop", "go_on"


@dataclass(frozen=True)
class Loose:
    """A file that came with the words themselves."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Entry:
    """One thing that came in.

    sort        message: somebody said something; report: what became of a message of ours; noted: neither
    at          when it was said, None for now
    address     where an answer goes; with the account it is also what joins messages to one conversation
    contact     (kind of contact point, value) that says who it is, in the order they are believed
    external_id its name on the other side, "" when it has none
    fetch       files that are fetched later, as the vendor understands them
    consent     "" or STOP or GO_ON: whether we may go on writing to the address
    told        what the customer was answered in the same breath, "" when nothing
    reference   of a report: the name of our message; `delivered` and `detail` say what became of it
    """

    sort: str
    at: datetime | None = None
    text: str = ""
    title: str = ""
    name: str = ""
    address: str = ""
    contact: tuple[tuple[str, str], ...] = ()
    external_id: str = ""
    files: tuple[Loose, ...] = ()
    fetch: tuple[dict[str, Any], ...] = ()
    consent: str = ""
    told: str = ""
    reference: str = ""
    delivered: bool = True
    detail: str = ""
    meta: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """A request of another system. Header names are lower case; `network` is where it came from."""

    method: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    network: str = ""


@dataclass(frozen=True)
class Answer:
    """What the other system is told."""

    status: int = 200
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


class Later(Exception):
    """What came in speaks of something that is not written yet: look again in a while."""
