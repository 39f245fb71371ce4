"""What visitors see: the tablet that gives out numbers, their own number, the screen of the hall."""

from typing import Any

import qrcode
import qrcode.image.svg
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from shouwen.channels.vendors.desk import queries, services
from shouwen.platform.access import ANONYMOUS, now, public
from shouwen.platform.live import token as live_token
from shouwen.platform.web import Input, page
from shouwen.platform.web.pages import form_page


def _tablet(request: HttpRequest, key: str) -> dict[str, Any]:
    hall = queries.hall_of_key(key[:40])
    waits = queries.waits(hall, now())
    return {
        "hall": hall,
        "matters": [(one, waits[one.pk]) for one in queries.matters(hall.pk)],
        "live_token": live_token(ANONYMOUS, [hall.topic]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@public
@form_page("channels/desk/tablet.html", _tablet, refused=True)
def tablet(request: HttpRequest, key: str) -> HttpResponse:
    """Choose a matter, take a number."""
    if request.method != "POST":
        return page(request, "channels/desk/tablet.html", "matters", _tablet(request, key))
    hall = queries.hall_of_key(key[:40])
    form = Input(request)
    matter_id, phone = form.ident("matter", required=True), form.text("phone", limit=40)
    form.done()
    network = request.META.get("REMOTE_ADDR", "")
    visit = services.take_number(hall=hall, matter_id=matter_id or 0, phone=phone, network=network, at=now())
    return HttpResponseRedirect(f"{reverse('channels:ticket', args=[visit.token])}?hall={hall.key}")


@require_safe
@public
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """A visitor's number, on the tablet and on their own phone."""
    visit = queries.visit_of_token(token[:40])
    context = {
        "visit": visit,
        "wait": queries.wait_of(visit, now()),
        "back": request.GET.get("hall", "") == visit.hall.key,
        "live_token": live_token(ANONYMOUS, [visit.hall.topic]),
    }
    return page(request, "channels/desk/ticket.html", "ticket", context)


@require_safe
@public
def code(request: HttpRequest, token: str) -> HttpResponse:
    """The address of a visitor's number as a code for a phone's camera."""
    visit = queries.visit_of_token(token[:40])
    address = f"{settings.PUBLIC_URL}{reverse('channels:ticket', args=[visit.token])}"
    drawn = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage)
    return HttpResponse(drawn.to_string(), content_type="image/svg+xml")


@require_safe
@public
def screen(request: HttpRequest, key: str) -> HttpResponse:
    """Who is served now, to be read from the far end of the hall."""
    hall = queries.hall_of_key(key[:40])
    day = queries.today(hall, now())
    context = {
        "hall": hall,
        "now_served": queries.now_served(hall.pk, day),
        "waiting": queries.waiting(hall.pk, day),
        "at": now(),
        "live_token": live_token(ANONYMOUS, [hall.topic]),
    }
    return page(request, "channels/desk/screen.html", "now", context)
