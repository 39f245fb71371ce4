"""What was still in sent replies, team by team."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shouwen.knowledge import queries
from shouwen.knowledge.rules import months
from shouwen.knowledge.web.sections import tabs
from shouwen.platform.access import needs, now
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
