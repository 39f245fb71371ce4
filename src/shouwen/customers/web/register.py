"""Registering and changing a customer."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.customers import policies, queries, rules, services
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page

LANGUAGES = [*settings.LANGUAGES, ("zh-hant", "繁體中文")]
"""What a customer may read: our screens' languages, and traditional characters made of the simplified."""
CONTACT_FIELDS = (rules.PHONE, rules.EMAIL, rules.WECHAT)


def _choices(request: HttpRequest) -> dict[str, Any]:
    return {
        "kinds": queries.kind_choices(),
        "languages": LANGUAGES,
        "tiers": [(letter, letter) for letter in rules.TIERS],
        "organisation_choices": queries.organisation_choices(""),
        "may_grade": policies.may_set_tier(actor_of(request)),
    }


def _details(form: Input) -> dict[str, Any]:
    return {
        "name": form.text("name", limit=120, required=True),
        "salutation": form.text("salutation", limit=40),
        "language": form.choice("language", dict(LANGUAGES), required=True),
        "zone": form.text("zone", limit=60, default="Asia/Shanghai"),
        "region": form.text("region", limit=80),
        "note": form.text("note", limit=4000),
        "external_ref": form.text("external_ref", limit=80),
    }


@require_http_methods(["GET", "POST"])
@needs("customers.register")
@form_page("customers/new.html", _choices)
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "customers/new.html", {**_choices(request), "values": request.GET.dict()})
    form, actor = Input(request), actor_of(request)
    values = _details(form)
    kind = form.choice("kind", rules.KINDS, required=True)
    tier = form.choice("tier", rules.TIERS, default="C") if policies.may_set_tier(actor) else "C"
    given = [(field, form.text(field, limit=254)) for field in CONTACT_FIELDS]
    organisation = form.text("organisation", limit=140)
    form.done()
    made = services.register(
        **values,
        kind=kind,
        tier=tier,
        contacts=[(field, value) for field, value in given if value],
        organisation=queries.organisation_called(organisation),
        at=now(),
        by=actor,
    )
    return done(request, reverse("customers:customer", args=[made.pk]), _("Registered."))


def _edit_context(request: HttpRequest, customer_id: int) -> dict[str, Any]:
    return {**_choices(request), "customer": queries.get(customer_id, actor_of(request))}


@require_http_methods(["GET", "POST"])
@needs("customers.register")
@form_page("customers/edit.html", _edit_context)
def edit(request: HttpRequest, customer_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "customers/edit.html", _edit_context(request, customer_id))
    form = Input(request)
    values, organisation = _details(form), form.text("organisation", limit=140)
    form.done()
    found = queries.organisation_called(organisation)
    services.change(
        customer_id=customer_id,
        **values,
        organisation_id=found.pk if found else None,
        at=now(),
        by=actor_of(request),
    )
    return done(request, reverse("customers:customer", args=[customer_id]), _("Saved."))


@require_POST
@needs("customers.set_tier")
def tier(request: HttpRequest, customer_id: int) -> HttpResponse:
    form = Input(request)
    wanted = form.choice("tier", rules.TIERS, required=True)
    reason = form.text("reason", limit=200)
    form.done()
    services.set_tier(customer_id=customer_id, tier=wanted, reason=reason, at=now(), by=actor_of(request))
    return done(request, reverse("customers:customer", args=[customer_id]), _("Graded."))


@require_GET
@needs("customers.see")
def organisations(request: HttpRequest) -> HttpResponse:
    """Suggestions while an organisation's name is typed."""
    asked = Input(request, query=True)
    text = asked.text("organisation", limit=140)
    asked.done()
    return render(request, "customers/organisations.html", {"choices": queries.organisation_choices(text)})
