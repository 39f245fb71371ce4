"""The public request form: open to everybody, loses no word, refuses machines."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shouwen.cases import links, services
from shouwen.cases.queries import customer_page, labels
from shouwen.cases.rules import requesting as rules
from shouwen.cases.services.requesting import send_request
from shouwen.cases.web.contact import own_fields, stamps
from shouwen.cases.web.portal import door
from shouwen.channels.vendors.web_form.rules import LEAST_SECONDS, PROOF_BITS, Request
from shouwen.platform import preferences
from shouwen.platform.access import now, public
from shouwen.platform.web import Input, render
from shouwen.platform.web.pages import form_page

TRAP = "website"


def _known(request: HttpRequest) -> dict[str, str]:
    """Who has signed in to the portal need not say again who they are."""
    customer = door.customer_at(request)
    return {"name": customer.name, "email": door.address_at(request)} if customer is not None else {}


def _context(request: HttpRequest) -> dict[str, Any]:
    return {
        "welcome": preferences.get("cases.request_welcome"),
        "stamp": stamps.kept(request.POST.get("stamp", ""), now()),
        "bits": PROOF_BITS,
        "least_seconds": LEAST_SECONDS,
        "kinds": labels.kind_choices(),
        "own_fields": own_fields.shown(request),
        "files_lost": [file.name for file in request.FILES.getlist("attachments")],
        "values": {**_known(request), **request.GET.dict()},
    }


@never_cache
@require_http_methods(["GET", "POST"])
@public
@form_page("cases/customer/request.html", _context, refused=True)
def request(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "cases/customer/request.html", _context(request))
    form, at, stamp = Input(request), now(), request.POST.get("stamp", "")[:200]
    kind = form.text("kind", limit=30)
    asked = Request(*(form.text(name, limit=200_000) for name in ("name", "title", "text", "email", "phone")))
    uploads = [services.Upload(file.name or "", file.size or 0, file) for file in form.files("attachments")]
    form.done()
    sent = send_request(
        request=asked,
        kind=kind,
        fields=own_fields.given(form, kind),
        uploads=uploads,
        trap=form.text(TRAP, limit=10_000),
        filled_seconds=rules.filled_seconds(stamps.opened(stamp), at),
        stamp=stamp,
        proof=form.text("proof", limit=20),
        before=stamps.sent_before(request),
        network=request.META.get("REMOTE_ADDR", ""),
        language=get_language() or "zh-hans",
        at=at,
    )
    way = HttpResponseRedirect(reverse("cases:request-done", args=[links.token(sent.case_id)]))
    return stamps.remember(way, request, sent)


@never_cache
@require_safe
@public
def done(request: HttpRequest, token: str) -> HttpResponse:
    """It has arrived: the number, and the link to the customer's own page."""
    case = customer_page.of_link(links.case_id_of(token))
    context = {"case": case, "token": token, "answer_to": customer_page.answered_at(case)}
    return render(request, "cases/customer/request_done.html", context)
