"""Caution flags: set, look at again, end."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.customers import queries, services
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page

USUAL_DAYS, USUAL_REVIEW_DAYS = 90, 60


def _today(request: HttpRequest) -> date:
    return now().astimezone(ZoneInfo(actor_of(request).zone)).date()


@require_GET
@needs("customers.flag")
def overview(request: HttpRequest) -> HttpResponse:
    context = {"flags": queries.flags_in_force(now()), "today": _today(request)}
    return render(request, "customers/flags.html", context)


def _usual(request: HttpRequest) -> dict[str, Any]:
    today = _today(request)
    return {
        "today": today,
        "review_on": today + timedelta(days=USUAL_REVIEW_DAYS),
        "expires_on": today + timedelta(days=USUAL_DAYS),
    }


def _dates(form: Input, zone: str) -> dict[str, Any]:
    """A flag ends with its last day, in the reader's own zone."""
    review, last = form.day("review_on", required=True), form.day("expires_on", required=True)
    end = datetime.combine(last, time(23, 59), ZoneInfo(zone)) if last else None
    return {"review_on": review, "expires_at": end}


def _new_context(request: HttpRequest, customer_id: int) -> dict[str, Any]:
    return {**_usual(request), "customer": queries.get(customer_id, actor_of(request)), "flag": None}


@require_http_methods(["GET", "POST"])
@needs("customers.flag")
@form_page("customers/flag.html", _new_context)
def new(request: HttpRequest, customer_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "customers/flag.html", _new_context(request, customer_id))
    form, actor = Input(request), actor_of(request)
    reason = form.text("reason", limit=200, required=True)
    evidence = form.text("evidence", limit=4000, required=True)
    dates = _dates(form, actor.zone)
    form.done()
    services.flag(customer_id=customer_id, reason=reason, evidence=evidence, **dates, at=now(), by=actor)
    to = reverse("customers:customer", args=[customer_id])
    return done(request, to, _("The next colleague is prepared."))


def _review_context(request: HttpRequest, flag_id: int) -> dict[str, Any]:
    flag = queries.flag(flag_id)
    return {**_usual(request), "customer": queries.get(flag.customer_id, actor_of(request)), "flag": flag}


@require_http_methods(["GET", "POST"])
@needs("customers.flag")
@form_page("customers/flag.html", _review_context)
def review(request: HttpRequest, flag_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "customers/flag.html", _review_context(request, flag_id))
    form, actor = Input(request), actor_of(request)
    reason, dates = form.text("reason", limit=200, required=True), _dates(form, actor.zone)
    form.done()
    flag = services.review_flag(flag_id=flag_id, reason=reason, **dates, at=now(), by=actor)
    return done(
        request, reverse("customers:customer", args=[flag.customer_id]), _("The flag stays in force.")
    )


@require_POST
@needs("customers.flag")
@form_page("customers/flag.html", _review_context)
def hearing(request: HttpRequest, flag_id: int) -> HttpResponse:
    form = Input(request)
    words = form.text("words", limit=services.MOST_WORDS, required=True)
    form.done()
    services.hear_customer(flag_id=flag_id, words=words, at=now(), by=actor_of(request))
    to = reverse("customers:review-flag", args=[flag_id])
    return done(request, to, _("Written down. Somebody else looks at the flag again."))


@require_POST
@needs("customers.flag")
def end(request: HttpRequest, flag_id: int) -> HttpResponse:
    form = Input(request)
    reason = form.text("reason", limit=200)
    form.done()
    flag = services.end_flag(flag_id=flag_id, reason=reason, at=now(), by=actor_of(request))
    return done(request, reverse("customers:customer", args=[flag.customer_id]), _("The flag has ended."))
