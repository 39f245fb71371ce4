"""Tasks: what I do, what waits for my department, what I asked for; and one task with its quality gate."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from shouwen.cases import permissions, queries, services
from shouwen.cases.queries import labels, tasking
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, page, render
from shouwen.platform.web.pages import form_page

VIEWS = (
    ("mine", gettext_lazy("Mine")),
    ("offered", gettext_lazy("Waiting for somebody")),
    ("asked", gettext_lazy("Asked by me")),
)


@require_safe
@needs(permissions.TASKS)
def tasks(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    views = [*VIEWS, ("all", _("All"))] if actor.can(permissions.SUPERVISE) else list(VIEWS)
    counts = queries.task_counts(actor)
    form = Input(request, query=True)
    which = form.choice("view", [code for code, _label in views]) or queries.first_with_something(counts)
    cursor = form.text("cursor", limit=400)
    form.done()
    found = queries.tasks(actor, which=which, cursor=cursor or None)
    base = reverse("cases:tasks")
    context = {
        "tasks": found.items,
        "which": which,
        "tabs": [
            (label, f"{base}?view={code}", code == which, counts.get(code) or None) for code, label in views
        ],
        "tones": labels.TASK_TONES,
        "previous_url": _with(base, which, found.previous_cursor),
        "next_url": _with(base, which, found.next_cursor),
        "inside": actor.provider_id is None,
        "at": now(),
        "address": _with(base, which, cursor) or f"{base}?view={which}",  # it stays where it opened
    }
    return page(request, "cases/team/tasks.html", "list", context)


def _with(base: str, which: str, cursor: str | None) -> str | None:
    return f"{base}?view={which}&cursor={cursor}" if cursor else None


def _context(request: HttpRequest, pk: int) -> dict[str, Any]:
    actor = actor_of(request)
    found = tasking.page(pk, actor, now())
    return {
        "page": found,
        "task": found.task,
        "tones": labels.TASK_TONES,
        "inside": actor.provider_id is None,
    }


@require_safe
@needs(permissions.TASKS)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "cases/team/task.html", _context(request, pk))


def _to(pk: int) -> str:
    return reverse("cases:task", args=[pk])


@require_POST
@needs(permissions.TASKS)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    services.accept_task(task_id=pk, at=now(), by=actor_of(request))
    return done(request, _to(pk), _("It is yours now."))


@require_POST
@needs(permissions.TASKS)
@form_page("cases/team/task.html", _context, refused=True)
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    answer = _answer(request, "answer")
    services.reject_task(task_id=pk, answer=answer, at=now(), by=actor_of(request))
    return done(request, reverse("cases:tasks"), _("Sent back with your reason."))


@require_POST
@needs(permissions.TASKS)
@form_page("cases/team/task.html", _context, refused=True)
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = _answer(request, "delivery", 20_000)
    services.deliver_task(task_id=pk, delivery=delivery, at=now(), by=actor_of(request))
    return done(request, _to(pk), _("Delivered. Who asked checks it now."))


@require_POST
@needs(permissions.TASKS)
@form_page("cases/team/task.html", _context, refused=True)
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    missing = _answer(request, "missing")
    services.return_task(task_id=pk, answer=missing, at=now(), by=actor_of(request))
    return done(request, _to(pk), _("Returned with what is missing."))


@require_POST
@needs(permissions.TASKS)
@form_page("cases/team/task.html", _context, refused=True)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    form = Input(request)
    ticked, word = form.idents("gate"), form.text("word", limit=1000)
    form.done()
    services.pass_gate(
        task_id=pk, ticked=[number - 1 for number in ticked], word=word, at=now(), by=actor_of(request)
    )
    return done(request, _to(pk), _("It passed."))


@require_POST
@needs(permissions.TASKS)
@form_page("cases/team/task.html", _context, refused=True)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    reason = _answer(request, "reason")
    services.cancel_task(task_id=pk, answer=reason, at=now(), by=actor_of(request))
    return done(request, _to(pk), _("Cancelled."))


def _answer(request: HttpRequest, name: str, limit: int = 1000) -> str:
    form = Input(request)
    text = form.text(name, limit=limit, required=True)
    form.done()
    return text
