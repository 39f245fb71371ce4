"""Macros kept: one's own, and, for who sets rules, a team's and everybody's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwen.cases import permissions
from shouwen.cases.queries.automation import macros as reads
from shouwen.cases.queries.automation import shown
from shouwen.cases.services.automation import macros as services
from shouwen.cases.web.team import rule_forms
from shouwen.people import queries as people
from shouwen.platform.access import Actor, actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page


@require_safe
@needs(permissions.WORK)
def macros(request: HttpRequest) -> HttpResponse:
    context = {"macros": reads.listed(actor_of(request)), "shown": shown, "scope_of": reads.scope_of}
    return render(request, "cases/settings/macros.html", context)


def _scopes(actor: Actor) -> list[tuple[str, str]]:
    if not actor.can(permissions.CONFIGURE):
        return [("mine", _("Only me"))]
    return [("mine", _("Only me")), ("team", _("A team")), ("all", _("Everybody"))]


def _context(request: HttpRequest, pk: int | None = None) -> dict[str, Any]:
    actor = actor_of(request)
    macro = reads.get(pk, actor) if pk is not None else None
    return {
        "macro": macro,
        "scope": reads.scope_of(macro) if macro else "mine",
        "scopes": _scopes(actor),
        "teams": [(team.pk, team.name) for team in people.teams()],
        "actions": rule_forms.action_fields(request, macro.actions if macro else {}, "macro"),
    }


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page("cases/settings/macro.html", _context, refused=True)
def macro(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    if request.method == "GET":
        return render(request, "cases/settings/macro.html", _context(request, pk))
    form = Input(request)
    given: dict[str, Any] = {
        "name": form.text("name", limit=80),
        "scope": form.choice("scope", ("mine", "team", "all"), default="mine"),
        "team_id": form.ident("team"),
        "reply": form.text("reply", limit=4000),
        "waiting": form.flag("waiting"),
        "active": form.flag("active"),
        "actions": rule_forms.actions_given(form, "macro"),
    }
    form.done()
    made = services.save_macro(macro_id=pk, **given, at=now(), by=actor_of(request))
    return done(request, reverse("cases:macros"), _("Saved as version %(num)s.") % {"num": made.version})


@require_POST
@needs(permissions.WORK)
def macro_restoring(request: HttpRequest, pk: int) -> HttpResponse:
    form = Input(request)
    version = form.integer("version", least=1, required=True)
    form.done()
    services.restore_macro(macro_id=pk, version=version or 1, at=now(), by=actor_of(request))
    said = _("As in version %(num)s again.") % {"num": version}
    return done(request, reverse("cases:macro", args=[pk]), said)
