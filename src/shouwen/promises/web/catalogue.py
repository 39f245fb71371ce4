"""The service catalogue."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shouwen.platform import ways
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page
from shouwen.promises import policies, queries, services
from shouwen.promises.services.catalogue import LIMITS


@require_safe
@needs(policies.CATALOGUE)
def listed(request: HttpRequest) -> HttpResponse:
    at = now()
    standards = queries.standards(at)
    context = {
        "items": [
            (item, [standard for standard in standards if standard.item_id == item.pk])
            for item in queries.items()
        ],
        "span_text": queries.span_text,
        "kinds": queries.KINDS,
        "channels": ways.labels(),
        "tab": "items",
    }
    return render(request, "promises/items.html", context)


def read(request: HttpRequest) -> dict[str, Any]:
    form = Input(request)
    words = {name: form.text(name, limit=limit, required=name == "name") for name, limit in LIMITS.items()}
    form.done()
    return words


def _new(request: HttpRequest) -> dict[str, Any]:
    return {"item": None}


@require_http_methods(["GET", "POST"])
@needs(policies.CATALOGUE)
@form_page("promises/new_item.html", _new)
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "promises/new_item.html", _new(request))
    form = Input(request)
    code = form.text("code", limit=40, required=True)
    form.done()
    item = services.create_item(code=code, **read(request), at=now(), by=actor_of(request))
    return done(request, reverse("promises:item", args=[item.pk]), _("Saved."))


def _one(request: HttpRequest, item_id: int) -> dict[str, Any]:
    at = now()
    return {
        "item": queries.item(item_id),
        "standards": queries.standards(at, item_id=item_id),
        "past": queries.past_standards(at, item_id=item_id, limit=20),
        "span_text": queries.span_text,
        "kinds": queries.KINDS,
        "channels": ways.labels(),
        "at": at,
        "rules": queries.coverage_rules(item_id),
    }


@require_http_methods(["GET", "POST"])
@needs(policies.CATALOGUE)
@form_page("promises/item.html", _one)
def one(request: HttpRequest, item_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "promises/item.html", _one(request, item_id))
    form = Input(request)
    flags: dict[str, Any] = {name: form.flag(name) for name in ("active", "sends_notice", "public")}
    services.change_item(item_id=item_id, **flags, **read(request), at=now(), by=actor_of(request))
    return done(request, reverse("promises:item", args=[item_id]), _("Saved."))
