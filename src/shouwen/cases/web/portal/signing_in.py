"""The portal's door: an address, a code from a mail, and the list of one's requests behind it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwen.cases.queries import portal as queries
from shouwen.cases.services import signing_in
from shouwen.cases.web.portal import door
from shouwen.platform import preferences
from shouwen.platform.access import now, public
from shouwen.platform.web import Input, done, paginate, render
from shouwen.platform.web.pages import form_page

DOOR, CODE, LIST = "cases/portal/door.html", "cases/portal/code.html", "cases/portal/requests.html"
PART = 20


def _welcome() -> dict[str, Any]:
    return {"welcome": preferences.get("cases.portal_welcome")}


@never_cache
@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    """The list for who has signed in, the door for everybody else."""
    return requests(request) if door.customer_at(request) is not None else render(request, DOOR, _welcome())


@door.customers_only
def requests(request: HttpRequest) -> HttpResponse:
    customer, form = door.customer_of(request), Input(request, query=True)
    cursor = form.text("cursor", limit=400) or None
    form.done()
    ended = paginate(
        queries.requests_of(customer, active=False), order=queries.ORDER, cursor=cursor, limit=PART
    )
    active = [] if cursor else list(queries.requests_of(customer, active=True)[:100])
    context = {
        **_welcome(),
        "customer": customer,
        "active": queries.rows(active, now()),
        "ended": queries.rows(ended.items, now()),
        "page": ended,
        "is_first": not cursor,
    }
    return render(request, LIST, context)


def _address(request: HttpRequest) -> dict[str, Any]:
    return {**_welcome(), "values": {"email": request.POST.get("email", "")}}


@never_cache
@require_POST
@public
@form_page(DOOR, _address, refused=True)
def codes(request: HttpRequest) -> HttpResponse:
    """Ask for a code. The answer is the same for an address we know and one we do not."""
    form = Input(request)
    address = form.text("email", limit=254)
    form.done()
    asking = signing_in.ask_code(
        address=address,
        network=request.META.get("REMOTE_ADDR", ""),
        language=get_language() or "zh-hans",
        at=now(),
    )
    request.session[door.ASKED] = {"id": asking, "address": address}
    return HttpResponseRedirect(reverse("cases:portal-code"))


def _asked(request: HttpRequest) -> dict[str, Any]:
    asked = request.session.get(door.ASKED) or {}
    return {"address": asked.get("address", ""), "asking": asked.get("id")}


@never_cache
@require_http_methods(["GET", "POST"])
@public
@form_page(CODE, _asked, refused=True)
def code(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    if asked["asking"] is None:
        return HttpResponseRedirect(reverse("cases:portal"))
    if request.method != "POST":
        return render(request, CODE, asked)
    form = Input(request)
    typed = form.text("code", limit=40)
    form.done()
    address = signing_in.sign_in(asking_id=asked["asking"], code=typed, at=now())
    door.let_in(request, address)
    return HttpResponseRedirect(reverse("cases:portal"))


@require_POST
@public
def leaving(request: HttpRequest) -> HttpResponse:
    door.let_out(request)
    return done(request, reverse("cases:portal"), _("You have left. Nobody else sees your requests here."))
