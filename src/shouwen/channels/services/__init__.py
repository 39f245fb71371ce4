"""Writes of this room. One verb each; `by` and `at` are always given."""

from shouwen.channels.services.accounts import (
    add_account,
    change_account,
    claim_receiver,
    note_cursor,
    note_position,
    note_state,
    release_receiver,
    renew_secret,
    set_active,
    set_default,
)
from shouwen.channels.services.admitting import admitted, forget_signed, forget_visitors
from shouwen.channels.services.callbacks import accept, once, open_again, refuse, settle_refused, take_in
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
from shouwen.channels.services.reporting import add_file, give_up_file, note_report, note_sent

__all__ = [
    "Attached",
    "Ticket",
    "accept",
    "add_account",
    "add_file",
    "admitted",
    "append_machine_mail",
    "begin_attempt",
    "cancel_send",
    "change_account",
    "claim_receiver",
    "erase_customer",
    "erase_notes",
    "follow_merge",
    "forget_signed",
    "forget_visitors",
    "give_up_file",
    "mark_sent",
    "note_bounce",
    "note_cursor",
    "note_data_stage",
    "note_position",
    "note_report",
    "note_sent",
    "note_state",
    "once",
    "open_again",
    "receive",
    "record",
    "refuse",
    "register_mail",
    "release_receiver",
    "renew_secret",
    "retry",
    "retry_held",
    "send",
    "set_active",
    "set_default",
    "settle_attempt",
    "settle_refused",
    "sweep",
    "take_in",
    "take_in_mail",
    "undo_merge",
]
