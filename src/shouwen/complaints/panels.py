"""What complaints hang on others' pages: the path on the case, what was granted on the customer."""

from typing import Any

from shouwen.complaints import policies, queries
from shouwen.complaints.queries import case_panel
from shouwen.platform.access import Actor, now
from shouwen.platform.web.pages import render_text
from shouwen.platform.windows import panel


@panel("case.sidebar", order=5)
def the_complaint_on_its_way(case: Any, actor: Actor) -> str | None:
    """Only beside a case of this kind: every other page is spared the question."""
    if case.kind != "complaint" or not actor.can(policies.SEE):
        return None
    shown = case_panel.of(case, actor, now())
    return render_text("complaints/panel.html", {"shown": shown}) if shown else None


@panel("customer.main", order=35)
def complaints_of_this_customer(customer: Any, actor: Actor) -> str | None:
    if not actor.can(policies.SEE):
        return None
    rows = case_panel.of_customer(customer.pk, actor)
    return (
        render_text("complaints/customer.html", {"rows": rows, "tones": queries.STATE_TONES})
        if rows
        else None
    )
