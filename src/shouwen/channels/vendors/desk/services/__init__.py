"""Writes of the service desk."""

from shouwen.channels.vendors.desk.services.serving import (
    begin,
    call_again,
    call_next,
    did_not_come,
    finish,
    give_back,
    pass_on,
    sit_down,
    stand_up,
)
from shouwen.channels.vendors.desk.services.setting_up import (
    add_hall,
    change_hall,
    remove_counter,
    remove_matter,
    set_counter,
    set_matter,
)
from shouwen.channels.vendors.desk.services.taking import take_number
from shouwen.channels.vendors.desk.services.writing_down import take_down, written_down

__all__ = [
    "add_hall",
    "begin",
    "call_again",
    "call_next",
    "change_hall",
    "did_not_come",
    "finish",
    "give_back",
    "pass_on",
    "remove_counter",
    "remove_matter",
    "set_counter",
    "set_matter",
    "sit_down",
    "stand_up",
    "take_down",
    "take_number",
    "written_down",
]
