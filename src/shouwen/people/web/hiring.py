"""People come, get roles, leave and come back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.people import policies, queries, rules, services
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page


def _hiring_context(request: HttpRequest) -> dict[str, Any]:
    return {
        "departments": [(one.pk, one.name) for one in queries.departments()],
        "providers": [(one.pk, one.name) for one in queries.providers()],
        "teams": [(one.pk, one.name) for one in queries.teams()],
        "languages": queries.language_choices(),
        "roles": queries.role_choices(),
        "may_set_roles": policies.may_set_roles(actor_of(request)),
    }


@require_http_methods(["GET", "POST"])
@needs("people.manage")
@form_page("people/hiring.html", _hiring_context)
def hiring(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "people/hiring.html", _hiring_context(request))
    form = Input(request)
    values: dict[str, Any] = {
        "username": form.text("username", limit=60, required=True),
        "name": form.text("name", limit=80, required=True),
        "email": form.text("email", limit=254),
        "password": form.text("password", limit=200, required=True),
        "title": form.text("title", limit=80),
        "roles": form.many("roles") or ["agent"],
        "languages": form.many("languages"),
        "authority_level": form.integer("authority_level", least=0, most=rules.TOP_LEVEL) or 0,
        "capacity": form.integer("capacity", least=0, most=rules.MOST_CAPACITY, required=True),
    }
    department, provider, teams = form.ident("department"), form.ident("provider"), form.idents("teams")
    form.done()
    staff = services.hire(
        **values,
        department=queries.department(department) if department else None,
        provider=queries.provider(provider) if provider else None,
        teams=[queries.team(team_id) for team_id in teams],
        at=now(),
        by=actor_of(request),
    )
    to = reverse("people:person", args=[staff.id])
    return done(request, to, _("%(name)s can sign in now.") % {"name": staff.name})


def _roles_context(request: HttpRequest, staff_id: int) -> dict[str, Any]:
    return {
        "staff": queries.get(staff_id, actor_of(request)),
        "roles": queries.role_choices(),
        "held": queries.roles_of(staff_id),
    }


@require_http_methods(["GET", "POST"])
@needs("people.set_roles")
@form_page("people/person_roles.html", _roles_context)
def roles(request: HttpRequest, staff_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "people/person_roles.html", _roles_context(request, staff_id))
    services.set_roles(staff_id=staff_id, roles=Input(request).many("roles"), at=now(), by=actor_of(request))
    return done(request, reverse("people:person", args=[staff_id]), _("Saved."))


@require_POST
@needs("people.manage")
def leaving(request: HttpRequest, staff_id: int) -> HttpResponse:
    staff = services.leave(staff_id=staff_id, at=now(), by=actor_of(request))
    to = reverse("people:person", args=[staff_id])
    return done(request, to, _("%(name)s can no longer sign in.") % {"name": staff.name})


@require_POST
@needs("people.manage")
def coming_back(request: HttpRequest, staff_id: int) -> HttpResponse:
    staff = services.come_back(staff_id=staff_id, at=now(), by=actor_of(request))
    to = reverse("people:person", args=[staff_id])
    return done(request, to, _("%(name)s can sign in now.") % {"name": staff.name})
