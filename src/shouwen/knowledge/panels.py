"""What knowledge hangs on others' pages: what waits for a decision and what was left in replies, on the
supervisor's page."""

from django.utils import timezone

from shouwen.knowledge import policies, queries
from shouwen.knowledge.rules import months
from shouwen.platform.access import Actor, now
from shouwen.platform.web.pages import render_text
from shouwen.platform.windows import panel

SHOWN = 6


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


@panel("supervisor.page", order=75)
def what_was_left_in_sent_replies(thing: object, actor: Actor) -> str | None:
    if not policies.may_see_figures(actor):
        return None
    figures = queries.team_figures(months.first_of(timezone.localdate(now())))[:SHOWN]
    return render_text("knowledge/panel_figures.html", {"figures": figures}) if figures else None
