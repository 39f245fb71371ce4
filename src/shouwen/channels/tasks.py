"""What jobs and the clock start: delivering, and putting right what a crash left behind."""

from datetime import datetime

import structlog

from shouwen.channels import liveness, registry, rules, services
from shouwen.channels.registry import Outcome
from shouwen.channels.services.delivering import Ticket
from shouwen.channels.vendors.email.identity import new_message_id
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.jobs import every, job

log = structlog.get_logger(__name__)
SWEEP_SECONDS = 30


@job("channels.deliver", attempts=20, lease_seconds=900)
def deliver(*, message_id: int) -> None:
    """One attempt to deliver one message; the talk with the other server is outside every transaction."""
    ticket = services.begin_attempt(
        message_id=message_id, worker=liveness.worker_name(), new_id=new_message_id, at=now()
    )
    if ticket is None:
        return
    outcome = _carry(ticket)
    services.settle_attempt(
        attempt_id=ticket.attempt_id, outcome=outcome.result, note=outcome.note, at=now(), by=SYSTEM
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


@every("channels.sweep", seconds=SWEEP_SECONDS)
def sweep(*, at: datetime) -> None:
    """Settle what a crash left in the middle of sending."""
    services.sweep(is_dead=liveness.is_dead, at=at)
