"""Where the telephone stands in the product: rail, settings, sentences, the page for writing a contact down."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.channels import figures, policies, sheets
from shouwen.channels.vendors.phone import measuring
from shouwen.channels.vendors.phone.sheet import CallSheet
from shouwen.platform import frame
from shouwen.platform.ledger.describe import sentence

STATES = {
    "ringing": _("It rings"),
    "talking": _("The call goes on"),
    "held": _("The caller is on hold"),
    "ended": _("The call ended"),
}


def register() -> None:
    from shouwen.channels.vendors.phone import panels, tasks  # noqa: F401

    sheets.register(CallSheet())
    figures.register("phone", measuring.measure)
    frame.rail("calls", _("Calls"), "channels:calls", "phone", policies.CALLS, order=25)
    frame.setting(
        "phone",
        _("Telephone"),
        "channels:phone",
        "phone",
        policies.SET_UP,
        order=33,
        help=_("Lines, extensions of staff, and the telephone system that reports calls"),
    )
    sentence("channels.call_changed", _changed)
    sentence("channels.call_back_done", _("The caller was called back"))
    sentence("channels.caller_agreed", _agreed)
    sentence("channels.phone_changed", _("The telephone was set up or changed: %(name)s"))


def _changed(data: dict[str, Any]) -> str:
    return str(_("A call was missed") if data.get("missed") else STATES.get(data["state"], data["state"]))


def _agreed(data: dict[str, Any]) -> str:
    held = data.get("what") == "hold"
    return str(_("The caller agreed to hold") if held else _("The caller agreed to be passed on"))
