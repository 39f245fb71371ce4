"""Callbacks of other systems: kept with their work in one transaction and answered at once, read by a job.

accept    it is genuine and new: its bytes, its line in the register and the job that reads it
refuse    it is not: a line in the register that says why, and nothing of what it wants
take_in   the job: what it says goes upstairs, the message and the line are written, all or nothing
"""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction

from shouwen.channels import policies, queries, registry, rules
from shouwen.channels.callbacks import MESSAGE, REPORT
from shouwen.channels.models import Account, InboundRecord, SignedSeen
from shouwen.channels.services import entries
from shouwen.kernel.errors import Fault, Refused
from shouwen.platform.access import SYSTEM, Actor, ensure
from shouwen.platform.files import queries as files
from shouwen.platform.files.services import raw as keep_raw
from shouwen.platform.jobs import enqueue

TAKE_IN = "channels.take_in"
HOUR = timedelta(hours=1)


class Accepted(NamedTuple):
    """`state`: new; known, when the same one was accepted before; replay, when this very request has been here."""

    state: str
    record: InboundRecord | None = None


def accept(
    *,
    account: Account,
    key: str,
    body: bytes,
    at: datetime,
    mark: str = "",
    sender: str = "",
    title: str = "",
    name: str = "",
) -> Accepted:
    """Keep a genuine callback with the mark of its signature and queue its reading, in one transaction.

    Once this has returned, nothing but an erasure takes it away: a kill -9 in the next moment leaves the job.
    """
    source = f"{account.vendor}:{account.pk}"
    if mark and SignedSeen.objects.filter(source=source, mark=mark).exists():
        return Accepted("replay")
    fingerprint = hashlib.sha256(f"{account.pk}:{key}".encode()).hexdigest()
    if InboundRecord.objects.filter(fingerprint=fingerprint).exists():
        return Accepted("known")
    try:
        with transaction.atomic():
            if mark:
                SignedSeen.objects.create(source=source, mark=mark, at=at)
            file = keep_raw(name=name or "callback.json", content=body, at=at)
            record = _line(account, fingerprint, key=key, sender=sender, title=title, at=at)
            record.result, record.raw_file = rules.WAITING, file
            record.save()
            enqueue(TAKE_IN, {"record_id": record.pk}, key=f"{TAKE_IN}:{record.pk}")
    except IntegrityError:
        return Accepted("known")  # another process was quicker with the same one
    return Accepted("new", record)


@contextmanager
def once(*, account: Account, mark: str, at: datetime) -> Iterator[bool]:
    """For a genuine callback that only says that something is there: whether this very one is new. What is done inside
    and its mark are one transaction."""
    source = f"{account.vendor}:{account.pk}"
    with transaction.atomic():
        _seen, is_new = SignedSeen.objects.get_or_create(source=source, mark=mark, defaults={"at": at})
        yield is_new


def refuse(
    *,
    account: Account,
    reason: str,
    at: datetime,
    sender: str = "",
    title: str = "",
    result: str = rules.REFUSED,
) -> bool:
    """Write into the register why a callback counts for nothing. False when it has too many of them this hour.

    Its words are not kept: whoever sent it may be anybody.
    """
    recent = InboundRecord.objects.filter(account=account, result=result, arrived_at__gt=at - HOUR)
    if recent.count() >= rules.MOST_REFUSALS:
        return False
    fingerprint = hashlib.sha256(uuid.uuid4().bytes).hexdigest()
    record = _line(account, fingerprint, key="", sender=sender, title=title, at=at)
    record.result, record.reason = result, reason
    record.save()
    return True


@transaction.atomic
def take_in(*, record_id: int, at: datetime, by: Actor = SYSTEM, force: bool = False) -> InboundRecord:
    """Do what an accepted callback says. Twice changes nothing. `force`: a person opens one that was refused."""
    record = InboundRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
    if record.result != rules.WAITING and not force:
        return record
    account = record.account
    if account is None or record.raw_file_id is None:
        return _settled(record, rules.REFUSED, "erased")
    entry = registry.get(account.vendor).take_in(record, files.content(record.raw_file_id), at)
    entries.note_reach(account, entry, record.arrived_at)
    if entry.sort == REPORT:
        return _settled(record, *entries.take_report(account, entry, record.arrived_at, at=at, by=by))
    if entry.sort != MESSAGE:
        return _settled(record, rules.NOTED, entry.detail)
    if not force and queries.arrived_from(entry.address, account.pk, record.arrived_at) > rules.MOST_FROM_ONE:
        return _settled(record, rules.REFUSED, "too_many")
    result, message_id = entries.take_message(account, record, entry, at=at, by=by)
    record.message_id = message_id
    return _settled(record, result, "opened_by_hand" if force else "")


@transaction.atomic
def settle_refused(*, record_id: int, reason: str) -> None:
    """It could not be taken in; its bytes stay, so that a person can open it all the same."""
    record = InboundRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
    if record.result == rules.WAITING:
        _settled(record, rules.REFUSED, reason)


def open_again(*, record_id: int, at: datetime, by: Actor) -> InboundRecord:
    """Open a refused callback as a request all the same, by a person's decision."""
    ensure(policies.may_see_register, by)
    record = queries.record(record_id)
    if not record.openable:
        raise Refused(record.sentence or str(record.get_result_display()))
    try:
        opened = take_in(record_id=record_id, at=at, by=by, force=True)
    except Fault:
        raise
    except (ValueError, KeyError, TypeError) as trouble:
        raise Refused(record.sentence) from trouble
    if opened.message_id is None:
        raise Refused(opened.sentence or str(opened.get_result_display()))
    return opened


def _line(
    account: Account, fingerprint: str, *, key: str, sender: str, title: str, at: datetime
) -> InboundRecord:
    return InboundRecord(
        source=f"callback:{account.vendor}:{account.pk} {account.name}",
        account=account,
        mail_id=key[:500],
        fingerprint=fingerprint,
        from_address=rules.clean(sender)[:320],
        title=rules.clean(title)[:300],
        arrived_at=at,
        at=at,
    )


def _settled(record: InboundRecord, result: str, reason: str) -> InboundRecord:
    record.result, record.reason = result, reason[:1000]
    record.save(update_fields=["result", "reason", "message"])
    return record
