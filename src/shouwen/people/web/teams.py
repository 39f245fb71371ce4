"""Teams, departments and skills."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.people import policies, queries, services
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page


@require_GET
@needs("people.see")
def overview(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return render(
        request,
        "people/teams.html",
        {
            "teams": queries.teams(active_only=False),
            "members": queries.staff_by_team(),
            "departments": queries.department_tree(),
            "skills": queries.skills_with_holders(),
            "may_manage": policies.may_manage(actor),
            "may_grant": policies.may_grant_skills(actor),
        },
    )


def _department_choices() -> list[tuple[int, str]]:
    return [(one.pk, one.name) for one in queries.departments()]


def _team_context(request: HttpRequest, team_id: int) -> dict[str, Any]:
    return {
        "team": queries.team(team_id),
        "departments": _department_choices(),
        "people": [(one.id, one.name, one.title) for one in queries.active_staff()],
        "member_ids": [one.id for one in queries.members(team_id)],
        "lead_ids": [one.id for one in queries.leads_of(team_id)],
    }


@require_http_methods(["GET", "POST"])
@needs("people.manage")
@form_page("people/team.html", _team_context)
def team(request: HttpRequest, team_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "people/team.html", _team_context(request, team_id))
    form = Input(request)
    values: dict[str, Any] = {
        "name": form.text("name", limit=80, required=True),
        "department_id": form.ident("department"),
        "active": form.flag("active"),
        "staff_ids": form.idents("members"),
        "lead_ids": form.idents("leads"),
    }
    form.done()
    services.change_team_with_members(team_id=team_id, **values, at=now(), by=actor_of(request))
    return done(request, reverse("people:teams"), _("Saved."))


def _new_team_context(request: HttpRequest) -> dict[str, Any]:
    return {"departments": _department_choices()}


@require_http_methods(["GET", "POST"])
@needs("people.manage")
@form_page("people/new_team.html", _new_team_context)
def new_team(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "people/new_team.html", _new_team_context(request))
    form = Input(request)
    name, department_id = form.text("name", limit=80, required=True), form.ident("department")
    form.done()
    department = queries.department(department_id) if department_id else None
    made = services.create_team(name=name, department=department, at=now(), by=actor_of(request))
    return done(request, reverse("people:team", args=[made.pk]), _("Now choose who belongs to it."))


def _department_context(request: HttpRequest, department_id: int | None = None) -> dict[str, Any]:
    return {
        "department": queries.department(department_id) if department_id else None,
        "departments": [one for one in _department_choices() if one[0] != department_id],
    }


@require_http_methods(["GET", "POST"])
@needs("people.manage")
@form_page("people/department.html", _department_context)
def department(request: HttpRequest, department_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "people/department.html", _department_context(request, department_id))
    form = Input(request)
    name, parent_id = form.text("name", limit=80, required=True), form.ident("parent")
    form.done()
    services.change_department(
        department_id=department_id, name=name, parent_id=parent_id, at=now(), by=actor_of(request)
    )
    return done(request, reverse("people:teams"), _("Saved."))


@require_http_methods(["GET", "POST"])
@needs("people.manage")
@form_page("people/department.html", _department_context)
def new_department(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "people/department.html", _department_context(request))
    form = Input(request)
    name, parent_id = form.text("name", limit=80, required=True), form.ident("parent")
    form.done()
    parent = queries.department(parent_id) if parent_id else None
    services.create_department(name=name, parent=parent, at=now(), by=actor_of(request))
    return done(request, reverse("people:teams"), _("Saved."))


def _skill_context(request: HttpRequest) -> dict[str, Any]:
    return {}


@require_http_methods(["GET", "POST"])
@needs("people.grant_skills")
@form_page("people/new_skill.html", _skill_context)
def new_skill(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "people/new_skill.html", _skill_context(request))
    form = Input(request)
    name, code = form.text("name", limit=80, required=True), form.text("code", limit=40, required=True)
    form.done()
    services.create_skill(code=code, name=name, at=now(), by=actor_of(request))
    return done(request, reverse("people:teams"), _("Saved. Grant it on a person's page."))
