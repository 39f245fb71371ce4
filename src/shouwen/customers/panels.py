"""What customers hang on others' pages: flags to review, on the supervisor's page."""

from zoneinfo import ZoneInfo

from shouwen.customers import queries
from shouwen.platform.access import Actor, now
from shouwen.platform.web.pages import render_text
from shouwen.platform.windows import panel


@panel("supervisor.page", order=60)
def flags_to_review(thing: object, actor: Actor) -> str | None:
    if not actor.can("customers.flag"):
        return None
    at = now()
    flags = queries.flags_to_review(at.astimezone(ZoneInfo(actor.zone)).date(), at, limit=10)
    return render_text("customers/panel_flags.html", {"flags": flags, "actor": actor}) if flags else None
