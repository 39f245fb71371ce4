"""The door through which contacts go upstairs: one room registers, channels calls it in the same transaction.

    @intake.register
    def take_in(inbound: Inbound) -> Taken: ...

The room opens something new, or adds to what `inbound.subject` names, and answers with the result ("opened"
or "appended") and the subject. It need not write the message: `receive` of our services does that right
afterwards, unless the answer names the message it wrote itself. A Fault raised by it ends as a recorded
refusal with the raw mail kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from shouwen.channels import rules

Subject = tuple[str, int]


@dataclass(frozen=True)
class Inbound:
    """A contact that wants in.

    subject        what it belongs to by a signed token or by its references, else None
    customer_id    who wrote, recognised by address or registered; `customer` is the same as the row that was read
    attachments    ids of stored files
    answer_to      where an answer goes when it is not `from_address` (Reply-To)
    auto           "" or why no machine may answer: auto_reply, list, loop, bounce, no_reply
    owner_id       who of our staff was asked first, face to face: they own what opens (None: nobody yet)
    forged         a subject token that we did not sign was found (and ignored)
    key            what joins messages to one conversation where they carry no sign of what they answer
    """

    channel: str
    at: datetime
    customer_id: int
    account_id: int | None = None
    team_id: int | None = None
    from_name: str = ""
    from_address: str = ""
    answer_to: str = ""
    title: str = ""
    text: str = ""
    html: str = ""
    quoted: str = ""
    attachments: tuple[int, ...] = ()
    external_id: str = ""
    references: tuple[str, ...] = ()
    subject: Subject | None = None
    token_subject: Subject | None = None
    raw_file_id: int | None = None
    auto: str = ""
    forged: bool = False
    new_customer: bool = False
    owner_id: int | None = None
    meta: dict[str, Any] = field(default_factory=dict)
    customer: Any = None
    key: str = ""


class Taken(NamedTuple):
    """`message_id`: the message, when the room wrote it itself."""

    result: str
    subject: Subject
    message_id: int | None = None


TakeIn = Callable[[Inbound], Any]

_TAKERS: list[TakeIn] = []


def register(take_in: TakeIn) -> TakeIn:
    """The last one registered takes everything in."""
    _TAKERS.append(take_in)
    return take_in


def unregister(take_in: TakeIn) -> None:
    _TAKERS.remove(take_in)


def is_open() -> bool:
    return bool(_TAKERS)


def offer(inbound: Inbound) -> Taken:
    """Hand it up, its words as far as a message keeps them. Call it in the transaction of the message."""
    if not _TAKERS:
        raise LookupError("nothing takes contacts in")
    text, was_cut = rules.cut(inbound.text)
    if was_cut:
        inbound = replace(inbound, text=text, meta={**inbound.meta, "cut": True})
    return Taken(*_TAKERS[-1](inbound))
