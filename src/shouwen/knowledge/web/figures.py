"""What was still in sent replies, team by team; and whom the public articles helped."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shouwen.knowledge import queries
from shouwen.knowledge.rules import months
from shouwen.knowledge.web.sections import tabs
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, page


@require_GET
@needs("knowledge.publish")
def by_team(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate(now())
    form = Input(request, query=True)
    asked = form.text("month", limit=7)
    form.done()
    month = months.from_text(asked, today)
    context = {
        "tabs": tabs("phrases"),
        "month": f"{month:%Y-%m}",
        "months": [(f"{each:%Y-%m}", f"{each:%Y-%m}") for each in months.latest(today)],
        "figures": queries.team_figures(month),
    }
    return page(request, "knowledge/figures.html", "figures", context)


@require_GET
@needs("knowledge.read")
def helped(request: HttpRequest) -> HttpResponse:
    """Readers of the public pages by article, in a period; without one the last thirty days."""
    today, form = timezone.localdate(now()), Input(request, query=True)
    first, last = form.day("since"), form.day("until") or today
    form.done()
    first = first or last - timedelta(days=29)
    rows = queries.helped_by(first, last, actor_of(request))
    context = {
        "rows": rows,
        "since": first.isoformat(),
        "until": last.isoformat(),
        "total": sum(row.helpful for row in rows),
    }
    return page(request, "knowledge/helped.html", "list", context)
