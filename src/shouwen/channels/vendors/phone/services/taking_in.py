"""What a telephone system reports becomes a call: its figures, whose screen shows it, whose number it is."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from shouwen.channels.models import Call, CallEvent, Line, PhoneSystem
from shouwen.channels.services.admitting import admitted
from shouwen.channels.vendors.phone import calls, queries
from shouwen.channels.vendors.phone.events import CallChanged
from shouwen.channels.vendors.phone.reported import Reported, reported
from shouwen.channels.vendors.phone.services import calling_back, writing_down
from shouwen.platform.access import SYSTEM
from shouwen.platform.jobs import enqueue
from shouwen.platform.ledger import bus
from shouwen.platform.secrets import unseal

# The end of a call may arrive before its answer did; who seems to have missed one waits this long for it.
PATIENCE = timedelta(seconds=15)
MISSED = "channels.phone_missed"


def take_in(
    *, system: PhoneSystem, timestamp: str, signature: str, body: bytes, network: str, at: datetime
) -> Call:
    """One signed event of a telephone system; the same event twice changes nothing."""
    with admitted(
        source=system.source,
        secret=unseal(system.secret),
        timestamp=timestamp,
        signature=signature,
        body=body,
        network=network,
        at=at,
    ):
        return _take(system, reported(body), at)


@transaction.atomic
def _take(system: PhoneSystem, told: Reported, at: datetime) -> Call:
    call = _call(system, told)
    _event, is_new = CallEvent.objects.get_or_create(
        call=call,
        event_id=told.event_id,
        defaults={
            "kind": told.event.kind,
            "at": told.event.at,
            "extension": told.event.extension,
            "to": told.event.to,
            "url": told.event.url,
            "received_at": at,
        },
    )
    if not is_new:
        return call
    before = set(call.staff_ids)
    _know_more(call, told)
    _compute(call)
    call.save()
    PhoneSystem.objects.filter(pk=system.pk).update(last_event_at=at)
    writing_down.follow(call)
    _follow_up(call, at)
    bus.announce(
        CallChanged(call.pk, call.state, call.direction, call.staff_id, call.missed),
        subjects=[("call", call.pk)],
        by=SYSTEM,
        at=at,
        topics=["calls", *(f"user:{pk}" for pk in sorted(before | set(call.staff_ids)))],
    )
    return call


def _call(system: PhoneSystem, told: Reported) -> Call:
    """The call's row, held for this transaction: its events are computed one after the other."""
    call, _is_new = Call.objects.get_or_create(
        system=system,
        external_id=told.call_id,
        defaults={"direction": told.direction, "started_at": told.event.at},
    )
    return Call.objects.select_for_update().get(pk=call.pk)


def _know_more(call: Call, told: Reported) -> None:
    """Number, line and direction come with any of the events, not always with the first to arrive."""
    if told.direction == "outgoing":
        call.direction = told.direction
    if told.number and not call.number:
        call.number = queries.known_as(told.number)
        who = queries.callers(call.number)
        call.customer_id = who[0].pk if len(who) == 1 else None
    if told.line and call.line_id is None:
        call.line = Line.objects.filter(number=told.line).first()


def _compute(call: Call) -> None:
    told = [calls.Event(e.kind, e.at, e.extension, e.to, e.url) for e in call.events.all()]
    found = calls.figures(told)
    staff = queries.staff_at([*found.extensions, found.extension])
    call.state, call.started_at, call.answered_at = found.state, found.started_at, found.answered_at
    call.ended_at, call.wait, call.talk, call.hold = found.ended_at, found.wait, found.talk, found.hold
    call.transferred_to, call.recording = found.transferred_to, found.recording
    call.staff_ids = sorted({staff[one] for one in found.extensions if one in staff})
    call.staff_id = staff.get(found.extension, call.staff_id)
    call.missed = found.unanswered and call.direction == "incoming"


def _follow_up(call: Call, at: datetime) -> None:
    if call.missed and call.called_back_at is None:
        enqueue(MISSED, {"call_id": call.pk}, at=at + PATIENCE, key=f"{MISSED}:{call.pk}")
    if call.answered_at is not None:
        calling_back.reached(call, at=at)
    elif call.direction == "outgoing" and call.state == calls.ENDED and call.number:
        owed = Call.objects.filter(number=call.number, missed=True, called_back_at=None)
        owed.update(tries=F("tries") + 1)
