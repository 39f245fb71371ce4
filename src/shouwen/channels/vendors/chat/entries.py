"""Where chats stand in the product: the line rooms above ask, the stream, settings, sentences, the case's page."""

from django.utils.translation import gettext_lazy as _

from shouwen.channels import lines, policies
from shouwen.channels.vendors.chat import queries, services
from shouwen.platform import frame
from shouwen.platform.ledger.describe import sentence

MOVES = {
    "taken": _("A colleague is in the chat with the visitor"),
    "address": _("The visitor gave an address for answers by mail"),
    "left": _("The visitor left the chat; answers go out by mail where there is an address"),
    "ended": _("The visitor ended the chat"),
    "hung_up": _("We ended the chat"),
}


def register() -> None:
    from shouwen.channels.vendors.chat import handlers, panels, tasks  # noqa: F401
    from shouwen.channels.vendors.chat.stream import stream
    from shouwen.platform.live.app import add_route

    line = lines.Line(queries.way, queries.demand, services.taken, services.written, services.hang_up)
    lines.register(queries.CHANNEL, line)
    add_route("/chat/stream", stream)
    frame.setting(
        "chats",
        _("Chat on web sites"),
        "channels:chats",
        "message-circle",
        policies.SET_UP,
        order=34,
        help=_("The window on your own pages: sites, texts, colours, hours, what is asked first"),
    )
    sentence("channels.contact_waits", _("Still waiting in the chat; offered again"))
    sentence("channels.chat_said", _("A message in the chat"))
    sentence("channels.chat_moved", lambda data: MOVES.get(data["how"], ""))
