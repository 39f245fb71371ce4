"""Who may promise what: each kind of promise with its shortest time, its roles and their sums."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.access.permissions import ROLES
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page
from shouwen.promises import policies, queries, services
from shouwen.promises.rules import authority, leeway


@require_safe
@needs(policies.CATALOGUE)
def listed(request: HttpRequest) -> HttpResponse:
    context = {"kinds": queries.promise_kinds(), "roles": ROLES, "span_text": queries.span_text}
    return render(request, "promises/kinds.html", context)


def _one(request: HttpRequest, work: str) -> dict[str, Any]:
    kind = queries.promise_kind(work)
    return {
        "kind": kind,
        "lead": int(kind.allowance.lead.total_seconds() // 60) if kind.allowance.lead is not None else "",
        "roles": [(code, label) for code, label in ROLES.items() if code != "administrator"],
        "fewest": leeway.FEWEST,
        "span_text": queries.span_text,
    }


@require_http_methods(["GET", "POST"])
@needs(policies.CATALOGUE)
@form_page("promises/kind.html", _one)
def one(request: HttpRequest, work: str) -> HttpResponse:
    queries.promise_kind(work)
    if request.method == "GET":
        return render(request, "promises/kind.html", _one(request, work))
    form = Input(request)
    lead = form.integer("minimum_lead_minutes", least=0, most=authority.LONGEST_LEAD)
    may = [role for role in ROLES if form.flag(f"may_{role}")]
    sums = {role: form.text(f"most_{role}", limit=14) for role in may}
    restricted, strict = form.flag("restricted"), form.flag("strict")
    form.done()
    roles = {role: authority.sum_of(said, f"most_{role}") for role, said in sums.items()}
    if restricted and "administrator" not in roles:
        roles["administrator"] = None
    services.set_promise_kind(
        work=work,
        minimum_lead_minutes=lead,
        strict=strict,
        restricted=restricted,
        roles=roles if restricted else {},
        at=now(),
        by=actor_of(request),
    )
    return done(request, reverse("promises:promise-kinds"), _("Saved."))
