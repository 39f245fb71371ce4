"""Who is at the portal: an address that a code has proved, kept in the browser's session."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation

from shouwen.cases.queries import portal
from shouwen.cases.rules import portal as rules
from shouwen.platform.access import now
from shouwen.platform.web.pages import wants_part

PROVED, ASKED = "portal", "portal-asked"
View = Callable[..., HttpResponse]


def customer_at(request: HttpRequest) -> Any:
    """The customer who has signed in; None for everybody else."""
    proved = request.session.get(PROVED) if request.COOKIES.get(settings.SESSION_COOKIE_NAME) else None
    if not isinstance(proved, dict):
        return None
    since = datetime.fromisoformat(proved["since"])
    return portal.customer_of(proved["address"]) if rules.still_signed_in(since, now()) else None


def address_at(request: HttpRequest) -> str:
    """The address that was proved; only where `customer_at` knows a customer."""
    return str(request.session[PROVED]["address"])


def let_in(request: HttpRequest, address: str) -> None:
    """From now on this browser speaks for who reads mail at `address`."""
    request.session.cycle_key()
    request.session.pop(ASKED, None)
    request.session[PROVED] = {"address": address, "since": now().isoformat()}


def let_out(request: HttpRequest) -> None:
    request.session.pop(PROVED, None)
    request.session.pop(ASKED, None)
    request.session.cycle_key()


def customers_only(view: View) -> View:
    """For signed-in customers, in their language and time; everybody else is led to the door."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        customer = customer_at(request)
        if customer is None:
            if wants_part(request):
                return HttpResponse(status=204, headers={"HX-Redirect": reverse("cases:portal")})
            return HttpResponseRedirect(reverse("cases:portal"))
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(customer.language)
        timezone.activate(ZoneInfo(customer.zone or settings.TIME_ZONE))
        request.portal_customer = customer  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    gate.public = True  # type: ignore[attr-defined]  # who may come in is asked here, not of the staff's gates
    return gate


def customer_of(request: HttpRequest) -> Any:
    """Behind `customers_only`: the customer."""
    return request.portal_customer  # type: ignore[attr-defined]
