"""Writes of the telephone."""

from shouwen.channels.vendors.phone.services.calling_back import call_missed, close_missed
from shouwen.channels.vendors.phone.services.setting_up import (
    add_system,
    change_system,
    new_secret,
    remove_extension,
    remove_line,
    set_extension,
    set_line,
)
from shouwen.channels.vendors.phone.services.taking_in import take_in
from shouwen.channels.vendors.phone.services.writing_down import permit, written_down

__all__ = [
    "add_system",
    "call_missed",
    "change_system",
    "close_missed",
    "new_secret",
    "permit",
    "remove_extension",
    "remove_line",
    "set_extension",
    "set_line",
    "take_in",
    "written_down",
]
