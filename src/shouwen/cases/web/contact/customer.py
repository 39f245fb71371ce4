"""The customer's own page of a case: what we understood, who is responsible, what we promised, what happens next.

Whoever holds the link speaks for the case's customer. Works without JavaScript, on a phone.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shouwen.cases import links
from shouwen.cases.queries import customer_page
from shouwen.cases.web.contact import speaking
from shouwen.platform.access import public
from shouwen.platform.web import done, render
from shouwen.platform.web.pages import form_page

View = Callable[..., HttpResponse]


def _case(token: str) -> Any:
    return customer_page.of_link(links.case_id_of(token))


def in_the_customers_language(view: View) -> View:
    """The customer's own language and time, unless this browser has chosen a language."""

    @wraps(view)
    def spoken(request: HttpRequest, token: str) -> HttpResponse:
        customer = _case(token).customer
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(customer.language)
        timezone.activate(ZoneInfo(customer.zone or settings.TIME_ZONE))
        return view(request, token)

    return spoken


def _ways(token: str) -> speaking.Ways:
    parts = ("answer", "message", "understanding", "praise")
    return speaking.Ways(*(reverse(f"cases:customer-{part}", args=[token]) for part in parts))


def _context(request: HttpRequest, token: str) -> dict[str, Any]:
    return speaking.context(request, _case(token), _ways(token))


def _page(token: str) -> str:
    return reverse("cases:customer", args=[token])


@never_cache
@require_safe
@public
@in_the_customers_language
def customer(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, speaking.PAGE, _context(request, token))


@require_POST
@public
@in_the_customers_language
@form_page(speaking.PAGE, _context, refused=True)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    return done(request, _page(token), speaking.answer(request, _case(token)))


@require_POST
@public
@in_the_customers_language
@form_page(speaking.PAGE, _context, refused=True)
def message(request: HttpRequest, token: str) -> HttpResponse:
    subject = speaking.message(request, _case(token))
    return done(request, _page(links.token(subject[1])), _("We have it. Thank you."))


@require_POST
@public
@in_the_customers_language
@form_page(speaking.PAGE, _context, refused=True)
def understanding(request: HttpRequest, token: str) -> HttpResponse:
    return done(request, _page(token), speaking.understanding(request, _case(token)))


@require_POST
@public
@in_the_customers_language
@form_page(speaking.PAGE, _context, refused=True)
def praise(request: HttpRequest, token: str) -> HttpResponse:
    return done(request, _page(token), speaking.praise(request, _case(token)))
