"""Who may do what among people. Pure predicates over the actor and the thing."""

from shouwen.people.models import Staff
from shouwen.platform.access import Actor


def may_see(by: Actor) -> bool:
    return by.can("people.see")


def may_manage(by: Actor, *_things: object) -> bool:
    return by.can("people.manage")


def may_set_presence(by: Actor, staff: Staff) -> bool:
    """Everybody their own; a supervisor also a colleague's, for instance one who went home on duty."""
    return by.user_id == staff.pk or by.can("people.set_others_presence")


def may_change_profile(by: Actor, staff: Staff) -> bool:
    return by.user_id == staff.pk or by.can("people.manage")


def may_grant_skills(by: Actor, *_things: object) -> bool:
    return by.can("people.grant_skills") or by.can("people.manage")


def may_set_roles(by: Actor, *_things: object) -> bool:
    return by.can("people.set_roles")


def may_answer_help(by: Actor, asker: Staff) -> bool:
    """Any colleague but the one who asked."""
    return by.can("people.see") and by.user_id != asker.pk
