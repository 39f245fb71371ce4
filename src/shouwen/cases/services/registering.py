"""A contact at the phone, the desk or by letter, written down in one go: whoever was asked owns it (首问负责制)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import permissions, policies, queries
from shouwen.cases.models import Case
from shouwen.cases.rules import fields as field_rules
from shouwen.cases.rules.registering import Caller, Contact
from shouwen.cases.services import changing, giving, replying, understanding
from shouwen.cases.services.opening import register_contact
from shouwen.cases.services.ownership import take
from shouwen.channels import kinds, sheets
from shouwen.channels.services import conversations as channels
from shouwen.customers import queries as customers
from shouwen.customers import services as customer_services
from shouwen.customers.models import Customer
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, ensure, require
from shouwen.platform.files import services as files
from shouwen.promises import queries as promise_reads
from shouwen.promises import services as promises

MOST_FILE_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A file that came with a form; `content` is read once."""

    name: str
    size: int
    content: IO[bytes] | bytes


@contextmanager
def naming(names: Mapping[str, str]) -> Iterator[None]:
    """Inside, a wrong field is called as the form calls it."""
    try:
        yield
    except Invalid as fault:
        errors = {names.get(name, name): text for name, text in fault.errors.items()}
        raise Invalid(fault.sentence, errors=errors) from None


def keep_files(uploads: Sequence[Upload], at: datetime) -> list[int]:
    """Ids of the stored files; empty ones are left out."""
    kept = (
        files.store(name=one.name, content=one.content, at=at, limit=MOST_FILE_BYTES)
        for one in uploads
        if one.size
    )
    return [file.pk for file in kept]


@transaction.atomic
def take_down(*, contact: Contact, uploads: Sequence[Upload] = (), at: datetime, by: Actor) -> Case:
    """Open a case, or go on with `contact.about`, with everything that was said in one contact.

    The understanding, the expectation and the first promise are recorded in the same transaction: either all
    of the contact is written down or the form comes back with nothing lost.
    """
    require(by, permissions.WORK)
    if contact.channel not in kinds.by_hand():
        raise Invalid(_("There is no such channel."), field="channel")
    if not contact.said.strip():
        raise Invalid(_("Write down what was said."), field="said")
    attachments = keep_files(uploads, at)
    case = _go_on(contact, attachments, at, by) if contact.about else _open(contact, attachments, at, by)
    _understand(case, contact, at, by)
    _expect(case, contact, at, by)
    _promise(case, contact, at, by)
    case.refresh_from_db()
    return case


def _open(contact: Contact, attachments: list[int], at: datetime, by: Actor) -> Case:
    customer, new = who(contact.caller, at=at, by=by)
    kind = queries.kinds().get(contact.kind)
    values = field_rules.checked(kind.fields if kind else [], contact.fields)
    _check_asset(customer, contact.asset_id)
    with naming({"body": "said"}):
        case = register_contact(
            channel=contact.channel,
            subject=contact.subject,
            text=contact.said,
            kind=contact.kind,
            customer=customer,
            new_customer=new,
            asset_id=contact.asset_id,
            fields=values,
            message={"meta": dict(contact.call)},
            attachments=attachments,
            at=at,
            by=by,
        )
    written = sheets.Written(case.subject, case.first_message_id or 0, case.customer_id)
    sheets.written(contact.channel, contact.call, written, at=at, by=by)
    return case


def _go_on(contact: Contact, attachments: list[int], at: datetime, by: Actor) -> Case:
    """The customer asks again about something known: it is added there, and a case without owner gets one."""
    case = queries.locked(contact.about or 0, by)
    if case.customer_id != contact.caller.customer_id:
        raise Invalid(_("This case is not one of the customer's."), field="about")
    ensure(policies.may_work, by, case)
    message = replying.record_contact(
        case_id=case.pk,
        direction="inbound",
        channel=contact.channel,
        text=contact.said,
        meta=dict(contact.call),
        at=at,
        by=by,
    )
    channels.attach(message, attachments)
    written = sheets.Written(case.subject, message.pk, case.customer_id)
    sheets.written(contact.channel, contact.call, written, at=at, by=by)
    if queries.locked(case.pk).owner_id is None:
        take(case_id=case.pk, at=at, by=by)
    if contact.asset_id and contact.asset_id != case.asset_id:
        changing.set_details(case_id=case.pk, asset_id=contact.asset_id, at=at, by=by)
    return case


def who(caller: Caller, *, at: datetime, by: Actor) -> tuple[Customer, bool]:
    """The known customer, the one who has this number or address, or a new one."""
    if caller.customer_id is not None:
        return customers.current(customers.get(caller.customer_id, by).pk), False
    contacts = [(kind, value) for kind, value in (("phone", caller.phone), ("email", caller.email)) if value]
    for kind, value in contacts:
        known = customers.of_contact(kind, value)
        if known is not None:
            return customers.current(known.pk), False
    if not caller.name.strip() and not contacts:
        raise Invalid(_("Say who asks: a name, a mail address or a number."), field="name")
    name = caller.name.strip() or contacts[0][1]
    with naming({"kind": "customer_kind"}):
        made = customer_services.register(name=name, kind=caller.kind, contacts=contacts, at=at, by=by)
    return made, True


def _check_asset(customer: Customer, asset_id: int | None) -> None:
    if asset_id and asset_id not in {asset.pk for asset in customers.assets_of(customer.pk)}:
        raise Invalid(_("This asset is not one of the customer's."), field="asset")


def _understand(case: Case, contact: Contact, at: datetime, by: Actor) -> None:
    if not contact.understood.strip():
        return
    agreed = contact.agreed and kinds.is_spoken(contact.channel)
    how = "desk" if contact.channel == "desk" else "phone"
    with naming({"text": "understood"}):
        understanding.restate(
            case_id=case.pk, text=contact.understood, confirmed_how=how if agreed else "", at=at, by=by
        )


def _expect(case: Case, contact: Contact, at: datetime, by: Actor) -> None:
    wanted = contact.expected
    if not (wanted.text.strip() or wanted.managed.strip()):
        return
    with naming({"text": "expectation", "sort": "expectation_sort", "managed": "expectation_managed"}):
        promises.record_expectation(
            subject=case.subject,
            customer_id=case.customer_id,
            text=wanted.text,
            sort=wanted.sort or "reasonable",
            managed=wanted.managed,
            at=at,
            by=by,
        )


def _promise(case: Case, contact: Contact, at: datetime, by: Actor) -> None:
    given = contact.promised
    if not given.text.strip() and given.due_at is None:
        return
    found = promise_reads.find_promises(given.text, at, zone=by.zone) if given.due_at is None else []
    due = given.due_at or (found[0].due if found else None)
    if due is None:
        raise Invalid(_("Say by when: in the words, or choose a time."), field="promise_due")
    with naming({"text": "promise", "due_at": "promise_due"}):
        giving.promise(case_id=case.pk, text=given.text, due_at=due, at=at, by=by)
