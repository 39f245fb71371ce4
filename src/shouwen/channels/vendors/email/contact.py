"""A parsed mail as a contact that wants in: its words, its files, its writer, and what it says it belongs to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from shouwen.channels import queries, rules
from shouwen.channels.intake import Inbound
from shouwen.channels.models import Account, InboundRecord
from shouwen.channels.services.conversations import Attached
from shouwen.channels.services.inbound import Envelope
from shouwen.kernel.errors import Invalid
from shouwen.platform.files.services import store
from shouwen.platform.mail.parsing import ParsedMail

MOST_RECIPIENTS_KEPT = 20


@dataclass(frozen=True)
class Mail:
    """A mail on its way in."""

    raw: bytes
    parsed: ParsedMail
    envelope: Envelope
    own: frozenset[str]
    account: Account | None
    again: InboundRecord | None = None


@dataclass(frozen=True)
class Aim:
    """What a mail says it belongs to."""

    token: tuple[str, int] | None = None
    forged: bool = False
    thread: queries.Thread | None = None

    @property
    def subject(self) -> tuple[str, int] | None:
        return self.token or (self.thread.subject if self.thread else None)


class Writer(NamedTuple):
    """Who wrote. `customer` is the row, when it was read."""

    customer_id: int
    is_new: bool = False
    customer: Any = None


def contact(
    mail: Mail, raw_file: int, writer: Writer, aim: Aim, *, at: datetime
) -> tuple[Inbound, tuple[Attached, ...]]:
    parsed = mail.parsed
    attached, left_out = _keep_attachments(parsed, at)
    auto = parsed.auto.value if parsed.auto else ("" if parsed.answerable else "no_reply")
    answer_to = parsed.answer_to.email
    inbound = Inbound(
        channel="email",
        at=at,
        customer_id=writer.customer_id,
        customer=writer.customer,
        new_customer=writer.is_new,
        account_id=mail.account.pk if mail.account else None,
        team_id=mail.account.team_id if mail.account else None,
        from_name=rules.heading(parsed.from_.name) or rules.clean(parsed.from_.email),
        from_address=rules.clean(parsed.from_.email),
        answer_to=answer_to if answer_to != parsed.from_.email else "",
        title=mail.envelope.title[:300] or _("(no subject)"),
        text=text_of(parsed, attached),
        html=rules.clean(parsed.html),
        quoted=rules.clean(parsed.quoted),
        attachments=tuple(a.file_id for a in attached),
        external_id=_external_id(mail),
        references=parsed.references,
        subject=aim.subject,
        token_subject=aim.token,
        raw_file_id=raw_file,
        auto=auto,
        forged=aim.forged,
        meta=_meta(parsed, aim.forged, left_out),
    )
    return inbound, attached


def _external_id(mail: Mail) -> str:
    """The Message-ID, unless a person opens a copy of a mail whose message has it already."""
    message_id = mail.envelope.message_id
    return "" if mail.again is not None and queries.has_external_id(message_id) else message_id


def text_of(parsed: ParsedMail, attached: tuple[Attached, ...]) -> str:
    """What people read; never empty, since a request without a word cannot be answered."""
    text = rules.clean(parsed.text).strip() or rules.clean(parsed.full_text).strip()
    if rules.is_seen(text):
        return text
    return _("(The mail has no text, only attachments.)") if attached else _("(The mail has no text.)")


def _keep_attachments(parsed: ParsedMail, at: datetime) -> tuple[tuple[Attached, ...], list[str]]:
    """Store the files of a mail. What is empty, too large or too many stays in the raw mail and is named."""
    kept: list[Attached] = []
    left_out: list[str] = []
    for attachment in parsed.attachments:
        if len(kept) >= rules.MOST_ATTACHMENTS:
            left_out.append(attachment.filename)
            continue
        try:
            file = store(
                name=rules.clean(attachment.filename) or _("file"), content=attachment.content, at=at
            )
        except Invalid:
            left_out.append(attachment.filename)
            continue
        kept.append(Attached(file.pk, attachment.inline, rules.clean(attachment.content_id)))
    return tuple(kept), left_out


def _meta(parsed: ParsedMail, forged: bool, left_out: list[str]) -> dict[str, Any]:
    """What is kept beside the text. Of hundreds of recipients the first are kept, and how many there were."""
    recipients = [rules.clean(address.email)[:320] for address in (*parsed.to, *parsed.cc)]
    meta: dict[str, Any] = {"to": recipients[:MOST_RECIPIENTS_KEPT]}
    if len(recipients) > MOST_RECIPIENTS_KEPT:
        meta["recipients"] = len(recipients)
    if parsed.date is not None:
        meta["sent_at"] = parsed.date.isoformat()
    if parsed.defects:
        meta["defects"] = [rules.clean(defect)[:200] for defect in parsed.defects[:10]]
    if forged:
        meta["forged"] = True
    if left_out:
        meta["left_out"] = [rules.clean(name)[:100] for name in left_out[:20]]
    return meta
