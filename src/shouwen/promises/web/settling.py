"""A promise is kept, renegotiated, withdrawn; a broken one is explained."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, page
from shouwen.platform.web.pages import form_page, safe_next, wants_part
from shouwen.promises import policies, queries, services
from shouwen.promises.rules import words


def _context(request: HttpRequest, promise_id: int) -> dict[str, Any]:
    actor, at = actor_of(request), now()
    promise = queries.get(promise_id, actor)
    home = reverse("promises:one", args=[promise_id])
    usual = queries.suggest_due(promise.text, at)
    # What is usual from now on is no new time when it lies before the old one: then the person says it.
    suggested = usual if usual is not None and usual > promise.due_at else None
    return {
        "line": queries.shown([promise], actor, at)[0],
        "promise": promise,
        "suggested": timezone.localtime(suggested) if suggested else None,
        "due_value": timezone.localtime(promise.due_at).strftime("%Y-%m-%dT%H:%M"),
        "back": safe_next(request, home),
        "causes": list(queries.CAUSE_LABELS.items()),
    }


@require_POST
@needs(policies.SEE)
def keeping(request: HttpRequest, promise_id: int) -> HttpResponse:
    actor = actor_of(request)
    queries.get(promise_id, actor)
    note = Input(request).text("note", limit=words.REASON_LIMIT)
    kept = services.keep(promise_id=promise_id, note=note, at=now(), by=actor)
    sentence = _("Kept.") if kept.state == "kept" else _("Noted: delivered late.")
    return done(request, reverse("promises:one", args=[promise_id]), sentence)


@require_http_methods(["GET", "POST"])
@needs(policies.SEE)
@form_page("promises/renegotiation.html", _context, "form")
def renegotiation(request: HttpRequest, promise_id: int) -> HttpResponse:
    actor, at = actor_of(request), now()
    queries.get(promise_id, actor)
    if request.method == "GET":
        return page(request, "promises/renegotiation.html", "form", _context(request, promise_id))
    form = Input(request)
    due_at = form.moment("due_at", required=True)
    reason = form.text("reason", limit=words.REASON_LIMIT, required=True)
    told = form.choice("told", ("message", "spoken"), default="message")
    customer_words = form.text("customer_words", limit=words.WORDS_LIMIT)
    form.done()
    new = services.renegotiate(
        promise_id=promise_id,
        due_at=due_at or at,
        reason=reason,
        customer_words=customer_words,
        customer_told_at=at if told == "spoken" else None,
        at=at,
        by=actor,
    )
    return _on_the_new(request, promise_id, new.pk)


def _on_the_new(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """Back to where it was asked; from the page of the old promise on to that of the new one."""
    page_of = [reverse("promises:one", args=[pk]) for pk in (old, new)]
    to = page_of[1] if safe_next(request, page_of[0]) == page_of[0] else safe_next(request, page_of[1])
    messages.success(request, str(_("The new time is written down.")))
    if wants_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)


@require_http_methods(["GET", "POST"])
@needs(policies.SEE)
@form_page("promises/withdrawal.html", _context, "form")
def withdrawal(request: HttpRequest, promise_id: int) -> HttpResponse:
    actor = actor_of(request)
    queries.get(promise_id, actor)
    if request.method == "GET":
        return page(request, "promises/withdrawal.html", "form", _context(request, promise_id))
    form = Input(request)
    reason = form.text("reason", limit=words.REASON_LIMIT, required=True)
    form.done()
    services.withdraw(promise_id=promise_id, reason=reason, at=now(), by=actor)
    return done(request, reverse("promises:one", args=[promise_id]), _("Withdrawn."))


@require_http_methods(["GET", "POST"])
@needs(policies.SEE)
@form_page("promises/explanation.html", _context, "form")
def explanation(request: HttpRequest, promise_id: int) -> HttpResponse:
    actor = actor_of(request)
    queries.get(promise_id, actor)
    if request.method == "GET":
        return page(request, "promises/explanation.html", "form", _context(request, promise_id))
    form = Input(request)
    reason = form.text("reason", limit=words.REASON_LIMIT, required=True)
    cause = form.choice("cause", words.CAUSES, required=True)
    owed = form.choice("still_owed", ("yes", "no"), default="yes") == "yes"
    form.done()
    services.explain_break(
        promise_id=promise_id, cause=cause, reason=reason, still_owed=owed, at=now(), by=actor
    )
    return done(request, reverse("promises:one", args=[promise_id]), _("Thank you for saying why."))
