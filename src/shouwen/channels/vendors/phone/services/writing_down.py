"""What the agent writes about a call: the caller's permissions, and the contact that belongs to it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.channels import policies
from shouwen.channels.models import Call, Message
from shouwen.channels.sheets import Written
from shouwen.channels.vendors.phone import queries
from shouwen.channels.vendors.phone.events import CallerAgreed
from shouwen.kernel.errors import N_, Invalid, Sentence
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus

WHAT = ("hold", "transfer")


@transaction.atomic
def permit(*, call_id: int, what: str, at: datetime, by: Actor) -> Call:
    """The caller agrees to be held or passed on, written down before it is done."""
    if what not in WHAT:
        raise Invalid(Sentence(N_("A caller agrees to be held or to be passed on.")), field="what")
    call = Call.objects.select_for_update().get(pk=queries.call(call_id).pk)
    ensure(policies.may_work_on_call, by, call)
    if what not in call.permitted:
        call.permitted = {**call.permitted, what: at.isoformat()}
        call.save(update_fields=["permitted"])
        bus.announce(CallerAgreed(call.pk, what), subjects=[("call", call.pk)], by=by, at=at)
    return call


@transaction.atomic
def written_down(
    *, call_id: int, contact: Written, permitted: dict[str, bool], at: datetime, by: Actor
) -> None:
    """Join a call and what was written about it. `permitted` are the ticks of the page."""
    call = Call.objects.select_for_update().get(pk=call_id)
    ensure(policies.may_work_on_call, by, call)
    call.subject_kind, call.subject_id = contact.subject
    call.message_id, call.customer_id = contact.message_id, contact.customer_id
    call.staff_id = call.staff_id or by.user_id
    agreed = {what: at.isoformat() for what in WHAT if permitted.get(what)}
    call.permitted = {**agreed, **call.permitted}
    call.save()
    follow(call)


def follow(call: Call) -> None:
    """The message says what the call has become since: its lengths are known only at its end."""
    if call.message_id is None:
        return
    message = Message.objects.filter(pk=call.message_id).first()
    if message is not None:
        message.meta = {**message.meta, "call": {**message.meta.get("call", {}), **_kept(call)}}
        message.save(update_fields=["meta"])


def _kept(call: Call) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "id": call.pk,
        "direction": call.direction,
        "duration": call.talk,
        "wait": call.wait,
    }
    if call.number:
        kept["number"] = call.number
    if call.hold:
        kept["hold"] = {"seconds": call.hold, "permitted": "hold" in call.permitted}
    if call.transferred_to:
        kept["transfer"] = {"to": call.transferred_to, "permitted": "transfer" in call.permitted}
    return kept
