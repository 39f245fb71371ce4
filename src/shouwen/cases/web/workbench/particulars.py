"""Small changes of a case: kind, priority, tags, details, waiting, putting aside, watching, restriction."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.cases import permissions, queries, services
from shouwen.cases.web.workbench.forms import about, form
from shouwen.cases.web.workbench.showing import after
from shouwen.cases.web.workbench.words import IMPACTS, URGENCIES
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input
from shouwen.platform.web.pages import form_page

DETAILS = "cases/forms/details.html"
SNOOZE = "cases/forms/snooze.html"


def _details(request: HttpRequest, ref: str) -> dict[str, Any]:
    known = about(request, ref)
    case = known["case"]
    return {
        **known,
        "kinds": [(one.code, queries.kind_label(one.code)) for one in queries.active_kinds()],
        "impacts": IMPACTS,
        "urgencies": URGENCIES,
        "items": queries.item_choices(),
        "assets": queries.asset_choices(case),
        "fields": queries.field_definitions(case),
    }


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(DETAILS, _details, "form", refused=True)
def details(request: HttpRequest, ref: str) -> HttpResponse:
    """Subject, kind, priority, tags, service item, asset and the kind's own fields in one form."""
    if request.method == "GET":
        return form(request, DETAILS, _details(request, ref))
    actor, at = actor_of(request), now()
    case = queries.get(ref, actor)
    given = Input(request)
    subject = given.text("subject", limit=300, required=True)
    kind = given.choice("kind", queries.kinds(), required=True)
    impact = given.integer("impact", least=1, most=3, required=True)
    urgency = given.integer("urgency", least=1, most=3, required=True)
    tags = given.text("tags", limit=900).replace("，", ",").replace("、", ",").split(",")
    item, asset = given.ident("service_item"), given.ident("asset")
    own = {code: request.POST.get(f"fields.{code}", "") for code in queries.field_codes(kind)}
    given.done()
    services.set_particulars(
        case_id=case.pk, subject=subject, kind=kind, impact=impact or 2, urgency=urgency or 2, tags=tags,
        service_item_id=item, asset_id=asset, fields=own, at=at, by=actor,
    )  # fmt: skip
    return after(request, case.reference, _("Changed."))


@require_POST
@needs(permissions.WORK)
def kind(request: HttpRequest, ref: str) -> HttpResponse:
    actor = actor_of(request)
    case = queries.get(ref, actor)
    code = Input(request).text("kind", limit=30)
    services.set_kind(case_id=case.pk, kind=code, at=now(), by=actor)
    return after(request, case.reference)


@require_POST
@needs(permissions.WORK)
def priority(request: HttpRequest, ref: str) -> HttpResponse:
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    impact = given.integer("impact", least=1, most=3, required=True)
    urgency = given.integer("urgency", least=1, most=3, required=True)
    given.done()
    services.set_priority(case_id=case.pk, impact=impact or 2, urgency=urgency or 2, at=now(), by=actor)
    return after(request, case.reference)


@require_POST
@needs(permissions.WORK)
def tags(request: HttpRequest, ref: str) -> HttpResponse:
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    wanted = given.text("tags", limit=900).replace("，", ",").replace("、", ",").split(",")
    given.done()
    services.set_tags(case_id=case.pk, tags=wanted, at=now(), by=actor)
    return after(request, case.reference)


@require_POST
@needs(permissions.WORK)
def waiting(request: HttpRequest, ref: str) -> HttpResponse:
    actor = actor_of(request)
    case = queries.get(ref, actor)
    on = Input(request).flag("waiting")
    services.set_awaiting_customer(case_id=case.pk, waiting=on, at=now(), by=actor)
    said = _("Waiting for the customer; the clocks stand.") if on else _("We go on; the clocks run.")
    return after(request, case.reference, said)


def _snooze(request: HttpRequest, ref: str) -> dict[str, Any]:
    there = timezone.localtime(now())
    morning = there.replace(hour=9, minute=0, second=0, microsecond=0)
    proposals = [
        (_("In one hour"), there + timedelta(hours=1)),
        (_("In three hours"), there + timedelta(hours=3)),
        (_("Tomorrow at nine"), morning + timedelta(days=1)),
        (_("Next Monday at nine"), morning + timedelta(days=7 - there.weekday())),
    ]
    return {**about(request, ref), "proposals": proposals}


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(SNOOZE, _snooze, "form", refused=True)
def snooze(request: HttpRequest, ref: str) -> HttpResponse:
    """Put aside until a time; without one, take it back."""
    if request.method == "GET":
        return form(request, SNOOZE, _snooze(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    until = given.moment("until", required=not given.flag("back"))
    given.done()
    back = given.flag("back")
    kept = services.snooze(case_id=case.pk, until=None if back else until, at=now(), by=actor)
    return after(
        request, case.reference, _("Back on the list.") if back else _aside(until, kept.snoozed_until)
    )


def _aside(wanted: datetime | None, until: datetime | None) -> str:
    """Until when it sleeps; earlier than wanted where a promise or a clock needs to be looked at first."""
    words = {"time": date_format(timezone.localtime(until), "m-d H:i")}
    if until == wanted:
        return _("Put aside until %(time)s.") % words
    return _("Put aside only until %(time)s: a deadline has to be looked at then.") % words


@require_POST
@needs(permissions.SEE)
def watch(request: HttpRequest, ref: str) -> HttpResponse:
    actor = actor_of(request)
    case = queries.get(ref, actor)
    on = Input(request).flag("watching")
    services.watch(case_id=case.pk, watching=on, at=now(), by=actor)
    return after(request, case.reference, _("You watch it now.") if on else _("You no longer watch it."))


@require_POST
@needs(permissions.SEE_RESTRICTED)
def restriction(request: HttpRequest, ref: str) -> HttpResponse:
    actor = actor_of(request)
    case = queries.get(ref, actor)
    on = Input(request).flag("restricted")
    services.set_restricted(case_id=case.pk, restricted=on, at=now(), by=actor)
    said = _("Only the owner and supervisors see it now.") if on else _("All colleagues see it again.")
    return after(request, case.reference, said)
