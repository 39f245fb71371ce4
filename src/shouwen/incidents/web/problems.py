"""Recurring problems: the list, a new one, one whole."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwen.cases import queries as cases
from shouwen.incidents import policies, queries, services
from shouwen.incidents.services.recurring import FIND
from shouwen.incidents.web import shown
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.jobs import enqueue
from shouwen.platform.web import Input, done, page, paginate, render
from shouwen.platform.web.pages import form_page

VIEWS = ("live", "candidates", "past")


@require_safe
@needs(policies.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = Input(request, query=True)
    view = form.choice("view", VIEWS, default="live")
    form.done()
    rows = paginate(
        queries.listed_problems(actor, view),
        order=("-changed_at", "-id"),
        cursor=request.GET.get("cursor"),
        limit=50,
    )
    context = {
        "rows": rows.items,
        "view": view,
        "may_work": actor.can(policies.PROBLEMS),
        **shown.paging(request, rows),
        **shown.words(),
    }
    return page(request, "incidents/problems.html", "list", context)


def _read(request: HttpRequest) -> dict[str, Any]:
    form = Input(request)
    given = {
        "title": form.text("title", limit=200, required=True),
        "model": form.text("model", limit=80),
        "kind": form.text("kind", limit=30),
        "words_": form.text("words", limit=400),
        "period_days": form.integer("period_days", least=1, most=90) or 7,
    }
    form.done()
    return given


def _kinds() -> list[tuple[str, str]]:
    return [(kind.code, cases.kind_label(kind.code)) for kind in cases.active_kinds()]


def _new(request: HttpRequest) -> dict[str, Any]:
    return {"problem": None, "kinds": _kinds(), "words": ""}


@require_http_methods(["GET", "POST"])
@needs(policies.PROBLEMS)
@form_page("incidents/new_problem.html", _new)
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "incidents/new_problem.html", _new(request))
    form = Input(request)
    incident_id = form.ident("incident")
    form.done()
    made = services.record_problem(
        **_read(request),
        incident_ids=[incident_id] if incident_id else [],
        at=now(),
        by=actor_of(request),
    )
    sentence = _("Written down; past cases that fit are being gathered.")
    return done(request, reverse("incidents:problem", args=[made.pk]), sentence)


@require_POST
@needs(policies.PROBLEMS)
def search(request: HttpRequest) -> HttpResponse:
    """Look for what recurs now, and not only every six hours."""
    enqueue(FIND, {"asked": True}, key=FIND)
    address = f"{reverse('incidents:problems')}?view=candidates"
    return done(request, address, _("The closed cases of ninety days are being compared."))


@require_safe
@needs(policies.SEE)
def one(request: HttpRequest, problem_id: int) -> HttpResponse:
    form = Input(request, query=True)
    since, until = form.moment("since"), form.moment("until")
    form.done()
    found = queries.problem_page(
        problem_id, actor_of(request), now(), since=since, until=until, cursor=request.GET.get("cursor")
    )
    context = {
        "page": found,
        "problem": found.problem,
        "narrowed": since is not None,
        "whys": [*found.problem.whys, *[""] * (5 - len(found.problem.whys))],
        "kind_label": cases.kind_label(found.problem.kind) if found.problem.kind else "",
        **shown.paging(request, found.cases),
        **shown.words(),
    }
    return page(request, "incidents/problem.html", "problem", context)


def _known(request: HttpRequest, problem_id: int) -> dict[str, Any]:
    problem = queries.get_problem(problem_id, actor_of(request))
    return {"problem": problem, "kinds": _kinds(), "words": " ".join(problem.terms)}


@require_http_methods(["GET", "POST"])
@needs(policies.PROBLEMS)
@form_page("incidents/problem_details.html", _known)
def details(request: HttpRequest, problem_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "incidents/problem_details.html", _known(request, problem_id))
    services.change_problem(problem_id=problem_id, **_read(request), at=now(), by=actor_of(request))
    return done(request, reverse("incidents:problem", args=[problem_id]), _("Saved."))
