"""Official wordings: read by all inside, kept by who may publish."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.knowledge import policies, queries, services
from shouwen.knowledge.web.sections import tabs
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, page, render
from shouwen.platform.web.pages import form_page

FORM = "knowledge/wording.html"


@require_GET
@needs("knowledge.read")
def listing(request: HttpRequest) -> HttpResponse:
    by, form = actor_of(request), Input(request, query=True)
    q, language, past = form.text("q", limit=60), form.text("language", limit=10), form.flag("past")
    form.done()
    context = {
        "tabs": tabs("wordings"),
        "found": queries.listed_wordings(on=timezone.localdate(now()), past=past, q=q, language=language),
        "q": q,
        "chosen": {"language": language, "past": past},
        "languages": queries.language_choices(),
        "may_keep": policies.may_publish(by),
    }
    return page(request, "knowledge/wordings.html", "found", context)


def _values(request: HttpRequest) -> tuple[dict[str, Any], Input]:
    form = Input(request)
    values: dict[str, Any] = {
        "text": form.text("text", limit=4000, required=True),
        "keywords": form.text("keywords", limit=300),
        "valid_from": form.day("valid_from", required=True),
        "valid_to": form.day("valid_to"),
        "basis": form.text("basis", limit=300),
    }
    return values, form


def _new_context(request: HttpRequest) -> dict[str, Any]:
    return {
        "wording": None,
        "standing": "",
        "earlier": [],
        "said": 0,
        "languages": queries.language_choices(),
        "first_day": timezone.localdate(now()),
        "today": timezone.localdate(now()),
    }


@require_http_methods(["GET", "POST"])
@needs("knowledge.publish")
@form_page(FORM, _new_context)
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, FORM, _new_context(request))
    values, form = _values(request)
    topic = form.text("topic", limit=120, required=True)
    language = form.choice("language", ["zh-hans", "en"], required=True)
    form.done()
    services.state_wording(topic=topic, language=language, **values, at=now(), by=actor_of(request))
    return done(request, reverse("knowledge:wordings"), _("From now on we say it like this."))


def _context(request: HttpRequest, wording_id: int) -> dict[str, Any]:
    found, today = queries.wording(wording_id), timezone.localdate(now())
    return {
        **_new_context(request),
        "wording": found,
        "standing": found.standing(today),
        "earlier": queries.history_of(found),
        "said": len(queries.subjects_using(found.pk)),
        "first_day": max(today, found.valid_from) + timedelta(days=1),
    }


@require_http_methods(["GET", "POST"])
@needs("knowledge.publish")
@form_page(FORM, _context)
def wording(request: HttpRequest, wording_id: int) -> HttpResponse:
    """A wording with its history; the form states what replaces it."""
    if request.method == "GET":
        return render(request, FORM, _context(request, wording_id))
    values, form = _values(request)
    form.done()
    made = services.replace_wording(wording_id=wording_id, **values, at=now(), by=actor_of(request))
    return done(
        request,
        reverse("knowledge:wordings"),
        _("Replaced from %(day)s on.") % {"day": made.valid_from},
    )


@require_POST
@needs("knowledge.publish")
@form_page(FORM, _context)
def end(request: HttpRequest, wording_id: int) -> HttpResponse:
    form = Input(request)
    last_day = form.day("last_day", required=True)
    reason = form.text("reason", limit=200, required=True)
    form.done()
    services.end_wording(
        wording_id=wording_id,
        last_day=last_day or timezone.localdate(now()),
        reason=reason,
        at=now(),
        by=actor_of(request),
    )
    return done(request, reverse("knowledge:wordings"), _("Ended."))
