"""Settings: halls with their matters and counters."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.channels import policies
from shouwen.channels.vendors.desk import queries, services
from shouwen.people import queries as people
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page

PAGE, HALL = "channels/desk/halls.html", "channels/desk/hall.html"


def _all(request: HttpRequest) -> dict[str, Any]:
    return {"halls": queries.halls(), "teams": [(str(team.pk), team.name) for team in people.teams()]}


def _one(request: HttpRequest, hall_id: int, **_parts: int) -> dict[str, Any]:
    hall = queries.hall(hall_id)
    seats = queries.counters(hall.pk)
    names = people.names({one.staff_id for one in seats if one.staff_id})
    return {
        **_all(request),
        "hall": hall,
        "tablet": f"{settings.PUBLIC_URL}{reverse('channels:hall', args=[hall.key])}",
        "screen": f"{settings.PUBLIC_URL}{reverse('channels:hall-screen', args=[hall.key])}",
        "matters": queries.matters(hall.pk),
        "counters": [(one, names.get(one.staff_id or 0, "")) for one in seats],
        "skills": [(one.code, one.name) for one in people.skills()],
    }


@require_http_methods(["GET", "POST"])
@needs(policies.SET_UP)
@form_page(PAGE, _all)
def index(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, PAGE, _all(request))
    form = Input(request)
    name, team_id = form.text("name", limit=80, required=True), form.ident("team")
    form.done()
    made = services.add_hall(name=name, team_id=team_id, at=now(), by=actor_of(request))
    return done(request, reverse("channels:hall-settings", args=[made.pk]), _("Saved."))


@require_http_methods(["GET", "POST"])
@needs(policies.SET_UP)
@form_page(HALL, _one)
def hall(request: HttpRequest, hall_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, HALL, _one(request, hall_id))
    form = Input(request)
    name, team_id = form.text("name", limit=80, required=True), form.ident("team")
    form.done()
    services.change_hall(
        hall_id=hall_id,
        name=name,
        team_id=team_id,
        active=form.flag("active"),
        new_key=form.flag("new_key"),
        at=now(),
        by=actor_of(request),
    )
    return done(request, reverse("channels:hall-settings", args=[hall_id]), _("Saved."))


@require_POST
@needs(policies.SET_UP)
@form_page(HALL, _one)
def matter(request: HttpRequest, hall_id: int) -> HttpResponse:
    form = Input(request)
    letter, name = (
        form.text("letter", limit=2, required=True),
        form.text("matter_name", limit=60, required=True),
    )
    name_en, skill = form.text("matter_name_en", limit=60), form.text("skill", limit=40)
    form.done()
    services.set_matter(
        hall_id=hall_id,
        letter=letter,
        name=name,
        name_en=name_en,
        skill=skill,
        at=now(),
        by=actor_of(request),
    )
    return done(request, reverse("channels:hall-settings", args=[hall_id]), _("Saved."))


@require_POST
@needs(policies.SET_UP)
@form_page(HALL, _one)
def counter(request: HttpRequest, hall_id: int) -> HttpResponse:
    form = Input(request)
    name = form.text("counter_name", limit=30, required=True)
    form.done()
    services.set_counter(hall_id=hall_id, name=name, at=now(), by=actor_of(request))
    return done(request, reverse("channels:hall-settings", args=[hall_id]), _("Saved."))


@require_POST
@needs(policies.SET_UP)
def matter_removal(request: HttpRequest, hall_id: int, pk: int) -> HttpResponse:
    services.remove_matter(matter_id=pk, at=now(), by=actor_of(request))
    return done(request, reverse("channels:hall-settings", args=[hall_id]), _("Removed."))


@require_POST
@needs(policies.SET_UP)
def counter_removal(request: HttpRequest, hall_id: int, pk: int) -> HttpResponse:
    services.remove_counter(counter_id=pk, at=now(), by=actor_of(request))
    return done(request, reverse("channels:hall-settings", args=[hall_id]), _("Removed."))
