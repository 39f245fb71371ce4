"""Calls: what rings at my desk, the list, who is to be called back."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from shouwen.channels import policies
from shouwen.channels.vendors.phone import queries, services, shown
from shouwen.channels.web import choices
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, page, paginate, render

HERE = "channels:calls"
VIEWS = {
    "missed": gettext_lazy("To call back"),
    "mine": gettext_lazy("My calls"),
    "unwritten": gettext_lazy("Not written down"),
    "all": gettext_lazy("All calls"),
}
# What a figure of the channel statistics counts, in its period.
COUNTED = {
    "incoming": gettext_lazy("Incoming calls"),
    "answered": gettext_lazy("Picked up"),
    "lost": gettext_lazy("Missed"),
    "reached": gettext_lazy("Missed, and called back"),
}
ROWS = 50


@require_safe
@needs(policies.CALLS)
def index(request: HttpRequest) -> HttpResponse:
    asked, actor = Input(request, query=True), actor_of(request)
    view = asked.choice("view", {**VIEWS, **COUNTED}, default="missed")
    since, until, kept = choices.period(asked)
    found = paginate(
        queries.listed(actor, view, now(), since=since, until=until),
        order=("-started_at", "-id"),
        cursor=asked.text("cursor", limit=400) or None,
        limit=ROWS,
    )
    context: dict[str, Any] = {
        "rows": shown.rows(found.items, actor),
        "view": view,
        "counted": COUNTED.get(view, ""),
        "kept": kept,
        "again": f"?{urlencode({'view': view, **kept})}",
        "tabs": choices.tabs(HERE, "view", view, VIEWS, VIEWS)[1:],
        **choices.pages(HERE, "view", view, found.previous_cursor, found.next_cursor, **kept),
    }
    return page(request, "channels/phone/calls.html", "list", context)


@require_safe
@needs(policies.CALLS)
def here(request: HttpRequest) -> HttpResponse:
    """What rings at this person's desk or goes on there: the pop-up."""
    actor, at = actor_of(request), now()
    rows = shown.rows(queries.going_on(actor, at), actor, offer=True)
    return render(request, "channels/phone/here.html", {"rows": rows})


@require_safe
@needs(policies.CALLS)
def one(request: HttpRequest, call_id: int) -> HttpResponse:
    call = queries.get(call_id, actor_of(request))
    row = shown.rows([call], actor_of(request), offer=True)[0]
    return page(request, "channels/phone/call.html", "call", {"row": row, "events": queries.events_of(call)})


@require_POST
@needs(policies.CALLS)
def permission(request: HttpRequest, call_id: int) -> HttpResponse:
    form = Input(request)
    what = form.text("what", limit=20, required=True)
    form.done()
    call = queries.get(call_id, actor_of(request))
    services.permit(call_id=call.pk, what=what, at=now(), by=actor_of(request))
    return done(request, reverse("channels:call", args=[call.pk]), _("Written down: the caller agreed."))


@require_POST
@needs(policies.CALLS)
def called_back(request: HttpRequest, call_id: int) -> HttpResponse:
    call = queries.get(call_id, actor_of(request))
    services.close_missed(call_id=call.pk, at=now(), by=actor_of(request))
    return done(request, reverse(HERE), _("Written down: the caller was reached."))
