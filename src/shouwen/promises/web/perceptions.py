"""Perception minus expectation: by dimension, and by service item, team or customer."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, page, paginate
from shouwen.promises import policies, queries, subjects
from shouwen.promises.rules.satisfaction import DIMENSIONS, LABELS, STATE_LABELS
from shouwen.promises.web.ledger import DAYS

STATES = ("above", "equal", "below")
BY = (
    ("item", gettext_lazy("Service item")),
    ("team", gettext_lazy("Team")),
    ("customer", gettext_lazy("Customer")),
)


def _dimension(dimension: str, short: bool) -> str:
    label = _(LABELS[dimension])
    return _("%(dimension)s: below expectation") % {"dimension": label} if short else label


@require_safe
@needs(policies.SEE)
def overview(request: HttpRequest) -> HttpResponse:
    """One period; narrowed to one item, team or customer, or to what was above or below, it names the cases."""
    actor = actor_of(request)
    form = Input(request, query=True)
    by = form.choice("by", [code for code, _label in BY], default="item")
    days = form.integer("days", least=1, most=3660) or 90
    key, state = form.ident("key"), form.choice("state", STATES)
    without = by if form.flag("none") and not key else ""
    dimension = form.choice("dimension", DIMENSIONS)
    short = form.flag("short") and bool(dimension)
    cursor = form.text("cursor", limit=400) or None
    form.done()
    since, named = now() - timedelta(days=days), bool(key or state or without or dimension)
    narrowed: dict[str, Any] = {f"{by}_id": key} if key else {}
    wanted = queries.Wanted(since, without=without, **narrowed)
    listed = queries.perceptions(actor, replace(wanted, state=state, dimension=dimension, short=short))
    rows = paginate(listed, order=("-at", "-id"), cursor=cursor, limit=25 if named else 1)
    known = subjects.lines([row.subject for row in rows.items], actor)
    base = f"?by={by}&days={days}"
    whole = base + (f"&key={key}" if key else "&none=1" if without else "")
    of_dimension = f"&dimension={dimension}" + ("&short=1" if short else "") if dimension else ""
    of_state = f"&state={state}" if state else ""
    here = whole + of_state + of_dimension
    name = queries.name_of_group(by, key) if key else _("None") if without else ""
    context = {
        "gaps": queries.by_dimension(actor, wanted),
        "overall": queries.overall_satisfaction(actor, wanted),
        "groups": [] if named else queries.grouped(actor, wanted, by),
        "answers": [(row, known[row.subject]) for row in rows.items if row.subject in known] if named else [],
        "state": state,
        "whole": whole,
        "chips": [
            *([(name or _("None"), base + of_state + of_dimension)] if key or without else []),
            *([(_(STATE_LABELS[state]), whole + of_dimension)] if state else []),
            *([(_dimension(dimension, short), whole + of_state)] if dimension else []),
        ],
        "dimension": dimension,
        "key": key,
        "name": name,
        "by": by,
        "bys": BY,
        "days": days,
        "spans": [(str(count), _("%(num)s days") % {"num": count}) for count in DAYS],
        "base": base,
        "next_url": f"{here}&cursor={rows.next_cursor}" if named and rows.next_cursor else None,
        "previous_url": f"{here}&cursor={rows.previous_cursor}" if named and rows.previous_cursor else None,
    }
    return page(request, "promises/satisfaction.html", "satisfaction", context)
