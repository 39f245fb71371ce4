"""The reply check: trying it, its figures, and the organisation's own lists."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shouwen.knowledge import policies, queries, services
from shouwen.knowledge.rules import asked
from shouwen.knowledge.web.sections import tabs
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, page, render
from shouwen.platform.web.pages import form_page

PAGE = "knowledge/phrases.html"
FORM, TERM_FORM = "knowledge/phrase.html", "knowledge/jargon.html"
FIGURE_DAYS = 30


@require_http_methods(["GET", "POST"])
@needs("knowledge.read")
def listing(request: HttpRequest) -> HttpResponse:
    """The lists; a POST tries a text, without keeping it."""
    by, today = actor_of(request), timezone.localdate(now())
    form, query = Input(request), Input(request, query=True)
    text, off = form.text("text", limit=20_000), query.flag("off")
    form.done()
    context = {
        "tabs": tabs("phrases"),
        "text": text,
        "findings": _tried(text) if request.method == "POST" else None,
        "phrases": queries.phrases(active=not off),
        "jargon": queries.jargon(active=not off),
        "off": off,
        "figures": queries.check_figures(since=today - timedelta(days=FIGURE_DAYS - 1), until=today),
        "days": FIGURE_DAYS,
        "may_keep": policies.may_publish(by),
    }
    return page(request, PAGE, "tried", context)


def _tried(text: str) -> dict[str, Any]:
    remarks = queries.check_reply(text, asked.context_of({}, text=text))
    return {
        "marked": queries.underlined(text, remarks),
        "remarks": [queries.shown(text, one) for one in remarks],
    }


def _context(request: HttpRequest, phrase_id: int | None = None) -> dict[str, Any]:
    query = Input(request, query=True)
    return {
        "phrase": queries.phrase(phrase_id) if phrase_id else None,
        "wanted": {"phrase": query.text("phrase", limit=80), "sort": query.text("sort", limit=8)},
        "sorts": queries.phrase_sort_choices(),
        "languages": queries.language_choices(),
    }


def _values(request: HttpRequest) -> dict[str, Any]:
    form = Input(request)
    values: dict[str, Any] = {
        "phrase": form.text("phrase", limit=80, required=True),
        "sort": form.choice("sort", [code for code, _label in queries.phrase_sort_choices()], required=True),
        "reason": form.text("reason"),
        "better": form.text("better"),
        "language": form.choice("language", ["zh-hans", "en"]),
        "active": form.flag("active"),
    }
    form.done()
    return values


@require_http_methods(["GET", "POST"])
@needs("knowledge.publish")
@form_page(FORM, _context)
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, FORM, _context(request))
    services.save_phrase(**_values(request), at=now(), by=actor_of(request))
    return done(request, reverse("knowledge:phrases"), _("Saved. It counts from now on."))


@require_http_methods(["GET", "POST"])
@needs("knowledge.publish")
@form_page(FORM, _context)
def phrase(request: HttpRequest, phrase_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, FORM, _context(request, phrase_id))
    services.save_phrase(phrase_id=phrase_id, **_values(request), at=now(), by=actor_of(request))
    return done(request, reverse("knowledge:phrases"), _("Saved. It counts from now on."))


def _term_context(request: HttpRequest, term_id: int | None = None) -> dict[str, Any]:
    return {"term": queries.jargon_term(term_id) if term_id else None}


def _term_values(request: HttpRequest) -> dict[str, Any]:
    form = Input(request)
    values: dict[str, Any] = {
        "term": form.text("term", limit=40, required=True),
        "better": form.text("better", limit=120, required=True),
        "active": form.flag("active"),
    }
    form.done()
    return values


@require_http_methods(["GET", "POST"])
@needs("knowledge.publish")
@form_page(TERM_FORM, _term_context)
def new_term(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, TERM_FORM, _term_context(request))
    services.save_jargon(**_term_values(request), at=now(), by=actor_of(request))
    return done(request, reverse("knowledge:phrases"), _("Saved. It counts from now on."))


@require_http_methods(["GET", "POST"])
@needs("knowledge.publish")
@form_page(TERM_FORM, _term_context)
def term(request: HttpRequest, term_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, TERM_FORM, _term_context(request, term_id))
    services.save_jargon(term_id=term_id, **_term_values(request), at=now(), by=actor_of(request))
    return done(request, reverse("knowledge:phrases"), _("Saved. It counts from now on."))
