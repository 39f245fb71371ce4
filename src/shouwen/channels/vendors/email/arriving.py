"""What becomes of one raw mail.

The bytes are kept first. Then, in one transaction: known already? what sort? whose? The room upstairs takes
it in, the message and the line in the register are written. Whatever goes wrong ends as a refused line with
the raw mail kept; only trouble with our own database is passed on, so that the mail stays where it came from.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from shouwen.channels import intake, policies, queries, rules, services, wording
from shouwen.channels.models import Account, InboundRecord, Message
from shouwen.channels.services.inbound import Envelope
from shouwen.channels.vendors.email import identity
from shouwen.channels.vendors.email.contact import Aim, Mail, Writer, contact, text_of
from shouwen.channels.vendors.email.servers import MOST_BYTES
from shouwen.customers.services import recognise
from shouwen.kernel.errors import Fault, Invalid, NotFound, Refused
from shouwen.platform import db
from shouwen.platform.access import Actor, ensure
from shouwen.platform.files import queries as files
from shouwen.platform.files.services import raw as keep_raw
from shouwen.platform.mail.parsing import ParsedMail, parse

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Imported:
    """What became of a mail. `record` is its line in the register; of a known mail, the first one's.

    `subject` is what it belongs to now, `text` what people read.
    """

    result: str
    reason: str
    record: InboundRecord
    parsed: ParsedMail
    subject: tuple[str, int] | None = None
    text: str = ""


def import_raw(
    raw: bytes,
    *,
    source: str,
    at: datetime,
    by: Actor,
    account: Account | None = None,
    live: bool = True,
    own: frozenset[str] | None = None,
    again: InboundRecord | None = None,
) -> Imported:
    """Take one raw mail in. Never raises for what is in the mail.

    source  where it comes from, for the register
    live    False for files: the loop guard then counts by the mails' own dates
    own     our addresses, when the caller imports many
    again   the register's line of a refused mail that a person opens all the same
    """
    own = queries.own_addresses() if own is None else own
    parsed = parse(
        raw, own_domains=identity.own_domains(own), loop_key=identity.loop_key(), max_bytes=MOST_BYTES
    )
    arrived_at = rules.arrived_at(parsed.date, at, live=live)
    envelope = _envelope(raw, parsed, source, account, arrived_at)
    mail = Mail(raw, parsed, envelope, own, account, again)
    try:
        return _stored(mail, at=at, by=by)
    except IntegrityError:
        # another process stored the same mail in this moment: now it is known
        return _guarded(mail, at=at, by=by)
    except (OperationalError, InterfaceError):
        raise  # our own database is in trouble: the mail stays where it came from
    except Exception as trouble:
        return _refused(mail, trouble, at=at, by=by)


def register_too_large(
    head: bytes, *, source: str, at: datetime, by: Actor, account: Account | None = None
) -> Imported:
    """Register a mail that is larger than we take; its beginning is kept, all of it stays where it is."""
    parsed = parse(head)
    mail = Mail(head, parsed, _envelope(head, parsed, source, account, at), frozenset(), account)
    known = _sighting(mail)
    if known.record_id is not None:
        return _known(mail, queries.record(known.record_id))
    with transaction.atomic():
        file = keep_raw(name="mail.eml", content=head, at=at)
        return _registered(mail, file.pk, rules.REFUSED, "too_large_on_server", at=at, by=by)


def open_refused(*, record_id: int, at: datetime, by: Actor) -> Imported:
    """Open a mail of the register as a request all the same, by a person's decision."""
    ensure(policies.may_see_register, by)
    record = queries.record(record_id)
    if record.raw_file_id is None:
        raise Refused(_("The raw mail has been erased."))
    if not record.openable:
        raise Refused(_("This mail is part of a request already."))
    imported = import_raw(
        files.content(record.raw_file_id),
        source=record.source,
        account=record.account,
        again=record,
        at=at,
        by=by,
    )
    if imported.subject is None:
        raise Refused(imported.record.sentence)
    return imported


