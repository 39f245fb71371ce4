"""The list of customers, and everything about one of them on one page."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from shouwen.customers import policies, queries, rules, services
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, page, paginate, render, render_part

PER_PAGE = 50
HISTORY = 30


@require_GET
@needs("customers.see")
def listing(request: HttpRequest) -> HttpResponse:
    actor, asked = actor_of(request), Input(request, query=True)
    chosen = {
        "q": asked.text("q", limit=100),
        "tier": asked.choice("tier", rules.TIERS),
        "kind": asked.choice("kind", rules.KINDS),
    }
    cursor = asked.text("cursor", limit=400)
    asked.done()
    rows = queries.listed(actor, at=now(), **chosen)
    kept = request.GET.copy()
    kept.pop("cursor", None)
    context = {
        "page": paginate(rows, order=queries.ORDER, cursor=cursor or None, limit=PER_PAGE),
        "chosen": chosen,
        "query": kept.urlencode(),
        "kinds": queries.kind_choices(),
        "tiers": [(letter, letter) for letter in rules.TIERS],
        "sees_contacts": policies.sees_contacts(actor),
        "may_register": policies.may_register(actor),
        "may_flag": policies.may_flag(actor),
    }
    return page(request, "customers/list.html", "customers", context)


@require_GET
@needs("customers.see")
def customer(request: HttpRequest, customer_id: int) -> HttpResponse:
    actor, at = actor_of(request), now()
    found = queries.get(customer_id, actor)
    if found.merged_into_id is not None:
        return redirect("customers:customer", queries.current(customer_id).pk)
    if policies.sees_contacts(actor):
        services.log_opening(customer_id=customer_id, at=at, by=actor)
    return render(request, "customers/customer.html", whole(request, found, at))


def whole(request: HttpRequest, found: Any, at: datetime, *, revealed: int = 0) -> dict[str, Any]:
    """What the page about one customer shows."""
    actor = actor_of(request)
    today = at.astimezone(ZoneInfo(actor.zone)).date()
    return {
        "customer": found,
        "contacts": queries.contacts_of(found.pk),
        "contact_kinds": queries.contact_kind_choices(),
        "assets": [(one, one.warranty(today)) for one in queries.assets_of(found.pk)],
        "flags": queries.active_flags(found.pk, at),
        "people": queries.people_of(found.pk, limit=20) if found.kind == "organisation" else [],
        "colleagues": queries.colleagues(found),
        "duplicates": queries.possible_duplicates(found) if found.here else [],
        "merges": queries.merges_of(found.pk),
        "history": queries.history(found, limit=HISTORY),
        "tiers": [(letter, letter) for letter in rules.TIERS],
        "kind_label": dict(queries.kind_choices())[found.kind],
        "there": at.astimezone(ZoneInfo(found.zone)).strftime("%H:%M"),
        "elsewhere": found.zone != actor.zone,
        "today": today,
        "revealed": revealed,
        "may": rights(request, found),
    }


def rights(request: HttpRequest, found: Any) -> dict[str, bool]:
    actor = actor_of(request)
    here = found.here
    return {
        "change": here and policies.may_change(actor, found),
        "grade": here and policies.may_set_tier(actor),
        "flag": here and policies.may_flag(actor),
        "merge": here and policies.may_merge(actor),
        "see_contacts": policies.sees_contacts(actor),
        "reveal": policies.may_reveal(actor),
        "data": policies.may_see_access_log(actor) or policies.may_export(actor) or policies.may_erase(actor),
    }


@require_GET
@needs("customers.see")
def history(request: HttpRequest, customer_id: int) -> HttpResponse:
    asked = Input(request, query=True)
    before = asked.ident("before")
    asked.done()
    found = queries.get(customer_id, actor_of(request))
    context = {"customer": found, "history": queries.history(found, before=before, limit=HISTORY)}
    if getattr(request, "htmx", False):
        return render_part(request, "customers/history.html", "events", context)
    return render(request, "customers/history.html", context)
