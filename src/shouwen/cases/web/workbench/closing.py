"""How a case ends: we say what was done, the customer says whether that solved it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shouwen.cases import permissions, queries, services
from shouwen.cases.web.workbench.forms import about, form
from shouwen.cases.web.workbench.showing import after
from shouwen.cases.web.workbench.words import DIMENSIONS
from shouwen.channels import queries as channels
from shouwen.platform import preferences
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input
from shouwen.platform.web.pages import form_page

RESOLUTION = "cases/forms/resolution.html"
CONFIRMATION = "cases/forms/confirmation.html"
REOPENING = "cases/forms/reopening.html"


def _resolution(request: HttpRequest, ref: str) -> dict[str, Any]:
    known = about(request, ref)
    case = known["case"]
    last = channels.latest_inbound(case.subject)
    heard, open_ends = last.pk if last else 0, queries.open_ends(case)
    return {**known, "heard": heard, "open_ends": open_ends, "days": preferences.get("cases.confirm_days")}


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(RESOLUTION, _resolution, "form", refused=True)
def resolution(request: HttpRequest, ref: str) -> HttpResponse:
    if request.method == "GET":
        return form(request, RESOLUTION, _resolution(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    summary = given.text("summary", limit=8000, required=True)
    heard = given.integer("heard", least=0)
    given.done()
    services.resolve(case_id=case.pk, summary=summary, heard=heard, at=now(), by=actor)
    return after(request, case.reference, _("Resolved. The customer is asked whether it is solved."))


def _confirmation(request: HttpRequest, ref: str) -> dict[str, Any]:
    return {**about(request, ref), "dimensions": DIMENSIONS}


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(CONFIRMATION, _confirmation, "form", refused=True)
def confirmation(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down what the customer said on the phone or at the desk."""
    if request.method == "GET":
        return form(request, CONFIRMATION, _confirmation(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    solved = given.choice("answer", ("solved", "not_yet"), required=True) == "solved"
    word = given.text("word", limit=2000)
    asked = {code: given.integer(f"level_{code}", least=1, most=5) for code, _label in DIMENSIONS}
    given.done()
    levels = {code: level for code, level in asked.items() if level is not None}
    services.answer_confirmation(case_id=case.pk, solved=solved, word=word, levels=levels, at=now(), by=actor)
    return after(request, case.reference, _("The customer's word is written down."))


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(REOPENING, about, "form", refused=True)
def reopening(request: HttpRequest, ref: str) -> HttpResponse:
    if request.method == "GET":
        return form(request, REOPENING, about(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    reason = given.text("reason", limit=1000, required=True)
    given.done()
    services.reopen(case_id=case.pk, reason=reason, at=now(), by=actor)
    return after(request, case.reference, _("Open again, with the same owner."))
