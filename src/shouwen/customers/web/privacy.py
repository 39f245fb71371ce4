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
    actor = actor_of(request)
    return {
        "customer": queries.get(customer_id, actor),
        "accesses": queries.access_rows(customer_id) if policies.may_see_access_log(actor) else None,
        "may_export": policies.may_export(actor),
        "may_erase": policies.may_erase(actor),
    }


def _may_open(by: Any) -> bool:
    return policies.may_see_access_log(by) or policies.may_export(by) or policies.may_erase(by)


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
