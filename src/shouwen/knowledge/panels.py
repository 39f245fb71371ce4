"""What knowledge hangs on others' pages: what waits for a decision, on the supervisor's page."""

from django.utils import timezone

from shouwen.knowledge import queries
from shouwen.platform.access import Actor, now
from shouwen.platform.web.pages import render_text
from shouwen.platform.windows import panel


@panel("supervisor.page", order=70)
def what_waits_for_a_publisher(thing: object, actor: Actor) -> str | None:
    """Proposed changes, articles nobody looked at in time, questions nobody answered."""
    if not actor.can("knowledge.publish"):
        return None
    waiting = {
        "proposals": queries.proposals(limit=5),
        "due": queries.due(timezone.localdate(now()), limit=5),
        "misses": queries.misses(limit=5),
    }
    return render_text("knowledge/panel_waiting.html", waiting) if any(waiting.values()) else None
