"""Telling all customers of an incident: news, and that it works again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shouwen.incidents import policies, queries, services
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page


def _about(request: HttpRequest, incident_id: int) -> dict[str, Any]:
    incident = queries.get(incident_id, actor_of(request))
    return {
        "incident": incident,
        "areas": [area for area in queries.areas_of(incident_id) if area.restored_at is None],
    }


@require_http_methods(["GET", "POST"])
@needs(policies.LEAD)
@form_page("incidents/news.html", _about)
def publish(request: HttpRequest, incident_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "incidents/news.html", _about(request, incident_id))
    form = Input(request)
    text, english = form.text("text", limit=2000), form.text("text_en", limit=2000)
    estimate_at = form.moment("estimate_at")
    form.done()
    services.publish(
        incident_id=incident_id,
        text=text,
        text_en=english,
        estimate_at=estimate_at,
        at=now(),
        by=actor_of(request),
    )
    return done(request, reverse("incidents:one", args=[incident_id]), _("All customers are being told."))


@require_http_methods(["GET", "POST"])
@needs(policies.LEAD)
@form_page("incidents/restoration.html", _about)
def restore(request: HttpRequest, incident_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "incidents/restoration.html", _about(request, incident_id))
    form = Input(request)
    where = form.choice("where", ("everywhere", "areas"), default="everywhere")
    areas = form.idents("areas", most=200)
    if where == "areas" and not areas:
        form.fail("areas", _("Choose where it works again."))
    if where == "everywhere" and areas:
        if set(areas) != {area.pk for area in _about(request, incident_id)["areas"]}:
            form.fail("where", _("You ticked some areas only: choose “Only in these areas”, or untick them."))
        areas = []
    text, english = form.text("text", limit=2000), form.text("text_en", limit=2000)
    form.done()
    services.restore(
        incident_id=incident_id, area_ids=areas, text=text, text_en=english, at=now(), by=actor_of(request)
    )
    return done(
        request,
        reverse("incidents:one", args=[incident_id]),
        _("The customers there are being asked one by one whether it works."),
    )
