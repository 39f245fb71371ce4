"""What incidents hang in the windows of lower rooms."""

from typing import Any

from shouwen.incidents import policies, queries
from shouwen.platform.access import Actor
from shouwen.platform.web.pages import render_text
from shouwen.platform.windows import panel


@panel("case.banners", order=10)
def the_incident_of_a_case(case: Any, actor: Actor) -> str | None:
    """Linked with one, or looking like one: then one key links it. One question."""
    if not actor.can(policies.SEE):
        return None
    found = queries.offers_for(case, actor)
    if not found:
        return None
    known = {"case": case, "offers": found, "may_link": actor.can(policies.LINK)}
    return render_text("incidents/panels/case.html", known)


@panel("inbox.banners", order=10)
def what_is_broken_now(view: Any, actor: Actor) -> str | None:
    """The active incidents above the list. One question."""
    if not actor.can(policies.SEE):
        return None
    found = queries.active_banner(actor)
    return render_text("incidents/panels/inbox.html", {"incidents": found}) if found else None
