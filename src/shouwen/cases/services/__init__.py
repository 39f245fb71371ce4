"""Writes, one verb each. Keyword-only, with at= and by=, in one transaction with their fact."""

from shouwen.cases.services.assisting import Assistance, assist
from shouwen.cases.services.bulk import (
    WEIGHTS,
    Outcome,
    each_of,
    prioritise_one,
    tag_one,
    untag_one,
    weigh_again,
)
from shouwen.cases.services.changing import (
    set_awaiting_customer,
    set_details,
    set_kind,
    set_priority,
    set_restricted,
    set_tags,
    set_team,
)
from shouwen.cases.services.closing import answer_confirmation, close_silent, reopen, resolve
from shouwen.cases.services.disputing import raise_dispute, rule_on
from shouwen.cases.services.escalating import escalate, settle_escalation
from shouwen.cases.services.feeling import mark_feeling
from shouwen.cases.services.furnishing import furnish
from shouwen.cases.services.gating import pass_gate
from shouwen.cases.services.giving import expect, promise, set_particulars
from shouwen.cases.services.handoffs import (
    accept_handoff,
    ask_handoff,
    decline_handoff,
    mark_customer_told,
    withdraw_handoff,
)
from shouwen.cases.services.helping import ask_for_help, join_in
from shouwen.cases.services.informing import inform, resolve_asked
from shouwen.cases.services.inserting import answered_by, use_template
from shouwen.cases.services.noticing import read_notices
from shouwen.cases.services.offering import offer, pass_on, pass_on_due
from shouwen.cases.services.opening import open_case, register_contact
from shouwen.cases.services.organising import link, merge, undo_merge, unlink
from shouwen.cases.services.ownership import take
from shouwen.cases.services.personal import remove_view, save_draft, save_view, snooze, watch
from shouwen.cases.services.receiving import receive, take_in
from shouwen.cases.services.registering import Upload, take_down
from shouwen.cases.services.replying import PromiseGiven, note, record_contact, reply
from shouwen.cases.services.splitting import split
from shouwen.cases.services.taking_over import reach_limit, take_over
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
from shouwen.cases.services.undoing import undo_reply

__all__ = [
    "WEIGHTS",
    "Assistance",
    "Outcome",
    "PromiseGiven",
    "Upload",
    "accept_handoff",
    "accept_task",
    "answer_confirmation",
    "answered_by",
    "approve_task",
    "ask_for_help",
    "ask_handoff",
    "ask_task",
    "assist",
    "cancel_task",
    "choose_option",
    "close_silent",
    "confirm_understanding",
    "decline_handoff",
    "deliver_task",
    "each_of",
    "escalate",
    "expect",
    "furnish",
    "inform",
    "join_in",
    "link",
    "mark_behaviour",
    "mark_customer_told",
    "mark_feeling",
    "merge",
    "note",
    "offer",
    "offer_option",
    "open_case",
    "pass_gate",
    "pass_on",
    "pass_on_due",
    "prioritise_one",
    "promise",
    "raise_dispute",
    "reach_limit",
    "read_notices",
    "receive",
    "record_contact",
    "register_contact",
    "reject_task",
    "remove_view",
    "reopen",
    "reply",
    "resolve",
    "resolve_asked",
    "restate",
    "return_task",
    "rule_on",
    "save_draft",
    "save_view",
    "set_awaiting_customer",
    "set_details",
    "set_kind",
    "set_particulars",
    "set_priority",
    "set_restricted",
    "set_tags",
    "set_team",
    "settle_escalation",
    "snooze",
    "split",
    "tag_one",
    "take",
    "take_down",
    "take_in",
    "take_over",
    "undo_merge",
    "undo_reply",
    "unlink",
    "untag_one",
    "use_template",
    "watch",
    "weigh_again",
    "withdraw_handoff",
]
