"""What the customer writes and gets by mail: a post with a photo, answers in the thread, what Exim filed."""

import re
import struct
import uuid
import zlib
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, parsedate_to_datetime

from tests.servers.exim import Exim
from tests.servers.ports import wait_until

SERVICE = "service@shouwen.test"


def photo(width: int = 320, height: int = 200) -> bytes:
    """A PNG as a telephone would take it: a yellow bucket with a dark crack across."""

    def colour(x: int, y: int) -> bytes:
        crack = abs(y - height // 2 - (x * 7 % 23) // 3 + x // 9) < 3 and width // 5 < x < width * 4 // 5
        inside = width // 8 < x < width * 7 // 8 and height // 6 < y < height * 5 // 6
        return b"\x2b\x21\x1a" if crack and inside else b"\xe8\xb0\x2a" if inside else b"\x9f\xb4\xc4"

    rows = b"".join(b"\0" + b"".join(colour(x, y) for x in range(width)) for y in range(height))

    def part(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(rows, 9))
        + part(b"IEND", b"")
    )


def letter(
    text: str,
    *,
    subject: str,
    sender: str = "李建国 <jianguo@gongdi.test>",
    answers: EmailMessage | None = None,
    attached: bytes | None = None,
) -> EmailMessage:
    """A mail to the service address; `answers` puts it into the thread of that mail, as a mail program does."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, SERVICE, subject
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = f"<{uuid.uuid4().hex}@gongdi.test>"
    if answers is not None:
        mail["In-Reply-To"] = answers["Message-ID"]
        mail["References"] = f"{answers.get('References', '')} {answers['Message-ID']}".strip()
    mail.set_content(text)
    if attached is not None:
        mail.add_attachment(attached, maintype="image", subtype="png", filename="铲斗裂缝.png")
    return mail


def arrived(server: Exim, to: str) -> list[EmailMessage]:
    """Mails that reached `to`, oldest first."""
    mails = [message_from_bytes(raw, policy=policy.default) for raw in server.arrived()]
    return [mail for mail in mails if isinstance(mail, EmailMessage) and to in str(mail["To"])]


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain", "html"))
    return str(body.get_content()) if body is not None else ""


def awaited(server: Exim, to: str, said: str, *, seconds: float = 40) -> EmailMessage:
    """The newest mail to `to` that says `said` in its subject or text, as soon as it has arrived."""

    def found() -> list[EmailMessage]:
        return [mail for mail in arrived(server, to) if said in str(mail["Subject"]) or said in words(mail)]

    wait_until(lambda: bool(found()), seconds=seconds, what=f"the mail to {to} that says {said}")
    return found()[-1]


def link(mail: EmailMessage) -> str:
    """The address of the customer's own page."""
    found = re.search(r"https?://\S+/r/[^\s<>\"]+", words(mail))
    assert found, words(mail)
    return found.group().rstrip(".。)")


def sent_at(mail: EmailMessage) -> datetime:
    return parsedate_to_datetime(str(mail["Date"]))
