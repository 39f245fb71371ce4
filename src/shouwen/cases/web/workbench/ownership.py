"""Who answers to the customer: taking a case, and handing it on with a reason, a summary and the other's yes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.cases import permissions, queries, services
from shouwen.cases.web.workbench.forms import about, form
from shouwen.cases.web.workbench.showing import after
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input
from shouwen.platform.web.pages import form_page

HANDOFF = "cases/forms/handoff.html"
REFUSAL = "cases/forms/refusal.html"


@require_POST
@needs(permissions.WORK)
def ownership(request: HttpRequest, ref: str) -> HttpResponse:
    actor = actor_of(request)
    case = queries.get(ref, actor)
    services.take(case_id=case.pk, at=now(), by=actor)
    return after(request, case.reference, _("You own it until the customer says it is solved."))


def _handoff(request: HttpRequest, ref: str) -> dict[str, Any]:
    known = about(request, ref)
    return {
        **known,
        "people": queries.owner_choices(known["case"]),
        "proposed": queries.summary_proposal(known["case"]),
    }


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(HANDOFF, _handoff, "form", refused=True)
def handoffs(request: HttpRequest, ref: str) -> HttpResponse:
    if request.method == "GET":
        return form(request, HANDOFF, _handoff(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    to = given.ident("to", required=True)
    reason = given.text("reason", limit=400, required=True)
    summary = given.text("summary", limit=4000, required=True)
    given.done()
    services.ask_handoff(case_id=case.pk, to_id=to or 0, reason=reason, summary=summary, at=now(), by=actor)
    return after(request, case.reference, _("Asked. You stay the owner until it is accepted."))


@require_POST
@needs(permissions.WORK)
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    handoff = services.accept_handoff(handoff_id=pk, at=now(), by=actor_of(request))
    return after(request, handoff.case.reference, _("You own it now. The customer is being told."))


def _refusal(request: HttpRequest, pk: int) -> dict[str, Any]:
    handoff = queries.handoff_for(pk, actor_of(request))
    return {**about(request, handoff.case.reference), "handoff": handoff}


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(REFUSAL, _refusal, "form", refused=True)
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "GET":
        return form(request, REFUSAL, _refusal(request, pk))
    given = Input(request)
    answer = given.text("answer", limit=400, required=True)
    given.done()
    handoff = services.decline_handoff(handoff_id=pk, answer=answer, at=now(), by=actor_of(request))
    return after(request, handoff.case.reference, _("Declined, with your reason."))


@require_POST
@needs(permissions.WORK)
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    handoff = services.withdraw_handoff(handoff_id=pk, at=now(), by=actor_of(request))
    return after(request, handoff.case.reference, _("The handoff is withdrawn."))


@require_POST
@needs(permissions.WORK)
def telling(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer was told by word of mouth who answers now."""
    actor = actor_of(request)
    queries.handoff_for(pk, actor)
    handoff = services.mark_customer_told(handoff_id=pk, at=now(), by=actor)
    return after(request, handoff.case.reference, _("Noted: the customer knows."))
