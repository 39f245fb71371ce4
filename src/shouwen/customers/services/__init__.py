"""Writes of customers, one verb each: lock, may I, rule, row, fact."""

from shouwen.customers.services.access import log_opening
from shouwen.customers.services.assets import add_asset, change_asset
from shouwen.customers.services.contacts import add_contact, make_primary, remove_contact, reveal
from shouwen.customers.services.erasing import erase, erase_share, export, export_share
from shouwen.customers.services.flagging import (
    MOST_WORDS,
    end_flag,
    expire_flags,
    flag,
    hear_customer,
    review_flag,
)
from shouwen.customers.services.holding import hold, release
from shouwen.customers.services.merging import merge, undo_merge
from shouwen.customers.services.recognising import note_contact, recognise
from shouwen.customers.services.registering import change, change_and_grade, register, set_tier

__all__ = [
    "MOST_WORDS",
    "add_asset",
    "add_contact",
    "change",
    "change_and_grade",
    "change_asset",
    "end_flag",
    "erase",
    "erase_share",
    "expire_flags",
    "export",
    "export_share",
    "flag",
    "hear_customer",
    "hold",
    "log_opening",
    "make_primary",
    "merge",
    "note_contact",
    "recognise",
    "register",
    "release",
    "remove_contact",
    "reveal",
    "review_flag",
    "set_tier",
    "undo_merge",
]
