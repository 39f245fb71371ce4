"""What was understood, what could be done, and the five behaviours of a good contact."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.cases import permissions, queries, services
from shouwen.cases.web.workbench.showing import after
from shouwen.cases.web.workbench.words import HOWS
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input


@require_POST
@needs(permissions.WORK)
def understanding(request: HttpRequest, ref: str) -> HttpResponse:
    """Restate what was understood; without a text, the customer's yes to what was restated before."""
    actor, at = actor_of(request), now()
    case = queries.get(ref, actor)
    given = Input(request)
    text = given.text("text", limit=4000)
    how = given.choice("how", dict(HOWS))
    given.done()
    if not text and how:
        services.confirm_understanding(case_id=case.pk, how=how, at=at, by=actor)
        return after(request, case.reference, _("The customer agrees."))
    services.restate(case_id=case.pk, text=text, confirmed_how=how, at=at, by=actor)
    return after(request, case.reference, _("Restated."))


@require_POST
@needs(permissions.WORK)
def options(request: HttpRequest, ref: str) -> HttpResponse:
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    text = given.text("text", limit=1000, required=True)
    gain = given.text("gain", limit=400)
    given.done()
    services.offer_option(case_id=case.pk, text=text, gain=gain, at=now(), by=actor)
    return after(request, case.reference)


@require_POST
@needs(permissions.WORK)
def choice(request: HttpRequest, ref: str, option_id: int) -> HttpResponse:
    actor = actor_of(request)
    case = queries.get(ref, actor)
    services.choose_option(case_id=case.pk, option_id=option_id, at=now(), by=actor)
    return after(request, case.reference, _("Noted: the customer chose this."))


@require_POST
@needs(permissions.WORK)
def checklist(request: HttpRequest, ref: str) -> HttpResponse:
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    behaviour = given.text("behaviour", limit=20, required=True)
    given.done()
    services.mark_behaviour(case_id=case.pk, behaviour=behaviour, done=given.flag("done"), at=now(), by=actor)
    return after(request, case.reference)
