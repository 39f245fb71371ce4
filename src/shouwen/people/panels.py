"""What people hang on others' pages: who asks for help, on the supervisor's page."""

from shouwen.people import queries
from shouwen.platform.access import Actor
from shouwen.platform.web.pages import render_text
from shouwen.platform.windows import panel


@panel("supervisor.page", order=10)
def who_asks_for_help(thing: object, actor: Actor) -> str | None:
    calls = [call for call in queries.waiting_calls() if call.staff_id != actor.user_id]
    if not calls or not actor.can("people.see"):
        return None
    return render_text("people/panel_help.html", {"calls": calls, "actor": actor})
