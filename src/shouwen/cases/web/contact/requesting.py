"""The public request form: open to everybody, loses no word, refuses machines."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shouwen.cases import links, services
from shouwen.cases.queries import customer_page, labels
from shouwen.cases.rules import requesting as rules
from shouwen.cases.services.requesting import send_request
from shouwen.cases.web.contact import own_fields
from shouwen.channels.vendors.web_form.rules import Request
from shouwen.platform.access import now, public
from shouwen.platform.web import Input, render
from shouwen.platform.web.pages import form_page

SALT = "shouwen.request"
TRAP = "website"


def _opened(stamp: str) -> Any:
    """When the form was opened, by its signed stamp; None for none or a forged one."""
    seconds = unsigned(stamp)
    return rules.from_seconds(seconds) if seconds is not None else None


def unsigned(stamp: str) -> float | None:
    signer = signing.Signer(salt=SALT)
    value, _dot, _signature = stamp.rpartition(":")
    good = bool(value) and signer.sign(value) == stamp
    return float(value) if good else None


def _context(request: HttpRequest) -> dict[str, Any]:
    stamp, at = request.POST.get("stamp", ""), now()
    if not rules.still_good(_opened(stamp), at):
        stamp = signing.Signer(salt=SALT).sign(f"{at.timestamp():.3f}")
    return {
        "stamp": stamp,
        "kinds": labels.kind_choices(),
        "own_fields": own_fields.shown(request),
        "files_lost": [file.name for file in request.FILES.getlist("attachments")],
        "values": request.GET.dict(),
    }


@never_cache
@require_http_methods(["GET", "POST"])
@public
@form_page("cases/customer/request.html", _context, refused=True)
def request(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "cases/customer/request.html", _context(request))
    form, at, stamp = Input(request), now(), request.POST.get("stamp", "")
    kind = form.text("kind", limit=30)
    asked = Request(*(form.text(name, limit=20_000) for name in ("name", "title", "text", "email", "phone")))
    uploads = [services.Upload(file.name or "", file.size or 0, file) for file in form.files("attachments")]
    form.done()
    case_id = send_request(
        request=asked,
        kind=kind,
        fields=own_fields.given(form, kind),
        uploads=uploads,
        trap=form.text(TRAP, limit=10_000),
        filled_seconds=rules.filled_seconds(_opened(stamp), at),
        stamp=stamp,
        network=request.META.get("REMOTE_ADDR", ""),
        language=get_language() or "zh-hans",
        at=at,
    )
    return HttpResponseRedirect(reverse("cases:request-done", args=[links.token(case_id)]))


@never_cache
@require_safe
@public
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """It has arrived: the number, and the link to the customer's own page."""
    case = customer_page.of_link(links.case_id_of(token))
    context = {"case": case, "token": token, "answer_to": customer_page.answered_at(case)}
    return render(request, "cases/customer/request_done.html", context)
