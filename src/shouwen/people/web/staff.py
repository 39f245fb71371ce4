"""The list of colleagues and one colleague's page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.people import loads, policies, queries, rules, services
from shouwen.platform.access import actor_of, needs, now, staff_only
from shouwen.platform.web import Input, done, page, paginate, render
from shouwen.platform.web.pages import form_page

PER_PAGE = 100


@require_GET
@needs("people.see")
def listing(request: HttpRequest) -> HttpResponse:
    actor, asked = actor_of(request), Input(request, query=True)
    chosen: dict[str, Any] = {
        "q": asked.text("q", limit=80),
        "team_id": asked.ident("team"),
        "presence": asked.choice("presence", rules.PRESENCES),
    }
    gone, cursor = asked.flag("gone"), asked.text("cursor", limit=400)
    asked.done()
    rows = queries.listed(actor, **chosen, active=not gone)
    shown = paginate(rows, order=("name", "pk"), cursor=cursor or None, limit=PER_PAGE)
    return page(
        request,
        "people/list.html",
        "staff",
        {
            "page": shown,
            "photos": {one.id: queries.photo_link(one) for one in shown.items},
            "chosen": {**chosen, "gone": gone},
            "loads": loads.of([one.id for one in shown.items]),
            "loads_known": loads.known(),
            "teams": [(team.pk, team.name) for team in queries.teams()],
            "presences": queries.presence_choices(),
            "calls": {call.staff_id: call for call in queries.waiting_calls()},
            "may_hire": policies.may_manage(actor),
            "query": _without_cursor(request),
        },
    )


def _without_cursor(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("cursor", None)
    return kept.urlencode()


@require_GET
@staff_only
def person(request: HttpRequest, staff_id: int) -> HttpResponse:
    return render(request, "people/person.html", _person_context(request, staff_id))


def _rights(request: HttpRequest, staff: Any) -> dict[str, bool]:
    actor = actor_of(request)
    return {
        "manage": policies.may_manage(actor),
        "presence": policies.may_set_presence(actor, staff),
        "skills": policies.may_grant_skills(actor),
        "roles": policies.may_set_roles(actor),
        "help": policies.may_answer_help(actor, staff),
    }


def _profile_context(request: HttpRequest, staff_id: int) -> dict[str, Any]:
    staff = queries.get(staff_id, actor_of(request))
    return {
        "staff": staff,
        "departments": [(one.pk, one.name) for one in queries.departments()],
        "providers": [(one.pk, one.name) for one in queries.providers()],
        "teams": [(one.pk, one.name) for one in queries.teams()],
        "team_ids": queries.team_ids_of(staff_id),
        "languages": queries.language_choices(),
        "deputies": [(one.id, one.name) for one in queries.active_staff() if one.id != staff_id],
    }


@require_http_methods(["GET", "POST"])
@needs("people.manage")
@form_page("people/profile.html", _profile_context)
def profile(request: HttpRequest, staff_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "people/profile.html", _profile_context(request, staff_id))
    form = Input(request)
    values: dict[str, Any] = {
        "name": form.text("name", limit=80, required=True),
        "title": form.text("title", limit=80),
        "department_id": form.ident("department"),
        "provider_id": form.ident("provider"),
        "languages": form.many("languages"),
        "authority_level": form.integer("authority_level", least=0, most=rules.TOP_LEVEL, required=True),
        "capacity": form.integer("capacity", least=0, most=rules.MOST_CAPACITY, required=True),
        "deputy_id": form.ident("deputy"),
        "team_ids": form.idents("teams"),
    }
    form.done()
    services.change_with_teams(staff_id=staff_id, **values, at=now(), by=actor_of(request))
    return done(request, reverse("people:person", args=[staff_id]), _("Saved."))


@require_POST
@staff_only
def presence(request: HttpRequest, staff_id: int) -> HttpResponse:
    form, actor = Input(request), actor_of(request)
    wanted, note = form.choice("state", rules.PRESENCES, required=True), form.text("note", limit=80)
    form.done()
    staff = queries.get(staff_id, actor)
    services.set_presence(staff_id=staff.id, presence=wanted, note=note, at=now(), by=actor)
    return done(request, reverse("people:person", args=[staff_id]))


def _person_context(request: HttpRequest, staff_id: int) -> dict[str, Any]:
    actor = actor_of(request)
    staff = queries.get(staff_id, actor)
    return {
        "staff": staff,
        "photo": queries.photo_link(staff),
        "memberships": queries.memberships_of(staff_id),
        "skills": queries.skills_of(staff_id),
        "roles": [label for code, label in queries.role_choices() if code in queries.roles_of(staff_id)],
        "languages": [label for code, label in queries.language_choices() if code in staff.languages],
        "load": loads.of([staff_id]).get(staff_id, 0) if loads.known() else None,
        "call": queries.open_call_of(staff_id),
        "history": queries.history(staff.subject),
        "presences": queries.presence_choices(),
        "mine": actor.user_id == staff_id,
        "may": _rights(request, staff),
        "away": staff.on_leave(timezone.localdate(now())),
    }


@require_POST
@staff_only
@form_page("people/person.html", _person_context)
def leave(request: HttpRequest, staff_id: int) -> HttpResponse:
    form, actor = Input(request), actor_of(request)
    first, last = form.day("first"), form.day("last")
    form.done()
    staff = queries.get(staff_id, actor)
    services.note_leave(staff_id=staff.id, first=first, last=last, at=now(), by=actor)
    return done(request, reverse("people:person", args=[staff_id]), _("Saved."))


def _skills_context(request: HttpRequest, staff_id: int) -> dict[str, Any]:
    held = {one.skill.code: one.level for one in queries.skills_of(staff_id)}
    return {"staff": queries.get(staff_id, actor_of(request)), "skills": queries.skills(), "held": held}


@require_http_methods(["GET", "POST"])
@needs("people.grant_skills")
@form_page("people/skills.html", _skills_context)
def skills(request: HttpRequest, staff_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "people/skills.html", _skills_context(request, staff_id))
    form = Input(request)
    asked = {one.code: form.integer(f"skill_{one.code}", least=0, most=5) for one in queries.skills()}
    form.done()
    levels = {code: level for code, level in asked.items() if level}
    services.set_skills(staff_id=staff_id, levels=levels, at=now(), by=actor_of(request))
    return done(request, reverse("people:person", args=[staff_id]), _("Saved."))


@require_POST
@needs("people.see")
def help_given(request: HttpRequest, staff_id: int) -> HttpResponse:
    services.give_help(staff_id=staff_id, at=now(), by=actor_of(request))
    return done(request, reverse("people:person", args=[staff_id]), _("You stepped in."))
