"""Work on one problem: taking it on, whys, fix, closing; its cases and incidents."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.cases import queries as cases
from shouwen.incidents import policies, services
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done


def _page(problem_id: int) -> str:
    return reverse("incidents:problem", args=[problem_id])


@require_POST
@needs(policies.PROBLEMS)
def taking(request: HttpRequest, problem_id: int) -> HttpResponse:
    title = Input(request).text("title", limit=200)
    services.take_on(problem_id=problem_id, title=title, at=now(), by=actor_of(request))
    return done(request, _page(problem_id), _("You answer for it now."))


@require_POST
@needs(policies.PROBLEMS)
def dismissal(request: HttpRequest, problem_id: int) -> HttpResponse:
    reason = Input(request).text("reason", limit=400)
    services.dismiss_problem(problem_id=problem_id, reason=reason, at=now(), by=actor_of(request))
    return done(request, reverse("incidents:problems"), _("Dismissed."))


@require_POST
@needs(policies.PROBLEMS)
def whys(request: HttpRequest, problem_id: int) -> HttpResponse:
    form = Input(request)
    said = [form.text(f"why{number}", limit=400) for number in range(1, 6)]
    form.done()
    services.say_whys(problem_id=problem_id, whys=said, at=now(), by=actor_of(request))
    return done(request, _page(problem_id), _("Saved."))


@require_POST
@needs(policies.PROBLEMS)
def fix(request: HttpRequest, problem_id: int) -> HttpResponse:
    form = Input(request)
    text = form.text("fix", limit=4000, required=True)
    fixed_at = form.moment("fixed_at")
    days = form.integer("period_days", least=1, most=90)
    form.done()
    services.fix(
        problem_id=problem_id, fix=text, fixed_at=fixed_at, period_days=days, at=now(), by=actor_of(request)
    )
    return done(request, _page(problem_id), _("From now on the counts are compared."))


@require_POST
@needs(policies.PROBLEMS)
def closing(request: HttpRequest, problem_id: int) -> HttpResponse:
    form = Input(request)
    result = form.text("result", limit=4000, required=True)
    form.done()
    services.close_problem(problem_id=problem_id, result=result, at=now(), by=actor_of(request))
    return done(request, _page(problem_id), _("Closed."))


@require_POST
@needs(policies.PROBLEMS)
def reopening(request: HttpRequest, problem_id: int) -> HttpResponse:
    form = Input(request)
    reason = form.text("reason", limit=400, required=True)
    form.done()
    services.reopen_problem(problem_id=problem_id, reason=reason, at=now(), by=actor_of(request))
    return done(request, _page(problem_id), _("Open again."))


@require_POST
@needs(policies.LINK)
def add_case(request: HttpRequest, problem_id: int) -> HttpResponse:
    form = Input(request)
    ref = form.text("ref", limit=40, required=True)
    form.done()
    services.add_case(problem_id=problem_id, case_id=cases.case_id_of(ref), at=now(), by=actor_of(request))
    return done(request, _page(problem_id), _("Linked."))


@require_POST
@needs(policies.LINK)
def remove_case(request: HttpRequest, problem_id: int, case_id: int) -> HttpResponse:
    services.remove_case(problem_id=problem_id, case_id=case_id, at=now(), by=actor_of(request))
    return done(request, _page(problem_id), _("Taken off."))


@require_POST
@needs(policies.LINK)
def add_incident(request: HttpRequest, problem_id: int) -> HttpResponse:
    form = Input(request)
    incident_id = form.ident("incident", required=True)
    form.done()
    services.add_incident(problem_id=problem_id, incident_id=incident_id or 0, at=now(), by=actor_of(request))
    return done(request, _page(problem_id), _("Linked."))


@require_POST
@needs(policies.LINK)
def remove_incident(request: HttpRequest, problem_id: int, incident_id: int) -> HttpResponse:
    services.remove_incident(problem_id=problem_id, incident_id=incident_id, at=now(), by=actor_of(request))
    return done(request, _page(problem_id), _("Taken off."))
