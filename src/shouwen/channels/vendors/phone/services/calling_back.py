"""Who did not get through is called back: a request is opened, a time promised, and the promise kept by the call."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwen.channels import intake, policies, promising, rules
from shouwen.channels.intake import Inbound
from shouwen.channels.models import Call
from shouwen.channels.services.conversations import receive
from shouwen.channels.vendors.phone import queries
from shouwen.channels.vendors.phone.events import CallBackDone
from shouwen.customers.services import recognise
from shouwen.kernel.errors import Invalid, Refused
from shouwen.people import queries as people
from shouwen.platform.access import SYSTEM, Actor, ensure
from shouwen.platform.ledger import bus


@transaction.atomic
def call_missed(*, call_id: int, at: datetime) -> None:
    """Some seconds after the end: when nobody answered after all, the caller gets a request and a promise.

    A caller who tries again before being called back stays in the same request with the same promise. A
    withheld number can't be called back; it stands on the list and that is all.
    """
    call = Call.objects.select_for_update().get(pk=call_id)
    if not call.missed or call.called_back_at is not None or call.subject_id or not call.number:
        return
    earlier = queries.owed_to(call.number, but=call.pk)
    with translation.override("zh-hans"):  # what the product writes by itself is written for the organisation
        _ask_for_call_back(call, earlier, at)


def _ask_for_call_back(call: Call, earlier: Call | None, at: datetime) -> None:
    try:
        customer, is_new = recognise(name=call.number, phone=call.number, at=at, by=SYSTEM)
    except Invalid:
        return  # not a number that anybody can dial
    line = call.line
    said = _("Missed call after %(seconds)s seconds of ringing.") % {"seconds": call.wait}
    inbound = Inbound(
        channel="phone",
        at=at,
        customer_id=customer.pk,
        customer=customer,
        new_customer=is_new,
        team_id=line.team_id if line else None,
        from_name=customer.name,
        title=_("Call back: missed call"),
        text=said,
        subject=earlier.subject if earlier else None,
        meta={"call": {"id": call.pk, "direction": call.direction, "number": call.number, "missed": True}},
    )
    taken = intake.offer(inbound)
    message_id = taken.message_id
    if message_id is None:
        message_id = receive(
            channel="phone",
            customer_id=customer.pk,
            subject=taken.subject,
            title=inbound.title,
            text=said,
            author_name=customer.name,
            new_subject=taken.result == rules.OPENED,
            meta=inbound.meta,
            at=at,
        ).pk
    call.customer_id, call.message_id = customer.pk, message_id
    call.subject_kind, call.subject_id = taken.subject
    call.promise_id = earlier.promise_id if earlier else _promise(call, taken.subject, at)
    call.save()


def _promise(call: Call, subject: tuple[str, int], at: datetime) -> int | None:
    minutes = call.line.call_back_minutes if call.line else 0
    ledger = promising.keeper()
    if not minutes or ledger is None:
        return None
    return ledger.promise(
        subject=subject,
        text=_("Call back %(number)s") % {"number": call.number},
        team_id=call.line.team_id if call.line else None,
        seconds=minutes * 60,
        channel="phone",
        at=at,
    )


def reached(call: Call, *, at: datetime) -> None:
    """Two people speak: everything this caller had been promised a call for is done, whoever dialled."""
    if not call.number:
        return
    owed = Call.objects.select_for_update().filter(number=call.number, missed=True, called_back_at=None)
    caller = Actor(user_id=call.staff_id, name=people.name_of(call.staff_id), kind="system")
    for missed in owed.exclude(pk=call.pk):
        if missed.started_at > (call.answered_at or at):
            continue  # they called again later
        _settle(missed, at=at, by=caller)
        bus.announce(
            CallBackDone(missed.pk, call.pk),
            subjects=[("call", missed.pk)],
            by=caller,
            at=at,
            topics=["calls"],
        )
        if call.customer_id is None and missed.customer_id is not None:
            call.customer_id = missed.customer_id
            call.save(update_fields=["customer_id"])


@transaction.atomic
def close_missed(*, call_id: int, at: datetime, by: Actor) -> Call:
    """Somebody reached the caller on another way, and says so."""
    ensure(policies.may_answer_calls, by)
    call = Call.objects.select_for_update().get(pk=queries.call(call_id).pk)
    if not call.missed or call.called_back_at is not None:
        raise Refused(gettext_lazy("Nobody waits for this call back any more."))
    _settle(call, at=at, by=by)
    bus.announce(CallBackDone(call.pk, call.pk), subjects=[("call", call.pk)], by=by, at=at, topics=["calls"])
    return call


def _settle(missed: Call, *, at: datetime, by: Actor) -> None:
    missed.called_back_at = at
    missed.save(update_fields=["called_back_at"])
    ledger = promising.keeper()
    if ledger is not None and missed.promise_id is not None:
        with translation.override("zh-hans"):
            ledger.keep(promise_id=missed.promise_id, note=_("Called back"), at=at, by=by)
