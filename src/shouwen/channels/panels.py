"""What this room hangs into others' windows: mailboxes in trouble and messages that did not arrive."""

from typing import Any

from shouwen.channels import policies, queries
from shouwen.platform.access import Actor
from shouwen.platform.web.pages import render_text
from shouwen.platform.windows import panel


@panel("home.cards", order=20)
@panel("supervisor.page", order=40)
def what_did_not_arrive(thing: Any, actor: Actor) -> str | None:
    """Nothing when all is well: a card that is always there is never read."""
    waiting = queries.waiting_for_a_person() if policies.may_tend_outgoing(actor) else 0
    troubles = queries.mailbox_troubles() if policies.may_set_up(actor) else []
    if not waiting and not troubles:
        return None
    return render_text("channels/trouble_card.html", {"waiting": waiting, "troubles": troubles})
