"""Time limits set by law for a subject: started, extended as the law allows, met, stopped, breached."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.ledger import bus
from shouwen.promises import queries
from shouwen.promises.events import (
    StatutoryBreached,
    StatutoryExtended,
    StatutoryMet,
    StatutoryStarted,
    StatutoryStopped,
    StatutoryWarned,
)
from shouwen.promises.models import StatutoryClock, StatutoryExtension, StatutoryState
from shouwen.promises.rules import promising
from shouwen.promises.rules.words import Subject

REFERENCE_LIMIT = 80


@transaction.atomic
def start_statutory(
    *, subject: Subject, code: str, received_at: datetime, reference: str = "", at: datetime, by: Actor
) -> StatutoryClock:
    """Start the time limit `code` for what was received then, by the version that was in force at receipt.

    Asked again while it runs it gives back the one that runs. `reference` is the outside body's own number.
    Who may is asked by the room whose subject it is.
    """
    kind, pk = subject
    known = StatutoryClock.objects.filter(
        subject_kind=kind, subject_id=pk, code=code, settled_at__isnull=True
    )
    running = known.first()
    if running is not None:
        return running
    if received_at > at:
        raise Invalid(_("It cannot have been received in the future."), field="received_at")
    if len(reference) > REFERENCE_LIMIT:
        raise Invalid(_("At most %(most)s characters.") % {"most": REFERENCE_LIMIT}, field="reference")
    template = queries.statutory_in_force(code, received_at)
    if template is None:
        raise Invalid(_("No such time limit was in force when it was received."), field="code")
    found = queries.reckon(template, received_at)
    made = StatutoryClock.objects.create(
        subject_kind=kind,
        subject_id=pk,
        template=template,
        code=code,
        reference=reference.strip(),
        received_at=received_at,
        started_at=at,
        due_at=found.due_at,
        warn_at=found.warn_at,
        look_at=found.warn_at if found.warn_at > at else found.due_at,
        provisional=found.provisional,
    )
    fact = StatutoryStarted(made.pk, code, kind, pk, made.due_at.isoformat())
    bus.announce(fact, subjects=[subject], by=by, at=at)
    return made


@transaction.atomic
def meet_statutory(*, clock_id: int, at: datetime, by: Actor) -> StatutoryClock:
    """What the law asks for was done at `at`. Too late it stays breached, and is settled all the same."""
    clock = queries.locked_statutory(clock_id)
    _must_run(clock)
    if at > clock.due_at:
        breach(clock, at)
        clock.settled_at = at
        clock.save(update_fields=["settled_at"])
        return clock
    clock.state, clock.settled_at, clock.look_at = StatutoryState.MET, at, None
    clock.save(update_fields=["state", "settled_at", "look_at"])
    fact = StatutoryMet(clock.pk, clock.code, *clock.subject, clock.due_at.isoformat())
    bus.announce(fact, subjects=[clock.subject], by=by, at=at)
    return clock


@transaction.atomic
def stop_statutory(*, clock_id: int, reason: str, at: datetime, by: Actor) -> StatutoryClock:
    """It no longer applies (withdrawn, passed on to another body), and why."""
    clock = queries.locked_statutory(clock_id)
    _must_run(clock)
    clock.reason = promising.check_reason(reason)
    if clock.state != StatutoryState.BREACHED:
        clock.state = StatutoryState.STOPPED
    clock.settled_at, clock.look_at = at, None
    clock.save(update_fields=["state", "settled_at", "look_at", "reason"])
    fact = StatutoryStopped(clock.pk, clock.code, *clock.subject, clock.reason)
    bus.announce(fact, subjects=[clock.subject], by=by, at=at)
    return clock


@transaction.atomic
def extend_statutory(*, clock_id: int, reason: str, at: datetime, by: Actor) -> StatutoryClock:
    """Take the next step of more time that the law allows, before the present time has passed."""
    clock = queries.locked_statutory(clock_id)
    _must_run(clock)
    said = promising.check_reason(reason)
    if at > clock.due_at:
        raise Refused(_("The time has passed: it can no longer be extended."))
    taken = list(clock.extensions.values_list("count", flat=True))
    allowed = clock.template.extensions
    if len(taken) >= len(allowed):
        raise Refused(_("The rule allows no further extension."))
    step = allowed[len(taken)]
    StatutoryExtension.objects.create(
        clock=clock,
        count=step["count"],
        why=step.get("why", ""),
        reason=said,
        extended_by=by.user_id,
        extended_at=at,
    )
    was = clock.due_at.isoformat()
    read_again(clock, at)
    fact = StatutoryExtended(clock.pk, clock.code, *clock.subject, was, clock.due_at.isoformat(), said)
    bus.announce(
        fact,
        subjects=[clock.subject],
        by=by,
        at=at,
        before={"due_at": was},
        after={"due_at": clock.due_at.isoformat()},
    )
    return clock


def read_again(clock: StatutoryClock, at: datetime) -> bool:
    """Due and warning of a locked running clock from its records; True when the due time moved."""
    before = clock.due_at
    taken = [int(count) for count in clock.extensions.values_list("count", flat=True)]
    found = queries.reckon(clock.template, clock.received_at, taken)
    clock.due_at, clock.warn_at, clock.provisional = found.due_at, found.warn_at, found.provisional
    clock.look_at = found.warn_at if found.warn_at > at else found.due_at
    clock.save(update_fields=["due_at", "warn_at", "provisional", "look_at"])
    return clock.due_at != before


def look_at(clock: StatutoryClock, at: datetime) -> None:
    """What the tick does with a locked row whose moment has come: warn once, then breach."""
    if clock.state != StatutoryState.RUNNING:
        clock.look_at = None
        clock.save(update_fields=["look_at"])
    elif clock.due_at <= at:
        breach(clock, at)
    else:
        clock.look_at = clock.due_at
        clock.save(update_fields=["look_at"])
        fact = StatutoryWarned(clock.pk, clock.code, *clock.subject, clock.due_at.isoformat())
        bus.announce(fact, subjects=[clock.subject], by=SYSTEM, at=at)


def breach(clock: StatutoryClock, at: datetime) -> None:
    """A locked clock past its time; saying so twice changes nothing."""
    if clock.state == StatutoryState.BREACHED:
        return
    clock.state, clock.look_at = StatutoryState.BREACHED, None
    clock.save(update_fields=["state", "look_at"])
    fact = StatutoryBreached(clock.pk, clock.code, *clock.subject, clock.due_at.isoformat())
    bus.announce(fact, subjects=[clock.subject], by=SYSTEM, at=at)


def _must_run(clock: StatutoryClock) -> None:
    if clock.settled_at is not None:
        raise Refused(_("This time limit has already been settled."))
