"""What cases hang on others' pages: below an answer of the public knowledge base, the way to a person."""

from shouwen.platform.access import Actor
from shouwen.platform.web.pages import render_text
from shouwen.platform.windows import panel


@panel("help.ask", order=10)
def the_way_to_a_person(thing: object, actor: Actor) -> str:
    return render_text("cases/portal/ask.html", {})
