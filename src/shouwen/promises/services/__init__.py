"""Writes of the room, one verb each, keyword-only, `by=` and `at=` given."""

from shouwen.promises.services.authority import set_promise_kind
from shouwen.promises.services.breaking import explain_break
from shouwen.promises.services.calendars import change_calendar, create_calendar
from shouwen.promises.services.catalogue import change_item, create_item, end_standard, set_standard
from shouwen.promises.services.clocks import (
    insert_with_clocks,
    meet,
    plan_clocks,
    start_clock,
    start_clocks,
    start_next_reply,
    stop_all,
)
from shouwen.promises.services.coverage import set_coverage
from shouwen.promises.services.expectations import record_expectation
from shouwen.promises.services.furnishing import furnish
from shouwen.promises.services.moving import erase_customer, follow_merge, undo_merge
from shouwen.promises.services.notices import install_notice, set_official_day
from shouwen.promises.services.passing import pass_on
from shouwen.promises.services.pausing import pause, resume, retarget, unmeet
from shouwen.promises.services.perceiving import record_perception
from shouwen.promises.services.promising import Counted, keep, make, mark_told, renegotiate, withdraw
from shouwen.promises.services.statutory import (
    extend_statutory,
    meet_statutory,
    start_statutory,
    stop_statutory,
)
from shouwen.promises.services.statutory_templates import (
    end_statutory_template,
    furnish_statutory,
    set_statutory_template,
)
from shouwen.promises.services.teams import set_team_calendar
from shouwen.promises.services.ticking import Round, tick

__all__ = [
    "Counted",
    "Round",
    "change_calendar",
    "change_item",
    "create_calendar",
    "create_item",
    "end_standard",
    "end_statutory_template",
    "erase_customer",
    "explain_break",
    "extend_statutory",
    "follow_merge",
    "furnish",
    "furnish_statutory",
    "insert_with_clocks",
    "install_notice",
    "keep",
    "make",
    "mark_told",
    "meet",
    "meet_statutory",
    "pass_on",
    "pause",
    "plan_clocks",
    "record_expectation",
    "record_perception",
    "renegotiate",
    "resume",
    "retarget",
    "set_coverage",
    "set_official_day",
    "set_promise_kind",
    "set_standard",
    "set_statutory_template",
    "set_team_calendar",
    "start_clock",
    "start_clocks",
    "start_next_reply",
    "start_statutory",
    "stop_all",
    "stop_statutory",
    "tick",
    "undo_merge",
    "unmeet",
    "withdraw",
]
