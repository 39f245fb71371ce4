"""Who may do what with mailboxes, the queue and the register."""

from django.utils.translation import gettext_lazy as _

from shouwen.channels.models import Call, Message
from shouwen.channels.models.counter import Visit
from shouwen.platform.access import Actor, permissions

SET_UP = "channels.set_up"
TEND = "channels.tend_outgoing"
REGISTER = "channels.see_register"
CALLS = "channels.answer_calls"
SEE_CALLS = "channels.see_calls"
SERVE = "channels.serve_visitors"


def register_permissions() -> None:
    permissions.register(SET_UP, label=_("Set up mailboxes"), roles={"administrator"})
    permissions.register(
        TEND, label=_("See the outgoing queue and send again"), roles={"supervisor", "chief", "administrator"}
    )
    permissions.register(
        REGISTER, label=_("See refused mails and open them"), roles={"supervisor", "chief", "administrator"}
    )
    permissions.register(
        CALLS,
        label=_("Answer calls and call back"),
        roles={"agent", "desk", "account_manager", "supervisor", "chief"},
    )
    permissions.register(SEE_CALLS, label=_("See all calls"), roles={"supervisor", "chief", "reviewer"})
    permissions.register(
        SERVE, label=_("Serve visitors at a counter"), roles={"agent", "desk", "supervisor", "chief"}
    )


def may_set_up(by: Actor) -> bool:
    return by.can(SET_UP)


def may_tend_outgoing(by: Actor) -> bool:
    return by.can(TEND)


def may_see_register(by: Actor) -> bool:
    return by.can(REGISTER)


def may_cancel_send(by: Actor, message: Message) -> bool:
    """Who wrote it may take it back, and who tends the queue."""
    return by.can(TEND) or (by.user_id is not None and by.user_id == message.author_id)


def may_answer_calls(by: Actor) -> bool:
    return by.can(CALLS)


def may_see_calls(by: Actor) -> bool:
    """A list of calls: one's own and missed ones, or all of them."""
    return by.can(CALLS) or by.can(SEE_CALLS)


def may_work_on_call(by: Actor, call: Call) -> bool:
    """Whoever it rang at, who answered it, or who sees all calls; a missed call is anybody's who answers."""
    if by.can(SEE_CALLS):
        return True
    return by.can(CALLS) and (call.missed or by.user_id == call.staff_id or by.user_id in call.staff_ids)


may_work_on_call.sentence = _("This is a colleague's call.")  # type: ignore[attr-defined]


def may_serve(by: Actor) -> bool:
    return by.can(SERVE)


def may_see_halls(by: Actor) -> bool:
    return by.can(SERVE) or by.can(SET_UP)


def may_work_on_visit(by: Actor, visit: Visit) -> bool:
    """Whoever called the number."""
    return by.can(SERVE) and by.user_id is not None and by.user_id == visit.staff_id


may_work_on_visit.sentence = _("A colleague has called this number.")  # type: ignore[attr-defined]
