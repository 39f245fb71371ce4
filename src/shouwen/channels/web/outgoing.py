"""Settings: the outgoing queue."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from shouwen.channels import policies, queries, rules, services, subjects
from shouwen.channels.web import choices
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, page, paginate

HERE = "channels:outgoing"


@require_GET
@needs(policies.TEND)
def index(request: HttpRequest) -> HttpResponse:
    asked = Input(request, query=True)
    state = asked.choice("state", queries.SHOWN)
    found = paginate(queries.outgoing(state), cursor=asked.text("cursor", limit=400) or None, limit=50)
    rows = [
        (message, subjects.name(message.subject), subjects.url(message.subject)) for message in found.items
    ]
    shown = {
        "rows": rows,
        "state": state,
        "tabs": choices.tabs(HERE, "state", state, choices.DELIVERIES, queries.SHOWN),
        "needs_a_person": rules.NEEDS_A_PERSON,
        "has_held": any(message.delivery == rules.HELD for message in found.items),
        **choices.pages(HERE, "state", state, found.previous_cursor, found.next_cursor),
    }
    return page(request, "channels/outgoing.html", "list", shown)


@require_POST
@needs(policies.TEND)
def again(request: HttpRequest, message_id: int) -> HttpResponse:
    typed = Input(request)
    to = typed.text("to", limit=320) if typed.has("to") else None
    typed.done()
    services.retry(message_id=message_id, to=to, at=now(), by=actor_of(request))
    return done(request, reverse(HERE), _("It is in the queue again."))


@require_POST
@needs(policies.TEND)
def sent(request: HttpRequest, message_id: int) -> HttpResponse:
    services.mark_sent(message_id=message_id, at=now(), by=actor_of(request))
    return done(request, reverse(HERE), _("Marked as sent."))


@require_POST
@needs(policies.TEND)
def held(request: HttpRequest) -> HttpResponse:
    count = services.retry_held(at=now(), by=actor_of(request))
    told = ngettext("%(count)s message is in the queue.", "%(count)s messages are in the queue.", count)
    return done(request, reverse(HERE), told % {"count": count})
