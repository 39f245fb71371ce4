"""Writes of people, one verb each: lock, may I, rule, row, fact."""

from shouwen.people.services.helping import ask_for_help, give_help, withdraw_help
from shouwen.people.services.hiring import come_back, hire, leave, set_roles
from shouwen.people.services.presence import note_leave, set_presence
from shouwen.people.services.profile import (
    change,
    change_with_teams,
    remove_photo,
    set_limits,
    set_photo,
    set_preferences,
)
from shouwen.people.services.skills import create_skill, grant_skill, set_skills, withdraw_skill
from shouwen.people.services.structure import (
    assign_teams,
    change_department,
    change_provider,
    change_team,
    change_team_with_members,
    create_department,
    create_provider,
    create_team,
    set_calendar,
    set_lead,
    set_members,
)

__all__ = [
    "ask_for_help",
    "assign_teams",
    "change",
    "change_department",
    "change_provider",
    "change_team",
    "change_team_with_members",
    "change_with_teams",
    "come_back",
    "create_department",
    "create_provider",
    "create_skill",
    "create_team",
    "give_help",
    "grant_skill",
    "hire",
    "leave",
    "note_leave",
    "remove_photo",
    "set_calendar",
    "set_lead",
    "set_limits",
    "set_members",
    "set_photo",
    "set_preferences",
    "set_presence",
    "set_roles",
    "set_skills",
    "withdraw_help",
    "withdraw_skill",
]
