"""Incidents: the list, a new one, one whole, what is known about it, its course."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwen.incidents import policies, queries, services
from shouwen.incidents.web import shown
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, page, paginate, render
from shouwen.platform.web.pages import form_page

VIEWS = ("active", "suspected", "past")


@require_safe
@needs(policies.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = Input(request, query=True)
    view = form.choice("view", VIEWS, default="active")
    form.done()
    rows = paginate(
        queries.listed(actor, view),
        order=("-began_at", "-id"),
        cursor=request.GET.get("cursor"),
        limit=50,
    )
    context = {
        "rows": rows.items,
        "view": view,
        "counts": queries.counts(actor),
        "may_lead": actor.can(policies.LEAD),
        **shown.paging(request, rows),
        **shown.words(),
    }
    return page(request, "incidents/list.html", "list", context)


def _read(request: HttpRequest) -> dict[str, Any]:
    form = Input(request)
    given: dict[str, Any] = {
        "title": form.text("title", limit=200, required=True),
        "title_en": form.text("title_en", limit=200),
        "model": form.text("model", limit=80),
        "cause": form.text("cause", limit=4000),
        "interim": form.text("interim", limit=2000),
        "interim_en": form.text("interim_en", limit=2000),
        "areas": form.text("areas", limit=4000).replace("、", "\n").split("\n"),
        "public": form.flag("public"),
    }
    form.done()
    return given


def _new(request: HttpRequest) -> dict[str, Any]:
    return {"incident": None, "area_lines": ""}


@require_http_methods(["GET", "POST"])
@needs(policies.LEAD)
@form_page("incidents/new.html", _new)
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "incidents/new.html", _new(request))
    form = Input(request)
    began_at = form.moment("began_at")
    form.done()
    made = services.open_incident(began_at=began_at, **_read(request), at=now(), by=actor_of(request))
    return done(request, reverse("incidents:one", args=[made.pk]), _("The incident is open."))


@require_safe
@needs(policies.SEE)
def one(request: HttpRequest, incident_id: int) -> HttpResponse:
    return page(request, "incidents/one.html", "incident", shown.whole(request, incident_id))


def _known(request: HttpRequest, incident_id: int) -> dict[str, Any]:
    incident = queries.get(incident_id, actor_of(request))
    return {"incident": incident, "area_lines": "\n".join(incident.area_names)}


@require_http_methods(["GET", "POST"])
@needs(policies.LEAD)
@form_page("incidents/details.html", _known)
def details(request: HttpRequest, incident_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "incidents/details.html", _known(request, incident_id))
    services.change(incident_id=incident_id, **_read(request), at=now(), by=actor_of(request))
    return done(request, reverse("incidents:one", args=[incident_id]), _("Saved."))


@require_POST
@needs(policies.LEAD)
def opening(request: HttpRequest, incident_id: int) -> HttpResponse:
    title = Input(request).text("title", limit=200)
    services.open_suspected(incident_id=incident_id, title=title, at=now(), by=actor_of(request))
    return done(request, reverse("incidents:one", args=[incident_id]), _("The incident is open."))


@require_POST
@needs(policies.LEAD)
def dismissal(request: HttpRequest, incident_id: int) -> HttpResponse:
    reason = Input(request).text("reason", limit=400)
    services.dismiss(incident_id=incident_id, reason=reason, at=now(), by=actor_of(request))
    return done(request, reverse("incidents:list"), _("Dismissed."))


@require_POST
@needs(policies.LEAD)
@form_page("incidents/one.html", shown.whole, "incident", refused=True)
def joining(request: HttpRequest, incident_id: int) -> HttpResponse:
    form = Input(request)
    into = form.ident("into", required=True) or 0
    form.done()
    known = services.join(incident_id=incident_id, into_id=into, at=now(), by=actor_of(request))
    return done(request, reverse("incidents:one", args=[known.pk]), _("Its requests are linked here now."))


@require_POST
@needs(policies.LEAD)
def closing(request: HttpRequest, incident_id: int) -> HttpResponse:
    services.close(incident_id=incident_id, at=now(), by=actor_of(request))
    return done(request, reverse("incidents:one", args=[incident_id]), _("The incident is closed."))


@require_POST
@needs(policies.LEAD)
def reopening(request: HttpRequest, incident_id: int) -> HttpResponse:
    form = Input(request)
    reason = form.text("reason", limit=400, required=True)
    form.done()
    services.reopen(incident_id=incident_id, reason=reason, at=now(), by=actor_of(request))
    return done(request, reverse("incidents:one", args=[incident_id]), _("The incident is open again."))
