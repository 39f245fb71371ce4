"""A chat as whoever answers it sees it beside their words."""

from datetime import datetime

from shouwen.channels.models import Chat
from shouwen.channels.vendors.chat import queries, rules
from shouwen.customers.rules import masked
from shouwen.platform.access import Actor
from shouwen.platform.web.pages import render_text


def desk(chat: Chat, actor: Actor, at: datetime, *, line_only: bool = False) -> str:
    """Is the visitor there, how far have they read. `answers`: what the actor reads counts as read by us."""
    last, ours = queries.last_lines(chat.pk)
    known = {
        "chat": chat,
        "here": rules.is_here(chat.seen_at, chat.gone_at, at),
        "last": last,
        "ours": ours,
        "email": chat.email if actor.can("customers.see_contacts") else masked("email", chat.email),
        "answers": chat.agent_id in (None, actor.user_id),
    }
    return render_text(f"channels/chat/{'desk_line' if line_only else 'desk'}.html", known)
