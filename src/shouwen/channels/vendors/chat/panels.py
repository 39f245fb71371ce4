"""What chats hang on a case's page: whether the visitor is there, types, and how far they have read."""

from typing import Any

from shouwen.channels.vendors.chat import queries, shown
from shouwen.platform.access import Actor, now
from shouwen.platform.windows import panel


@panel("case.composer", order=20)
def where_the_visitor_is(case: Any, actor: Actor) -> str | None:
    """Nothing for a case that did not come by chat; asked of the database only then."""
    if case.channel != queries.CHANNEL:
        return None
    chat = queries.newest_about(case.subject)
    return shown.desk(chat, actor, now()) if chat else None
