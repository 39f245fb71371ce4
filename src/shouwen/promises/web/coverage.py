"""What an item covers: its rules, and a check for an asset or for dates that somebody reads out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shouwen.customers import queries as customers
from shouwen.platform.access import actor_of, needs, now, staff_only
from shouwen.platform.web import Input, done, page, render
from shouwen.platform.web.pages import form_page
from shouwen.promises import policies, queries, services
from shouwen.promises.rules import coverage as rules
from shouwen.promises.services.coverage import LIMITS

MOST_REPAIR_DAYS = 3660


def _rules(request: HttpRequest, item_id: int) -> dict[str, Any]:
    stated = {row.sort: row for row in queries.coverage_rules(item_id)}
    return {
        "item": queries.item(item_id),
        "sorts": [(code, label, stated.get(code)) for code, label in queries.coverage_sorts()],
        "units": queries.UNIT_CHOICES,
    }


@require_http_methods(["GET", "POST"])
@needs(policies.CATALOGUE)
@form_page("promises/coverage_rules.html", _rules)
def rules_of(request: HttpRequest, item_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "promises/coverage_rules.html", _rules(request, item_id))
    form = Input(request)
    wanted = []
    for sort in rules.SORTS:
        on = form.flag(f"on_{sort}")
        most = max(rules.LONGEST.values())
        span = form.integer(f"span_{sort}", least=1, most=most)
        unit = form.choice(f"unit_{sort}", tuple(rules.LONGEST), default=rules.MONTHS)
        said = {name: form.text(f"{name}_{sort}", limit=limit) for name, limit in LIMITS.items()}
        if on and span is None and sort != rules.WARRANTY:
            form.fail(f"span_{sort}", _("Say how long after the purchase it holds."))
        if on:
            wanted.append(rules.Rule(sort, span, unit, **said))
    form.done()
    services.set_coverage(item_id=item_id, wanted=wanted, at=now(), by=actor_of(request))
    return done(request, reverse("promises:item", args=[item_id]), _("Saved."))


@require_safe
@staff_only
def check(request: HttpRequest) -> HttpResponse:
    """Covered, not covered or unknown, and why: for an asset, or for the dates in the address."""
    form = Input(request, query=True)
    item_id, asset_id = form.ident("item"), form.ident("asset")
    bought, until = form.day("bought_on"), form.day("warranty_until")
    on = form.day("on") or timezone.localdate(now())
    repair = form.integer("repair_days", least=0, most=MOST_REPAIR_DAYS) or 0
    form.done()
    actor = actor_of(request)
    asset = customers.asset(asset_id) if asset_id else None
    if asset is not None:
        customers.get(asset.customer_id, actor)
    thing = asset if asset is not None and not (bought or until) else rules.Thing(bought, until)
    chosen = queries.item(item_id) if item_id else None
    context = {
        "items": queries.item_choices(),
        "item": chosen,
        "asset": asset,
        "on": on,
        "found": queries.coverage_of(item_id, thing, on, repair) if chosen else [],
        "given": {
            "item": str(item_id or ""),
            "bought_on": (bought or getattr(asset, "bought_on", None) or ""),
            "warranty_until": (until or getattr(asset, "warranty_until", None) or ""),
            "on": on,
            "repair_days": repair or "",
        },
    }
    return page(request, "promises/coverage.html", "coverage", context)
