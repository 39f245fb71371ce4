"""Outgoing mail.

UTF-8, text with an HTML form, threaded, recognisable as ours, and the same on every retry.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Any

import css_inline

from shouwen.kernel.errors import N_, Invalid, Sentence, TooLarge
from shouwen.platform.mail.autos import LOOP_HEADER
from shouwen.platform.mail.model import Address

MAX_BYTES = 25 * 1024 * 1024
MAX_RECIPIENTS = 100
MAX_SUBJECT = 500
_BREAKS = re.compile(r"[\r\n\x00\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@\\]{1,64}@[^\s<>()\[\],;:\"@\\]{1,190}")
_ID = re.compile(r"<[^<>\s]{1,990}>")
_INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


@dataclass(frozen=True)
class OutgoingFile:
    """A file to go with the mail; with a `content_id` it is shown inside the HTML form (`cid:`)."""

    filename: str
    content_type: str
    content: bytes
    content_id: str = ""


class _Policy(EmailPolicy):
    """The SMTP policy, but ids are folded between ids.

    The stock one encodes long ids into words nobody can match.
    """

    def fold(self, name: str, value: Any) -> str:
        return _folded_ids(name, str(value)) if _holds_ids(name) else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return (
            _folded_ids(name, str(value)).encode() if _holds_ids(name) else super().fold_binary(name, value)
        )


def _holds_ids(name: str) -> bool:
    return name.lower() in ("message-id", "in-reply-to", "references")


def _folded_ids(name: str, value: str) -> str:
    return f"{name}: " + "\r\n ".join(value.split()) + "\r\n"


_POLICY = _Policy(linesep=SMTP.linesep, max_line_length=76, cte_type="7bit")


def message_id_for(key: str, domain: str) -> str:
    """Our Message-ID for a message's lasting key.

    A retry has the same one, so the far side can drop doubles.
    """
    return f"<sw.{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def compose(
    *,
    from_: Address,
    to: Sequence[Address],
    subject: str,
    text: str,
    key: str,
    domain: str,
    at: datetime,
    html: str = "",
    cc: Sequence[Address] = (),
    reply_to: Address | None = None,
    in_reply_to: str = "",
    references: Sequence[str] = (),
    token: str = "",
    automatic: bool = False,
    loop_key: str = "shouwen",
    attachments: Sequence[OutgoingFile] = (),
    max_bytes: int = MAX_BYTES,
) -> EmailMessage:
    """A mail ready to send.

    key        the message's lasting identity with us; makes the Message-ID together with `domain`
    token      signed case token such as "[SW…]", put behind the subject unless it is there
    automatic  written by a machine: says so, so that other machines do not answer
    at         when it was written, aware

    Raises Invalid with the field for anything that could smuggle in a header, TooLarge for more than
    `max_bytes`.
    """
    _check(
        from_=from_, to=to, cc=cc, reply_to=reply_to, subject=subject, token=token, attachments=attachments
    )
    message = EmailMessage(policy=_POLICY)
    message["Message-ID"] = message_id_for(key, _one_line(domain, "domain"))
    message["Date"] = format_datetime(at)
    message["From"] = _header(from_)
    message["To"] = [_header(one) for one in to]
    if cc:
        message["Cc"] = [_header(one) for one in cc]
    if reply_to:
        message["Reply-To"] = _header(reply_to)
    message["Subject"] = _subject(subject, token)
    _thread(message, in_reply_to, references)
    message[LOOP_HEADER] = _one_line(loop_key, "loop_key")
    if automatic:
        _say_automatic(message)
    _fill(message, text, html, attachments)
    _weigh(message, max_bytes)
    return message


def _check(
    *,
    from_: Address,
    to: Sequence[Address],
    cc: Sequence[Address],
    reply_to: Address | None,
    subject: str,
    token: str,
    attachments: Sequence[OutgoingFile],
) -> None:
    if not to:
        raise Invalid(N_("The message has no recipient."), field="to")
    if len(to) + len(cc) > MAX_RECIPIENTS:
        sentence = Sentence(N_("At most %(limit)s recipients are allowed."), {"limit": MAX_RECIPIENTS})
        raise Invalid(sentence, field="to")
    for field, people in (
        ("from", [from_]),
        ("to", to),
        ("cc", cc),
        ("reply_to", [reply_to] if reply_to else []),
    ):
        for person in people:
            _check_person(person, field)
    _one_line(token, "token")
    if len(_one_line(subject, "subject")) > MAX_SUBJECT:
        raise Invalid(Sentence(N_("At most %(limit)s characters."), {"limit": MAX_SUBJECT}), field="subject")
    for file in attachments:
        _one_line(file.filename, "attachments")
        _one_line(file.content_id, "attachments")


def _check_person(person: Address, field: str) -> None:
    _one_line(person.name, field)
    local, _, domain = person.email.rpartition("@")
    if not _ADDRESS.fullmatch(person.email) or not local.isascii() or not _domain_holds(domain):
        sentence = Sentence(N_("%(address)s is not an e-mail address."), {"address": person.email[:100]})
        raise Invalid(sentence, field=field)


def _domain_holds(domain: str) -> bool:
    try:
        return bool(domain.encode("idna"))
    except UnicodeError:
        return False


def _one_line(text: str, field: str) -> str:
    """Line breaks would begin a header of somebody else's making."""
    if _BREAKS.search(text):
        raise Invalid(N_("Line breaks and control characters are not allowed here."), field=field)
    return text


