"""The supervisor's page, and ruling on what was escalated."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shouwen.cases import permissions, services
from shouwen.cases.queries import helping, labels, supervising
from shouwen.kernel.errors import NotFound
from shouwen.people import queries as people
from shouwen.platform.access import Actor, actor_of, needs, now
from shouwen.platform.web import Input, done, page
from shouwen.platform.web.pages import form_page


def _scope(request: HttpRequest, actor: Actor) -> tuple[str, frozenset[int] | None]:
    """The chosen team; without a choice one's own teams, or all for who is in none."""
    choices = [code for code, _label in supervising.team_choices(actor)]
    form = Input(request, query=True)
    chosen = form.choice("team", ["all", "mine", *choices], default="mine" if actor.team_ids else "all")
    form.done()
    if chosen == "all":
        return chosen, None
    return chosen, actor.team_ids if chosen == "mine" else frozenset({int(chosen)})


@require_safe
@needs(permissions.SUPERVISE)
def supervisor(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), now()
    chosen, team_ids = _scope(request, actor)
    mine = [("mine", _("My teams"))] if actor.team_ids else []
    board = supervising.board(actor, team_ids, at)
    context = {
        "board": board,
        "help_cases": helping.references(board.calls, actor),
        "team": chosen,
        "teams": [("all", _("All teams")), *mine, *supervising.team_choices(actor)],
        "rows": supervising.ROWS,
        "presences": dict(people.presence_choices()),
        "trigger_label": labels.trigger_label,
        "sort_labels": labels.clock_label,
        "address": request.get_full_path(),
        "at": at,
    }
    return page(request, "cases/team/supervisor.html", "board", context)


def _ruling_context(request: HttpRequest, pk: int) -> dict[str, Any]:
    found = supervising.escalation(pk, actor_of(request))
    if found is None:
        raise NotFound(_("There is no such escalation."))
    return {"escalation": found, "trigger_label": labels.trigger_label}


@require_http_methods(["GET", "POST"])
@needs(permissions.SUPERVISE)
@form_page("cases/team/ruling.html", _ruling_context, refused=True)
def ruling(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "GET":
        return page(request, "cases/team/ruling.html", "form", _ruling_context(request, pk))
    form = Input(request)
    text = form.text("ruling", limit=1000, required=True)
    form.done()
    _ruling_context(request, pk)
    services.settle_escalation(escalation_id=pk, ruling=text, at=now(), by=actor_of(request))
    return done(request, reverse("cases:supervisor"), _("Settled. The owner has been told."))
