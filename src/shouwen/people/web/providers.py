"""Organisations whose people do work for us."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.people import policies, queries, rules, services
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page


@require_GET
@needs("people.see")
def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return render(
        request,
        "people/providers.html",
        {
            "providers": queries.providers_with_staff(),
            "sorts": dict(queries.provider_sort_choices()),
            "today": now().astimezone(ZoneInfo(actor.zone)).date(),
            "may_manage": policies.may_manage(actor),
        },
    )


def _context(request: HttpRequest, provider_id: int | None = None) -> dict[str, Any]:
    return {
        "provider": queries.provider(provider_id) if provider_id else None,
        "sorts": queries.provider_sort_choices(),
        "staff": queries.staff_of_provider(provider_id) if provider_id else [],
    }


def _values(request: HttpRequest) -> dict[str, Any]:
    form = Input(request)
    values = {
        "name": form.text("name", limit=120, required=True),
        "sort": form.choice("sort", rules.PROVIDER_SORTS, required=True),
        "contract_until": form.day("contract_until"),
        "note": form.text("note", limit=4000),
    }
    form.done()
    return values


@require_http_methods(["GET", "POST"])
@needs("people.manage")
@form_page("people/provider.html", _context)
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "people/provider.html", _context(request))
    services.create_provider(**_values(request), at=now(), by=actor_of(request))
    return done(request, reverse("people:providers"), _("Saved."))


@require_http_methods(["GET", "POST"])
@needs("people.manage")
@form_page("people/provider.html", _context)
def provider(request: HttpRequest, provider_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "people/provider.html", _context(request, provider_id))
    services.change_provider(provider_id=provider_id, **_values(request), at=now(), by=actor_of(request))
    return done(request, reverse("people:providers"), _("Saved."))