def _envelope(
    raw: bytes, parsed: ParsedMail, source: str, account: Account | None, arrived_at: datetime
) -> Envelope:
    return Envelope(
        source=source,
        message_id=rules.clean(parsed.message_id)[:500],
        fingerprint=hashlib.sha256(raw).hexdigest(),
        from_address=rules.clean(parsed.from_.email.lower())[:320],
        title=rules.heading(parsed.subject),
        arrived_at=arrived_at,
        account_id=account.pk if account else None,
    )


def _guarded(mail: Mail, *, at: datetime, by: Actor) -> Imported:
    try:
        return _stored(mail, at=at, by=by)
    except IntegrityError as trouble:
        return _refused(mail, trouble, at=at, by=by)


def _refused(mail: Mail, trouble: Exception, *, at: datetime, by: Actor) -> Imported:
    """The raw mail and why it was not taken in, in a transaction of their own."""
    if isinstance(trouble, LookupError) and not intake.is_open():
        reason = "nobody_takes_in"
    elif isinstance(trouble, Fault):
        reason = wording.rejected(trouble)
    else:
        log.error("mail not taken in", source=mail.envelope.source, exc_info=trouble)
        reason = f"program_error: {type(trouble).__name__}"
    if mail.again is not None:
        return Imported(rules.REFUSED, reason, replace_reason(mail.again, reason), mail.parsed)
    with transaction.atomic():
        file = keep_raw(name="mail.eml", content=mail.raw, at=at)
        record = services.register_mail(
            envelope=mail.envelope, raw_file=file.pk, result=rules.REFUSED, reason=reason, at=at, by=by
        )
    return Imported(rules.REFUSED, reason, record, mail.parsed)


def replace_reason(record: InboundRecord, reason: str) -> InboundRecord:
    """The line as it stands, saying why opening it by hand did not work; the row keeps its first reason."""
    record.reason = reason
    return record


def _stored(mail: Mail, *, at: datetime, by: Actor) -> Imported:
    """One transaction; when the request a token names is gone, once more as a new one."""
    try:
        return db.tried_in_one_piece(lambda: _store(mail, at=at, by=by, follow=True))
    except NotFound:
        return db.tried_in_one_piece(lambda: _store(mail, at=at, by=by, follow=False))


def _store(mail: Mail, *, at: datetime, by: Actor, follow: bool) -> Imported:
    parsed, envelope = mail.parsed, mail.envelope
    known = _sighting(mail)
    if mail.again is None and known.record_id is not None and known.same_bytes:
        return _known(mail, queries.record(known.record_id))
    aim = _aim(parsed, follow)
    verdict = _verdict(mail, aim, known)
    raw_file = mail.again.raw_file_id if mail.again else keep_raw(name="mail.eml", content=mail.raw, at=at).pk
    assert raw_file is not None
    if verdict.result == rules.DUPLICATE:
        return _as_duplicate(mail, raw_file, known.record_id, at=at, by=by)
    if verdict.result == rules.BOUNCE:
        return _as_bounce(mail, raw_file, at=at, by=by)
    by_machine = verdict.result == rules.AUTO_REPLY
    if verdict.result == rules.REFUSED or (by_machine and aim.subject is None):
        return _registered(mail, raw_file, verdict.result, verdict.reason, at=at, by=by)
    writer = _writer(mail, aim, by_machine, at=at, by=by)
    inbound, attached = contact(mail, raw_file, writer, aim, at=at)
    reason = verdict.reason or ("opened_by_hand" if mail.again else "")
    write = services.append_machine_mail if by_machine else services.take_in_mail
    filed = write(
        envelope=envelope,
        inbound=inbound,
        attached=attached,
        in_reply_to=parsed.in_reply_to,
        reason=reason,
        again=mail.again,
        at=at,
        by=by,
    )
    return Imported(
        filed.record.result, verdict.reason, filed.record, parsed, filed.subject, text=inbound.text
    )


