"""Who may do what with mailboxes, the queue and the register."""

from django.utils.translation import gettext_lazy as _

from shouwen.channels.models import Message
from shouwen.platform.access import Actor, permissions

SET_UP = "channels.set_up"
TEND = "channels.tend_outgoing"
REGISTER = "channels.see_register"


def register_permissions() -> None:
    permissions.register(SET_UP, label=_("Set up mailboxes"), roles={"administrator"})
    permissions.register(
        TEND, label=_("See the outgoing queue and send again"), roles={"supervisor", "chief", "administrator"}
    )
    permissions.register(
        REGISTER, label=_("See refused mails and open them"), roles={"supervisor", "chief", "administrator"}
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
