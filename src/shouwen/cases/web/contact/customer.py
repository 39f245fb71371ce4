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

from shouwen.cases import links, services
from shouwen.cases.queries import customer_page, labels
from shouwen.cases.services.requesting import write_in
from shouwen.kernel.errors import Forbidden
from shouwen.platform.access import Actor, actor_of, customer_actor, now, public
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page

View = Callable[..., HttpResponse]


def _case(token: str) -> Any:
    return customer_page.of_link(links.case_id_of(token))


def _speaker(request: HttpRequest, case: Any) -> Actor:
    """The customer; never somebody of ours who holds the link."""
    if actor_of(request).is_staff:
        raise Forbidden(_("Only the customer speaks here. Write down on the case what they told you."))
    return customer_actor(case.customer_id, case.customer.name, case.customer.language)


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


def _context(request: HttpRequest, token: str) -> dict[str, Any]:
    case = _case(token)
    return {
        "token": token,
        "page": customer_page.of(case, now()),
        "dimensions": labels.dimensions(),
        "words": [str(word) for word in labels.LEVEL_WORDS],
        "files_lost": [file.name for file in request.FILES.getlist("attachments")],
    }


@never_cache
@require_safe
@public
@in_the_customers_language
def customer(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "cases/customer/page.html", _context(request, token))


@require_POST
@public
@in_the_customers_language
@form_page("cases/customer/page.html", _context, refused=True)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Solved or not yet, with how it felt."""
    case, form = _case(token), Input(request)
    solved = form.choice("solved", ("yes", "no"), required=True) == "yes"
    given = {code: form.integer(f"level_{code}", least=1, most=5) for code, *_rest in labels.dimensions()}
    word = form.text("word", limit=2000)
    form.done()
    levels = {code: level for code, level in given.items() if level is not None}
    services.answer_confirmation(
        case_id=case.pk, solved=solved, levels=levels, word=word, at=now(), by=_speaker(request, case)
    )
    sentence = _("Thank you for your word.") if solved else _("Thank you. The same person goes on at once.")
    return done(request, reverse("cases:customer", args=[token]), sentence)


@require_POST
@public
@in_the_customers_language
@form_page("cases/customer/page.html", _context, refused=True)
def message(request: HttpRequest, token: str) -> HttpResponse:
    case, form = _case(token), Input(request)
    text = form.text("text", limit=20_000)
    uploads = [services.Upload(file.name or "", file.size or 0, file) for file in form.files("attachments")]
    form.done()
    subject = write_in(case_id=case.pk, text=text, uploads=uploads, at=now(), by=_speaker(request, case))
    to = reverse("cases:customer", args=[links.token(subject[1])])
    return done(request, to, _("We have it. Thank you."))


@require_POST
@public
@in_the_customers_language
@form_page("cases/customer/page.html", _context, refused=True)
def understanding(request: HttpRequest, token: str) -> HttpResponse:
    """Yes, that is what I mean."""
    case = _case(token)
    services.confirm_understanding(case_id=case.pk, how="page", at=now(), by=_speaker(request, case))
    return done(request, reverse("cases:customer", args=[token]), _("Thank you, then we go on with this."))
