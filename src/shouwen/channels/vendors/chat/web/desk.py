"""What whoever answers a chat does in it besides writing."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from shouwen.channels.vendors.chat import queries, services, shown
from shouwen.platform import live
from shouwen.platform.access import actor_of, now, staff_only
from shouwen.platform.web import Input


@require_safe
@staff_only
def place(request: HttpRequest, chat_id: int) -> HttpResponse:
    """The line beside the composer again, when something happened."""
    actor = actor_of(request)
    return HttpResponse(shown.desk(queries.seen_by(chat_id, actor), actor, now(), line_only=True))


@require_POST
@staff_only
def doing(request: HttpRequest, chat_id: int) -> HttpResponse:
    """Typing, or having read as far as this; the visitor is told. Only for who may see the case."""
    actor = actor_of(request)
    chat = queries.seen_by(chat_id, actor)
    form = Input(request)
    read, typing = form.ident("read"), form.flag("typing")
    form.done()
    if read:
        services.mark_read(chat_id=chat.pk, by_us=read)
    if typing:
        live.publish([chat.topic], "typing", {"by": actor.name})
    return HttpResponse(status=204)
