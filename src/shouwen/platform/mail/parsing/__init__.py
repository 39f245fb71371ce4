"""Reading mail: bytes in, something a person can read out, for any bytes.

Doors: `parse`, the dataclasses `ParsedMail`, `Attachment`, `Address`, `Bounce`, `FailedRecipient`,
`AutoKind`, and `REFUSALS` (reason → sentence).
"""

from shouwen.platform.mail.model import (
    Address,
    Attachment,
    AutoKind,
    Bounce,
    FailedRecipient,
    ParsedMail,
)
from shouwen.platform.mail.parsing.message import MAX_BYTES, parse
from shouwen.platform.mail.parsing.refusals import REFUSALS

__all__ = [
    "MAX_BYTES",
    "REFUSALS",
    "Address",
    "Attachment",
    "AutoKind",
    "Bounce",
    "FailedRecipient",
    "ParsedMail",
    "parse",
]