def _known(mail: Mail, record: InboundRecord) -> Imported:
    """The same bytes again: nothing changes."""
    subject = record.message.subject if record.message else None
    return Imported(
        rules.DUPLICATE, "same_message_id", record, mail.parsed, subject, text=text_of(mail.parsed, ())
    )


def _aim(parsed: ParsedMail, follow: bool) -> Aim:
    """A genuine token in the subject line wins over the references; a forged one counts for nothing."""
    token, forged = identity.read_token(parsed.subject)
    if not follow:
        return Aim(forged=forged)
    thread = queries.thread_of([*parsed.references, parsed.in_reply_to])
    return Aim(token=token, forged=forged, thread=thread)


def _sighting(mail: Mail) -> queries.Sighting:
    envelope = mail.envelope
    return queries.sighting(
        fingerprint=envelope.fingerprint,
        message_id=envelope.message_id,
        address=envelope.from_address,
        window=rules.loop_window(envelope.arrived_at),
    )


def _verdict(mail: Mail, aim: Aim, known: queries.Sighting) -> rules.Verdict:
    envelope, opened_by_hand = mail.envelope, mail.again is not None
    return rules.judge(
        rules.Arrival(
            known=known.record_id is not None and not opened_by_hand,
            own=envelope.from_address in mail.own,
            recent=0 if opened_by_hand else known.recent,
            auto=mail.parsed.auto.value if mail.parsed.auto else "",
            threaded=aim.subject is not None,
            forced=opened_by_hand,
            unreadable=mail.parsed.refusal,
        )
    )


def _registered(
    mail: Mail,
    raw_file: int,
    result: str,
    reason: str,
    *,
    at: datetime,
    by: Actor,
    message: Message | None = None,
) -> Imported:
    record = services.register_mail(
        envelope=mail.envelope,
        raw_file=raw_file,
        result=result,
        reason=reason,
        message=message,
        at=at,
        by=by,
    )
    subject = message.subject if message else None
    return Imported(result, reason, record, mail.parsed, subject, text=text_of(mail.parsed, ()))


def _as_duplicate(mail: Mail, raw_file: int, first_id: int | None, *, at: datetime, by: Actor) -> Imported:
    """Other bytes with a known Message-ID: a copy by way of another server. Kept, in case it is not."""
    message = queries.record(first_id).message if first_id else None
    return _registered(mail, raw_file, rules.DUPLICATE, "same_message_id", at=at, by=by, message=message)


def _as_bounce(mail: Mail, raw_file: int, *, at: datetime, by: Actor) -> Imported:
    parsed, bounce = mail.parsed, mail.parsed.bounce
    told = (bounce.original_message_id if bounce else "", parsed.in_reply_to, *reversed(parsed.references))
    message = queries.message_by_external_id(told)
    address = bounce.recipient if bounce else ""
    if message is None:
        return _registered(
            mail,
            raw_file,
            rules.BOUNCE,
            f"bounce_unknown: {address}" if address else "bounce_unknown",
            at=at,
            by=by,
        )
    services.note_bounce(
        message_id=message.pk,
        address=address,
        diagnostic=bounce.failed[0].diagnostic if bounce and bounce.failed else "",
        permanent=bounce.permanent if bounce else True,
        at=at,
        by=by,
    )
    return _registered(mail, raw_file, rules.BOUNCE, "bounce", at=at, by=by, message=message)


def _writer(mail: Mail, aim: Aim, by_machine: bool, *, at: datetime, by: Actor) -> Writer:
    """Who wrote, and whether they are new. A machine makes nobody a customer."""
    if by_machine and aim.subject is not None:
        known = aim.thread.customer_id if aim.thread else queries.customer_of(aim.subject)
        if known is not None:
            return Writer(known)
    sender = mail.parsed.from_
    name = rules.heading(sender.name) or rules.clean(sender.email)
    try:
        customer, is_new = recognise(name=name, email=sender.email or None, at=at, by=by)
    except Invalid:
        # an address that cannot be one: the person still has a name
        customer, is_new = recognise(name=name, at=at, by=by)
    return Writer(customer.pk, is_new, customer)
