"""The few pages that belong to no room: the door, health, figures, the API's readable description."""

from hmac import compare_digest

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwen.config import figures, readiness
from shouwen.config.environment import METRICS_TOKEN
from shouwen.kernel.errors import NotFound
from shouwen.platform.access import actor_of, public, staff_only
from shouwen.platform.apikit.api import build
from shouwen.platform.frame import rail_of
from shouwen.platform.web.pages import render


@require_GET
@staff_only
def home(request: HttpRequest) -> HttpResponse:
    """The first page of the rail that this person may open."""
    try:
        return (
            HttpResponseRedirect(reverse("cases:inbox"))
            if actor_of(request).can("cases.see")
            else _first(request)
        )
    except NoReverseMatch:
        return _first(request)


def _first(request: HttpRequest) -> HttpResponse:
    entries = rail_of(actor_of(request))
    return HttpResponseRedirect(entries[0].url if entries else reverse("ui:settings"))


@public
def absent(request: HttpRequest) -> HttpResponse:
    raise NotFound(_("This page does not exist."))


@require_GET
@public
def health(request: HttpRequest) -> HttpResponse:
    """200 when this process can do its work, 503 when not; what a load balancer asks."""
    status, told = readiness.look()
    return JsonResponse(told, status=status)


@require_GET
@public
def alive(request: HttpRequest) -> HttpResponse:
    """200 while this process answers at all, whatever the database does."""
    return HttpResponse("ok", content_type="text/plain")


@require_GET
@public
def metrics(request: HttpRequest) -> HttpResponse:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    known = bool(METRICS_TOKEN) and compare_digest(given.encode(), METRICS_TOKEN.encode())
    if not known and request.META.get("REMOTE_ADDR") not in {"127.0.0.1", "::1"}:
        return HttpResponse(status=404)
    return HttpResponse(figures.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


@require_GET
@public
def api_docs(request: HttpRequest) -> HttpResponse:
    """The API's description for people, drawn from openapi.json by our own template: no script from elsewhere."""
    schema = build().get_openapi_schema(path_prefix="/api/v1/")
    return render(request, "platform/api_docs.html", {"schema": schema})
