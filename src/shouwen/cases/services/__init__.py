"""Writes, one verb each. Keyword-only, with at= and by=, in one transaction with their fact."""

from shouwen.cases.services.changing import (
    set_awaiting_customer,
    set_details,
    set_kind,
    set_priority,
    set_restricted,
    set_tags,
)
from shouwen.cases.services.closing import answer_confirmation, close_silent, reopen, resolve
from shouwen.cases.services.escalating import escalate, settle_escalation
from shouwen.cases.services.furnishing import furnish
from shouwen.cases.services.handoffs import (
    accept_handoff,
    ask_handoff,
    decline_handoff,
    mark_customer_told,
    withdraw_handoff,
)
from shouwen.cases.services.opening import open_case, register_contact
from shouwen.cases.services.ownership import offer, take
from shouwen.cases.services.receiving import receive, take_in
from shouwen.cases.services.replying import PromiseGiven, note, promise, record_contact, reply
from shouwen.cases.services.tasks import (
    accept_task,
    approve_task,
    ask_task,
    cancel_task,
    deliver_task,
    reject_task,
    return_task,
)
from shouwen.cases.services.understanding import (
    choose_option,
    confirm_understanding,
    mark_behaviour,
    offer_option,
    restate,
)

__all__ = [
    "PromiseGiven",
    "accept_handoff",
    "accept_task",
    "answer_confirmation",
    "approve_task",
    "ask_handoff",
    "ask_task",
    "cancel_task",
    "choose_option",
    "close_silent",
    "confirm_understanding",
    "decline_handoff",
    "deliver_task",
    "escalate",
    "furnish",
    "mark_behaviour",
    "mark_customer_told",
    "note",
    "offer",
    "offer_option",
    "open_case",
    "promise",
    "receive",
    "record_contact",
    "register_contact",
    "reject_task",
    "reopen",
    "reply",
    "resolve",
    "restate",
    "return_task",
    "set_awaiting_customer",
    "set_details",
    "set_kind",
    "set_priority",
    "set_restricted",
    "set_tags",
    "settle_escalation",
    "take",
    "take_in",
    "withdraw_handoff",
]
