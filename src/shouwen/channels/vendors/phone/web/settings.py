"""Settings: telephone systems, lines, extensions."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.channels import policies
from shouwen.channels import queries as channels
from shouwen.channels.vendors.phone import queries, services
from shouwen.people import queries as people
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page

PAGE, SYSTEM = "channels/phone/settings.html", "channels/phone/system.html"
HERE = "channels:phone"


def _all(request: HttpRequest, **_parts: int) -> dict[str, Any]:
    teams = {team.pk: team.name for team in people.teams()}
    staff = people.names(one.staff_id for one in queries.extensions())
    return {
        "systems": queries.systems(),
        "lines": [(line, teams.get(line.team_id or 0, "")) for line in queries.lines()],
        "extensions": [(one, staff.get(one.staff_id, "")) for one in queries.extensions()],
        "teams": [(str(pk), name) for pk, name in teams.items()],
        "staff": [(str(person.pk), person.name) for person in people.active_staff()],
    }


def _one(request: HttpRequest, system_id: int) -> dict[str, Any]:
    system = queries.system(system_id)
    return {
        "system": system,
        "hook": f"{settings.PUBLIC_URL}{reverse('channels:phone-hook', args=[system.key])}",
        "refused": channels.refused_requests(system.source),
    }


@require_GET
@needs(policies.SET_UP)
def index(request: HttpRequest) -> HttpResponse:
    return render(request, PAGE, _all(request))


@require_POST
@needs(policies.SET_UP)
@form_page(PAGE, _all)
def add(request: HttpRequest) -> HttpResponse:
    """A new telephone system; its secret is on the answer and never again."""
    form = Input(request)
    name, dial = form.text("name", limit=80, required=True), form.text("dial", limit=200)
    form.done()
    system, secret = services.add_system(name=name, dial=dial, at=now(), by=actor_of(request))
    return render(request, SYSTEM, {**_one(request, system.pk), "new_secret": secret})


@require_http_methods(["GET", "POST"])
@needs(policies.SET_UP)
@form_page(SYSTEM, _one)
def system(request: HttpRequest, system_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, SYSTEM, _one(request, system_id))
    form = Input(request)
    name, dial = form.text("name", limit=80, required=True), form.text("dial", limit=200)
    form.done()
    services.change_system(
        system_id=system_id,
        name=name,
        dial=dial,
        active=form.flag("active"),
        at=now(),
        by=actor_of(request),
    )
    return done(request, reverse("channels:phone-system", args=[system_id]), _("Saved."))


@require_POST
@needs(policies.SET_UP)
def secret(request: HttpRequest, system_id: int) -> HttpResponse:
    made = services.new_secret(system_id=system_id, at=now(), by=actor_of(request))
    return render(request, SYSTEM, {**_one(request, system_id), "new_secret": made})


@require_POST
@needs(policies.SET_UP)
@form_page(PAGE, _all)
def line(request: HttpRequest) -> HttpResponse:
    form = Input(request)
    number = form.text("line_number", limit=40, required=True)
    name = form.text("line_name", limit=80, required=True)
    team_id = form.ident("team")
    minutes = form.integer("call_back_minutes", least=0, most=10080) or 0
    form.done()
    services.set_line(
        number=number, name=name, team_id=team_id, call_back_minutes=minutes, at=now(), by=actor_of(request)
    )
    return done(request, reverse(HERE), _("Saved."))


@require_POST
@needs(policies.SET_UP)
def line_removal(request: HttpRequest, line_id: int) -> HttpResponse:
    services.remove_line(line_id=line_id, at=now(), by=actor_of(request))
    return done(request, reverse(HERE), _("Removed."))


@require_POST
@needs(policies.SET_UP)
@form_page(PAGE, _all)
def extension(request: HttpRequest) -> HttpResponse:
    form = Input(request)
    number, staff_id = (
        form.text("extension_number", limit=20, required=True),
        form.ident("staff", required=True),
    )
    form.done()
    services.set_extension(number=number, staff_id=staff_id or 0, at=now(), by=actor_of(request))
    return done(request, reverse(HERE), _("Saved."))


@require_POST
@needs(policies.SET_UP)
def extension_removal(request: HttpRequest, extension_id: int) -> HttpResponse:
    services.remove_extension(extension_id=extension_id, at=now(), by=actor_of(request))
    return done(request, reverse(HERE), _("Removed."))
