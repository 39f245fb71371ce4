"""What a customer has of ours."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shouwen.customers import queries, services
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page


def _context(request: HttpRequest, customer_id: int, asset_id: int | None = None) -> dict[str, Any]:
    found = queries.get(customer_id, actor_of(request))
    return {"customer": found, "asset": queries.asset(asset_id, customer_id) if asset_id else None}


def _values(request: HttpRequest) -> dict[str, Any]:
    form = Input(request)
    values: dict[str, Any] = {
        "name": form.text("name", limit=120, required=True),
        "model": form.text("model", limit=80),
        "serial_number": form.text("serial_number", limit=80),
        "bought_on": form.day("bought_on"),
        "warranty_until": form.day("warranty_until"),
        "location": form.text("location", limit=160),
        "note": form.text("note", limit=4000),
    }
    form.done()
    return values


@require_http_methods(["GET", "POST"])
@needs("customers.register")
@form_page("customers/asset.html", _context)
def new(request: HttpRequest, customer_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "customers/asset.html", _context(request, customer_id))
    services.add_asset(customer_id=customer_id, **_values(request), at=now(), by=actor_of(request))
    return done(request, reverse("customers:customer", args=[customer_id]), _("Added."))


@require_http_methods(["GET", "POST"])
@needs("customers.register")
@form_page("customers/asset.html", _context)
def asset(request: HttpRequest, customer_id: int, asset_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "customers/asset.html", _context(request, customer_id, asset_id))
    queries.asset(asset_id, customer_id)
    services.change_asset(asset_id=asset_id, **_values(request), at=now(), by=actor_of(request))
    return done(request, reverse("customers:customer", args=[customer_id]), _("Saved."))
