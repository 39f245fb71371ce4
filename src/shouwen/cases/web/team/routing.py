"""Settings: how each team's contacts are offered, with a try on the last cases."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shouwen.cases import permissions
from shouwen.cases.queries import labels, reasons, routing
from shouwen.cases.queries.routing_trial import LAST, trial
from shouwen.cases.rules import routing as rules
from shouwen.cases.services import routing as services
from shouwen.people import queries as people
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page

PAGE = "cases/settings/routing.html"


@require_safe
@needs(permissions.CONFIGURE)
def plans(request: HttpRequest) -> HttpResponse:
    stored = routing.rows()
    context = {
        "teams": [(team, stored.get(team.pk), routing.plan_of(team.pk)) for team in people.teams()],
        "criteria": reasons.CRITERIA,
        "usual": routing.most(routing.USUAL),
    }
    return render(request, "cases/settings/routing_teams.html", context)


def _context(request: HttpRequest, pk: int) -> dict[str, Any]:
    team, row = people.team(pk), routing.row_of(pk)
    return {
        "team": team,
        "row": row,
        "plan": routing.as_plan(row) if row else routing.USUAL,
        "criteria": list(reasons.CRITERIA.items()),
        "places": range(len(rules.CRITERIA)),
        "channels": labels.channel_choices(),
        "kinds": labels.kind_choices(),
        "skills": [(one.code, one.name) for one in people.skills()],
        "tiers": rules.TIERS,
        "usual": routing.most(routing.USUAL),
        "last": LAST,
        "tried": None,
    }


def _given(form: Input) -> rules.Plan:
    order = [form.choice(f"order_{place}", rules.CRITERIA) for place in range(len(rules.CRITERIA))]
    limits = {code: form.integer(f"limit_{code}") for code, _label in labels.channel_choices()}
    levels = {tier: form.integer(f"level_{tier}", least=0, most=rules.TOP_AUTHORITY) for tier in rules.TIERS}
    skills = {code: form.text(f"skill_{code}", limit=40) for code, _label in labels.kind_choices()}
    return rules.Plan(
        tuple(one for one in order if one),
        frozenset(form.many("only")),
        form.integer("offer_to"),
        {code: most for code, most in limits.items() if most is not None},
        {code: skill for code, skill in skills.items() if skill},
        {tier: level for tier, level in levels.items() if level},
        form.integer("back") or 0,
        form.integer("up") or 0,
        form.flag("service_hours"),
    )


@require_http_methods(["GET", "POST"])
@needs(permissions.CONFIGURE)
@form_page(PAGE, _context, refused=True)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    context, actor = _context(request, pk), actor_of(request)
    if request.method == "GET":
        return render(request, PAGE, context)
    form = Input(request)
    given = _given(form)
    form.done()
    if "try" in request.POST:
        everybody = request.POST["try"] == "all"
        context |= {"plan": given, "tried": trial(pk, services.known(given), actor, everybody=everybody)}
        return render(request, PAGE, context)
    services.save_plan(team_id=pk, plan=given, at=now(), by=actor)
    return done(
        request, reverse("cases:routing-plan", args=[pk]), _("Saved. It holds from the next contact on.")
    )
