"""Asking a language model, and taking its draft into the composer, marked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.cases import permissions, queries, services
from shouwen.cases.web.workbench.forms import about, form
from shouwen.cases.web.workbench.showing import after
from shouwen.knowledge.rules import machine
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input
from shouwen.platform.web.pages import form_page

PAGE = "cases/forms/machine.html"
LONGEST = 20_000


def _choices() -> list[tuple[str, Any]]:
    return [("draft", _("Draft a reply")), ("summary", _("Summarise")), ("classify", _("Suggest the kind"))]


def _machine(request: HttpRequest, ref: str) -> dict[str, Any]:
    return {**about(request, ref), "tasks": _choices(), "made": None}


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(PAGE, _machine, "form", refused=True)
def machine_help(request: HttpRequest, ref: str) -> HttpResponse:
    if request.method == "GET":
        return form(request, PAGE, _machine(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    task = given.text("task", limit=10, required=True)
    given.done()
    made = services.assist(case_id=case.pk, task=task, at=now(), by=actor)
    known = {
        **_machine(request, ref),
        "made": made,
        "kind": queries.kind_label(made.kind) if made.kind else "",
    }
    return form(request, PAGE, known)


@require_POST
@needs(permissions.WORK)
def machine_draft(request: HttpRequest, ref: str) -> HttpResponse:
    """The machine's words as the draft of a reply or note, under the line that says whose they are."""
    actor, at = actor_of(request), now()
    case = queries.get(ref, actor)
    given = Input(request)
    text = given.text("text", limit=LONGEST, required=True)
    sort = given.choice("sort", ["reply", "note"], default="reply")
    given.done()
    marked = machine.marked(text, case.customer.language)
    services.save_draft(case_id=case.pk, text=marked, sort=sort, at=at, by=actor)
    return after(request, case.reference, _("Put into the draft. Check it before you send it."))
