"""What we hold about a person, who looked at it, handing it out, erasing it."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.customers import policies, queries, services
from shouwen.platform.access import actor_of, ensure, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page


def _context(request: HttpRequest, customer_id: int) -> dict[str, Any]:
    actor, at = actor_of(request), now()
    return {
        "customer": queries.get(customer_id, actor),
        "accesses": queries.access_rows(customer_id) if policies.may_see_access_log(actor) else None,
        "may_export": policies.may_export(actor),
        "may_erase": policies.may_erase(actor),
        "may_hold": policies.may_hold(actor),
        "holds": [(one, one.holds(at.date())) for one in queries.holds_of(customer_id)],
        "held": queries.why_held(customer_id, at),
    }


def _may_open(by: Any) -> bool:
    return (
        policies.may_see_access_log(by)
        or policies.may_export(by)
        or policies.may_erase(by)
        or policies.may_hold(by)
    )


@require_GET
@needs("customers.see")
def data(request: HttpRequest, customer_id: int) -> HttpResponse:
    ensure(_may_open, actor_of(request))
    return render(request, "customers/data.html", _context(request, customer_id))


@require_POST
@needs("customers.export")
def export(request: HttpRequest, customer_id: int) -> HttpResponse:
    held = services.export(customer_id=customer_id, at=now(), by=actor_of(request))
    body = orjson.dumps(held, option=orjson.OPT_INDENT_2, default=str)
    response = HttpResponse(body, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="customer-{customer_id}.json"'
    return response


@require_http_methods(["POST"])
@needs("customers.erase")
@form_page("customers/data.html", _context)
def erasure(request: HttpRequest, customer_id: int) -> HttpResponse:
    form, actor = Input(request), actor_of(request)
    reason = form.text("reason", limit=200, required=True)
    if not form.flag("sure"):
        form.fail("sure", _("Tick this to go on: there is no way back."))
    form.done()
    services.erase(customer_id=customer_id, reason=reason, at=now(), by=actor)
    return done(request, reverse("customers:customer", args=[customer_id]), _("The personal data is gone."))


@require_http_methods(["POST"])
@needs("customers.hold")
@form_page("customers/data.html", _context)
def holds(request: HttpRequest, customer_id: int) -> HttpResponse:
    form, actor = Input(request), actor_of(request)
    reason, until = form.text("hold_reason", limit=200, required=True), form.day("until")
    form.done()
    services.hold(
        customer_id=queries.get(customer_id, actor).pk, reason=reason, until=until, at=now(), by=actor
    )
    return done(request, reverse("customers:data", args=[customer_id]), _("The data stays."))


@require_POST
@needs("customers.hold")
def release(request: HttpRequest, hold_id: int) -> HttpResponse:
    ended = services.release(hold_id=hold_id, at=now(), by=actor_of(request))
    return done(
        request, reverse("customers:data", args=[ended.customer_id]), _("The data may be erased again.")
    )
