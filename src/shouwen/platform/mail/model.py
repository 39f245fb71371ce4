"""What a parsed mail is made of."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Address(NamedTuple):
    name: str
    email: str


class AutoKind(StrEnum):
    """Why nobody should answer this mail by machine."""

    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    LIST = "list"
    LOOP = "loop"


@dataclass(frozen=True)
class Attachment:
    """A file in the mail. `content_type` is what the bytes are, `declared_type` what the sender says."""

    filename: str
    content_type: str
    declared_type: str
    size: int
    content: bytes
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True)
class FailedRecipient:
    """One line of a delivery report. `status` is the enhanced code such as 5.1.1; 5.x.x is for good."""

    address: str
    status: str = ""
    action: str = ""
    diagnostic: str = ""


@dataclass(frozen=True)
class Bounce:
    """A delivery report about a mail of ours."""

    failed: tuple[FailedRecipient, ...]
    original_message_id: str = ""
    permanent: bool = True

    @property
    def recipient(self) -> str:
        return self.failed[0].address if self.failed else ""

    @property
    def status(self) -> str:
        return self.failed[0].status if self.failed else ""


@dataclass(frozen=True)
class ParsedMail:
    """A mail as people read it.

    text     the new part
    quoted   what it quotes of earlier mails, folded away
    html     sanitised, '' when there is none; remote images blocked, `cid:` images unresolved
    refusal  '' or a key of `refusals.REFUSALS`: nothing in it can be read
    defects  what was wrong and mended, for the log
    """

    message_id: str
    message_id_made: bool
    in_reply_to: str
    references: tuple[str, ...]
    subject: str
    from_: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    date: datetime | None
    text: str
    quoted: str
    full_text: str
    html: str
    attachments: tuple[Attachment, ...]
    auto: AutoKind | None
    answerable: bool
    bounce: Bounce | None
    headers: tuple[tuple[str, str], ...]
    defects: tuple[str, ...]
    refusal: str = ""

    def header(self, name: str) -> str:
        """The first header of that name, '' when there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), "")

    @property
    def answer_to(self) -> Address:
        """Where an answer goes: Reply-To if given, else From."""
        return self.reply_to[0] if self.reply_to else self.from_
