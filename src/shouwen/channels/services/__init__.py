"""Writes of this room. One verb each; `by` and `at` are always given."""

from shouwen.channels.services.accounts import (
    add_account,
    change_account,
    claim_receiver,
    note_position,
    note_state,
    release_receiver,
    set_active,
    set_default,
)
from shouwen.channels.services.conversations import Attached, receive, record
from shouwen.channels.services.delivering import (
    Ticket,
    begin_attempt,
    note_data_stage,
    settle_attempt,
    sweep,
)
from shouwen.channels.services.erasing import erase_customer, erase_notes, follow_merge, undo_merge
from shouwen.channels.services.inbound import append_machine_mail, note_bounce, register_mail, take_in_mail
from shouwen.channels.services.outgoing import cancel_send, mark_sent, retry, retry_held, send

__all__ = [
    "Attached",
    "Ticket",
    "add_account",
    "append_machine_mail",
    "begin_attempt",
    "cancel_send",
    "change_account",
    "claim_receiver",
    "erase_customer",
    "erase_notes",
    "follow_merge",
    "mark_sent",
    "note_bounce",
    "note_data_stage",
    "note_position",
    "note_state",
    "receive",
    "record",
    "register_mail",
    "release_receiver",
    "retry",
    "retry_held",
    "send",
    "set_active",
    "set_default",
    "settle_attempt",
    "sweep",
    "take_in_mail",
    "undo_merge",
]
