"""What the service desk hangs on pages: the visits of a case."""

from typing import Any

from shouwen.channels import policies
from shouwen.channels.vendors.desk import queries
from shouwen.platform.access import Actor
from shouwen.platform.web.pages import render_text
from shouwen.platform.windows import panel


@panel("case.sidebar", order=46)
def visits_of_this_case(case: Any, actor: Actor) -> str | None:
    if case.channel != "desk" or not actor.can(policies.SERVE):
        return None
    visits = queries.of_subject(case.subject)
    return render_text("channels/desk/case.html", {"visits": visits}) if visits else None
