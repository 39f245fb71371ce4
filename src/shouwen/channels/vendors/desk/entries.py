"""Where the service desk stands in the product: rail, settings, sentences, the page for writing a contact down."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.channels import figures, policies, sheets
from shouwen.channels.models.counter import VisitState
from shouwen.channels.vendors.desk import measuring
from shouwen.channels.vendors.desk.sheet import VisitSheet
from shouwen.platform import frame
from shouwen.platform.ledger.describe import sentence


def register() -> None:
    from shouwen.channels.vendors.desk import panels  # noqa: F401

    sheets.register(VisitSheet())
    figures.register("desk", measuring.measure)
    frame.rail("counter", _("Counter"), "channels:counter", "concierge-bell", policies.SERVE, order=26)
    frame.setting(
        "halls",
        _("Halls and counters"),
        "channels:halls",
        "concierge-bell",
        policies.SET_UP,
        order=34,
        help=_("Matters, counters, the tablet that gives out numbers and the screen of the hall"),
    )
    sentence("channels.visit_changed", _visit)
    sentence("channels.hall_changed", _("The hall was changed: %(name)s"))


def _visit(data: dict[str, Any]) -> str:
    state = dict(VisitState.choices).get(data["state"], data["state"])
    return str(_("Number %(number)s: %(state)s") % {"number": data["label"], "state": state})
