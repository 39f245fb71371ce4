"""Perception minus expectation: by dimension, and by service item, team or customer."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, page, paginate
from shouwen.promises import policies, queries, subjects
from shouwen.promises.web.ledger import DAYS

BY = (
    ("item", gettext_lazy("Service item")),
    ("team", gettext_lazy("Team")),
    ("customer", gettext_lazy("Customer")),
)


@require_safe
@needs(policies.SEE)
def overview(request: HttpRequest) -> HttpResponse:
    """One period; narrowed to one item, team or customer it names the cases behind the figures."""
    actor = actor_of(request)
    form = Input(request, query=True)
    by = form.choice("by", [code for code, _label in BY], default="item")
    days = form.integer("days", least=1, most=3660) or 90
    key = form.ident("key")
    cursor = form.text("cursor", limit=400) or None
    form.done()
    narrowed = {f"{by}_id": key} if key else {}
    wanted = queries.Wanted(now() - timedelta(days=days), **narrowed)
    rows = paginate(
        queries.perceptions(actor, wanted), order=("-at", "-id"), cursor=cursor, limit=25 if key else 1
    )
    known = subjects.lines([row.subject for row in rows.items], actor)
    here = f"?by={by}&days={days}" + (f"&key={key}" if key else "")
    context = {
        "gaps": queries.by_dimension(actor, wanted),
        "overall": queries.overall_satisfaction(actor, wanted),
        "groups": [] if key else queries.grouped(actor, wanted, by),
        "answers": [(row, known[row.subject]) for row in rows.items if row.subject in known] if key else [],
        "key": key,
        "name": queries.name_of_group(by, key) if key else "",
        "by": by,
        "bys": BY,
        "days": days,
        "spans": [(str(count), _("%(num)s days") % {"num": count}) for count in DAYS],
        "base": f"?by={by}&days={days}",
        "next_url": f"{here}&cursor={rows.next_cursor}" if key and rows.next_cursor else None,
        "previous_url": f"{here}&cursor={rows.previous_cursor}" if key and rows.previous_cursor else None,
    }
    return page(request, "promises/satisfaction.html", "satisfaction", context)
