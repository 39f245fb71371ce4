"""By which calendar a team works: the page behind the card on the team's own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shouwen.people import queries as people
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page
from shouwen.promises import queries, services


def _context(request: HttpRequest, team_id: int) -> dict[str, Any]:
    return {"team": people.team(team_id), "calendars": queries.calendar_choices()}


@require_http_methods(["GET", "POST"])
@needs("people.manage")
@form_page("promises/team_calendar.html", _context)
def team_calendar(request: HttpRequest, team_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "promises/team_calendar.html", _context(request, team_id))
    form = Input(request)
    calendar_id = form.ident("calendar")
    form.done()
    services.set_team_calendar(team_id=team_id, calendar_id=calendar_id, at=now(), by=actor_of(request))
    return done(request, reverse("people:team", args=[team_id]), _("Saved."))