def _header(person: Address) -> HeaderAddress:
    local, _, domain = person.email.rpartition("@")
    return HeaderAddress(display_name=person.name, username=local, domain=domain.encode("idna").decode())


def _subject(subject: str, token: str) -> str:
    return subject if not token or token in subject else f"{subject} {token}".strip()


def _thread(message: EmailMessage, in_reply_to: str, references: Sequence[str]) -> None:
    """References: the first, which begins the thread, and the newest; long threads are cut in the middle."""
    if in_reply_to and not _ID.fullmatch(in_reply_to):
        raise Invalid(N_("This is not a Message-ID."), field="in_reply_to")
    chain = [one for one in dict.fromkeys([*references, in_reply_to]) if _ID.fullmatch(one)]
    if in_reply_to:
        message["In-Reply-To"] = in_reply_to
    if chain:
        message["References"] = " ".join(chain if len(chain) <= 20 else [chain[0], *chain[-19:]])


def _say_automatic(message: EmailMessage) -> None:
    message["Auto-Submitted"] = "auto-replied" if message["In-Reply-To"] else "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"


def _fill(message: EmailMessage, text: str, html: str, attachments: Sequence[OutgoingFile]) -> None:
    message.set_content(text, cte=_encoding(text))
    pictures = [file for file in attachments if file.content_id and html]
    if html:
        inlined = _INLINER.inline(html)
        message.add_alternative(inlined, subtype="html", cte=_encoding(inlined))
        page: Any = message.get_payload()[-1]  # type: ignore[index]
        for file in pictures:
            main, _, sub = _media_type(file.content_type)
            cid = f"<{file.content_id.strip('<>')}>"
            page.add_related(file.content, main, sub, cid=cid, filename=file.filename, disposition="inline")
    for file in attachments:
        if file not in pictures:
            main, _, sub = _media_type(file.content_type)
            message.add_attachment(file.content, main, sub, filename=file.filename)


def _media_type(content_type: str) -> tuple[str, str, str]:
    """A file is sent as bytes: a mail inside a mail, or a type that is none, would be parsed on the way."""
    if not re.fullmatch(r"(?:application|image|audio|video|text|font|model)/[\w.+-]{1,100}", content_type):
        return "application", "/", "octet-stream"
    return content_type.partition("/")


def _encoding(text: str) -> str:
    """Base64 is a third smaller than quoted-printable for Chinese, which needs nine bytes for each character."""
    if text.isascii() and all(len(line) < 900 for line in text.split("\n")):
        return "7bit"
    return "base64" if sum(1 for char in text if ord(char) > 127) * 3 > len(text) else "quoted-printable"


def _weigh(message: EmailMessage, max_bytes: int) -> None:
    if len(message.as_bytes()) > max_bytes:
        sentence = Sentence(
            N_("The message is larger than %(limit)s MB with its attachments."),
            {"limit": max_bytes // 1024 // 1024},
        )
        raise TooLarge(sentence, field="attachments")
