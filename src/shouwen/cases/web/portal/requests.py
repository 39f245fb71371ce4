"""One request of a signed-in customer: the same page that the link in our mails leads to, by another door."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shouwen.cases.queries import portal as queries
from shouwen.cases.web.contact import speaking
from shouwen.cases.web.portal.door import customer_of, customers_only
from shouwen.kernel.references import reference
from shouwen.platform.web import done, render
from shouwen.platform.web.pages import form_page


def _case(request: HttpRequest, ref: str) -> Any:
    return queries.get(ref, customer_of(request))


def _context(request: HttpRequest, ref: str) -> dict[str, Any]:
    parts = ("answer", "message", "understanding", "praise")
    ways = {part: reverse(f"cases:portal-{part}", args=[ref]) for part in parts}
    ways["back"] = reverse("cases:portal")
    return speaking.context(request, _case(request, ref), speaking.Ways(**ways))


def _page(ref: str) -> str:
    return reverse("cases:portal-request", args=[ref])


@never_cache
@require_safe
@customers_only
def one(request: HttpRequest, ref: str) -> HttpResponse:
    return render(request, speaking.PAGE, _context(request, ref))


@require_POST
@customers_only
@form_page(speaking.PAGE, _context, refused=True)
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    return done(request, _page(ref), speaking.answer(request, _case(request, ref)))


@require_POST
@customers_only
@form_page(speaking.PAGE, _context, refused=True)
def message(request: HttpRequest, ref: str) -> HttpResponse:
    subject = speaking.message(request, _case(request, ref))
    return done(request, _page(reference(subject[1])), _("We have it. Thank you."))


@require_POST
@customers_only
@form_page(speaking.PAGE, _context, refused=True)
def understanding(request: HttpRequest, ref: str) -> HttpResponse:
    return done(request, _page(ref), speaking.understanding(request, _case(request, ref)))


@require_POST
@customers_only
@form_page(speaking.PAGE, _context, refused=True)
def praise(request: HttpRequest, ref: str) -> HttpResponse:
    return done(request, _page(ref), speaking.praise(request, _case(request, ref)))
