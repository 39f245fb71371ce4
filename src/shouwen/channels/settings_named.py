"""How the settings of a mailbox, a chat or another line are called in the history of changes.

The pages of vendors name their own fields; here stand those of the two pages that have a shape of their own, and
the one that vendors call by different names.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.channels import kinds, registry
from shouwen.platform.ledger import history

Say = Callable[[Any], Any]

ASKED = {"off": _("Not asked"), "optional": _("May be given"), "required": _("Must be given")}
WEEKDAYS = {
    "1": _("Monday"),
    "2": _("Tuesday"),
    "3": _("Wednesday"),
    "4": _("Thursday"),
    "5": _("Friday"),
    "6": _("Saturday"),
    "7": _("Sunday"),
}
NAMES: dict[str, Any] = {
    "from_name": _("Sender name"),
    "signature": _("Signature"),
    "imap_folder": _("Folder"),
    "imap_move_to": _("Move to folder"),
    "poll_seconds": _("Look again every … seconds"),
    "imap_host": _("IMAP server"),
    "smtp_host": _("SMTP server"),
    "sites": _("Sites that may show it"),
    "skill": _("Offered first to whoever can"),
    "at_once": _("Chats at once for one person"),
    "title": _("Title of the window"),
    "colour": _("Colour"),
    "greeting": _("Greeting"),
    "away": _("When nobody is there"),
    "from": _("Open from"),
    "to": _("Open until"),
    "welcome": _("Greeting"),
    **{f"{part}_port": format_lazy("{} ({})", _("Port"), part.upper()) for part in ("imap", "smtp")},
    **{f"{part}_user": format_lazy("{} ({})", _("User name"), part.upper()) for part in ("imap", "smtp")},
    **{
        f"{part}_verify": format_lazy("{} ({})", _("Check the server's certificate"), part.upper())
        for part in ("imap", "smtp")
    },
}
CHOSEN: dict[str, tuple[Any, Mapping[str, Any]]] = {
    "receive": (
        _("How mails reach us"),
        {
            "imap": _("Fetch from the mailbox (IMAP)"),
            "inlet": _("A server of ours hands them over (inlet)"),
            "none": _("Not at all"),
        },
    ),
    "send": (
        _("How answers leave"),
        {"smtp": _("Through a mail server (SMTP)"), "none": _("Not at all")},
    ),
    "imap_after": (
        _("After a mail has been stored"),
        {"seen": _("Mark it as read"), "move": _("Move it"), "leave": _("Leave it as it is")},
    ),
    "side": (_("Corner"), {"right": _("Right"), "left": _("Left")}),
    "ask_name": (pgettext_lazy("person", "Name"), ASKED),
    "ask_email": (_("E-mail"), ASKED),
    "ask_phone": (_("Phone"), ASKED),
    "ask_matter": (_("Matter"), ASKED),
    **{
        f"{part}_security": (
            format_lazy("{} ({})", _("Encryption"), part.upper()),
            {"ssl": "SSL/TLS", "starttls": "STARTTLS", "plain": _("None")},
        )
        for part in ("imap", "smtp")
    },
}


def register() -> None:
    """After the vendors."""
    for vendor in registry.all_vendors():
        for one in vendor.fields:
            _name(one.name, one.label, _chosen(dict(one.choices)) if one.choices else None)
    for name, label in NAMES.items():
        _name(name, label)
    for name, (label, choices) in CHOSEN.items():
        _name(name, label, _chosen(choices))
    _name("days", _("Days"), lambda days: [WEEKDAYS.get(str(day), day) for day in days])
    _name("channel", _("Channel"), kinds.label)


def _name(name: str, label: Any, say: Say | None = None) -> None:
    history.field(f"settings.{name}", label, say)


def _chosen(choices: Mapping[str, Any]) -> Say:
    return lambda value: choices.get(value, value)
