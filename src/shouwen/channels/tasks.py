"""What jobs and the clock start: delivering, and putting right what a crash left behind."""

from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _

from shouwen.channels import intake, liveness, queries, registry, rules, services, wording
from shouwen.channels.callbacks import Later
from shouwen.channels.registry import Outcome
from shouwen.channels.services.delivering import Ticket
from shouwen.kernel.errors import Fault
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.files import queries as files
from shouwen.platform.jobs import enqueue, every, job

log = structlog.get_logger(__name__)
SWEEP_SECONDS = 30
PATIENCE = timedelta(minutes=15)
FETCH_FOR = timedelta(hours=3)  # after that a file is given up
LOST_AFTER = timedelta(hours=4)  # the job's own tries end before


@job("channels.deliver", attempts=20, lease_seconds=900, label=_("Deliver a message"))
def deliver(*, message_id: int) -> None:
    """One attempt to deliver one message; the talk with the other server is outside every transaction."""
    ticket = services.begin_attempt(
        message_id=message_id, worker=liveness.worker_name(), new_id=registry.new_id, at=now()
    )
    if ticket is None:
        return
    outcome = _carry(ticket)
    services.settle_attempt(
        attempt_id=ticket.attempt_id,
        outcome=outcome.result,
        note=outcome.note,
        reference=outcome.reference,
        at=now(),
        by=SYSTEM,
    )


def _carry(ticket: Ticket) -> Outcome:
    """Let the vendor deliver. An error nobody foresaw counts by how far the attempt had got."""
    reached: list[bool] = []

    def on_data() -> None:
        services.note_data_stage(attempt_id=ticket.attempt_id)
        reached.append(True)

    try:
        vendor = registry.get(ticket.account.vendor)
        return vendor.deliver(ticket.message, ticket.account, on_data)
    except Exception as trouble:
        log.exception("delivery broke", message_id=ticket.message.pk)
        if reached:
            return Outcome(rules.UNKNOWN, "lost_late")
        return Outcome(rules.TEMPORARY, f"broken: {type(trouble).__name__}")


@job(services.callbacks.TAKE_IN, attempts=12, lease_seconds=300, label=_("Take in what a channel brought"))
def take_in(*, record_id: int) -> None:
    """Read one accepted callback. What cannot be taken in stays in the register with its bytes."""
    at = now()
    try:
        services.take_in(record_id=record_id, at=at)
    except (OperationalError, InterfaceError, Later):
        raise  # our own database, or something that is about to be written: the job comes again
    except LookupError as trouble:
        if intake.is_open():
            _stuck(record_id, trouble, at)
        else:
            services.settle_refused(record_id=record_id, reason="nobody_takes_in")
    except Fault as fault:
        services.settle_refused(record_id=record_id, reason=wording.rejected(fault))
    except Exception as trouble:
        _stuck(record_id, trouble, at)


def _stuck(record_id: int, trouble: Exception, at: datetime) -> None:
    """An error nobody foresaw: tried again for a while, then a person's."""
    if at - queries.record(record_id).arrived_at < PATIENCE:
        raise trouble
    log.error("callback not taken in", record_id=record_id, exc_info=trouble)
    services.settle_refused(record_id=record_id, reason=f"program_error: {type(trouble).__name__}")


@job(services.entries.FETCH, attempts=12, lease_seconds=300, label=_("Fetch a file of a message"))
def fetch(*, record_id: int, number: int, message_id: int) -> None:
    """Fetch one file that a callback named; the talk with the other server is outside every transaction."""
    record, at = queries.record(record_id), now()
    if record.account is None or record.raw_file_id is None:
        return
    vendor = registry.get(record.account.vendor)
    wanted = vendor.take_in(record, files.content(record.raw_file_id), at).fetch[number]
    try:
        loose = vendor.fetch(record.account, wanted)
        services.add_file(message_id=message_id, number=number, loose=loose, at=at)
    except Fault as fault:
        services.give_up_file(message_id=message_id, number=number, reason=str(fault))
    except Exception as trouble:
        if at - record.arrived_at < FETCH_FOR:
            raise
        services.give_up_file(message_id=message_id, number=number, reason=type(trouble).__name__)


@every("channels.forget_signed", seconds=600, label=_("Forget old signatures and numbers of visitors"))
def forget_signed(*, at: datetime) -> None:
    """What no replay can come of any more, and numbers of visitors who have left."""
    services.forget_signed(at=at)
    services.forget_visitors(at=at)


@every("channels.sweep", seconds=SWEEP_SECONDS, label=_("Settle sending that broke off"))
def sweep(*, at: datetime) -> None:
    """Settle what a crash left in the middle of sending."""
    services.sweep(is_dead=liveness.is_dead, at=at)
    for record_id in queries.waiting_too_long(at - LOST_AFTER):
        enqueue(
            services.callbacks.TAKE_IN,
            {"record_id": record_id},
            key=f"{services.callbacks.TAKE_IN}:{record_id}",
        )
