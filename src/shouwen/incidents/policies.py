"""Who may do what with incidents and problems: pure predicates over (actor, thing)."""

from django.utils.translation import gettext_lazy as _

from shouwen.platform.access import permissions
from shouwen.platform.access.permissions import FRONT

SEE = "incidents.see"
LINK = "incidents.link"
LEAD = "incidents.lead"
PROBLEMS = "incidents.problems"


def register() -> None:
    inside = FRONT | {"reviewer", "back_office"}
    permissions.register(SEE, label=_("See incidents and recurring problems"), roles=inside)
    permissions.register(LINK, label=_("Link cases with an incident or a problem"), roles=FRONT)
    permissions.register(
        LEAD,
        label=_("Lead an incident: open, tell all customers, restore, close"),
        roles={"supervisor", "chief"},
    )
    permissions.register(
        PROBLEMS,
        label=_("Work on recurring problems: cause, fix, watch"),
        roles={"supervisor", "chief", "reviewer", "back_office"},
    )
