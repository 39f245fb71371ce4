"""The chief service manager's page: what departments cannot settle among themselves, and the ruling."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shouwen.cases import permissions, queries, services
from shouwen.cases.queries import disputes as reads
from shouwen.cases.web.workbench.forms import about, form
from shouwen.cases.web.workbench.showing import after
from shouwen.cases.web.workbench.words import SPANS
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, page, render
from shouwen.platform.web.pages import form_page

RAISING = "cases/forms/dispute.html"
RULING = "cases/team/dispute_ruling.html"


@require_safe
@needs(permissions.RULE)
def disputes(request: HttpRequest) -> HttpResponse:
    given = Input(request, query=True)
    ruled, cursor = given.flag("ruled"), given.text("cursor", limit=400)
    given.done()
    found = reads.page_of(actor_of(request), ruled=ruled, cursor=cursor or None)
    base = f"{reverse('cases:disputes')}?{'ruled=1&' if ruled else ''}cursor="
    context = {
        "disputes": found.items,
        "ruled": ruled,
        "previous_url": f"{base}{found.previous_cursor}" if found.previous_cursor else None,
        "next_url": f"{base}{found.next_cursor}" if found.next_cursor else None,
    }
    return render(request, "cases/team/disputes.html", context)


def _ruling(request: HttpRequest, pk: int) -> dict[str, Any]:
    return {"dispute": reads.dispute(pk, actor_of(request)), "spans": SPANS}


@require_http_methods(["GET", "POST"])
@needs(permissions.RULE)
@form_page(RULING, _ruling, refused=True)
def ruling(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "GET":
        return page(request, RULING, "form", _ruling(request, pk))
    actor, given = actor_of(request), Input(request)
    answerable = given.ident("answerable", required=True)
    text = given.text("ruling", limit=1000, required=True)
    minutes = given.integer("minutes", least=5, most=129_600, required=True)
    given.done()
    reads.dispute(pk, actor)
    services.rule_on(
        dispute_id=pk, answerable_id=answerable or 0, ruling=text, minutes=minutes or 0, at=now(), by=actor
    )
    return done(request, reverse("cases:disputes"), _("Ruled. Both departments and the owner can read it."))


def _raising(request: HttpRequest, ref: str) -> dict[str, Any]:
    known = about(request, ref)
    return {**known, **reads.choices(known["case"])}


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(RAISING, _raising, "form", refused=True)
def raising(request: HttpRequest, ref: str) -> HttpResponse:
    if request.method == "GET":
        return form(request, RAISING, _raising(request, ref))
    actor, given = actor_of(request), Input(request)
    case = queries.get(ref, actor)
    one, other = given.ident("one", required=True), given.ident("other", required=True)
    task, question = given.ident("task"), given.text("question", limit=1000, required=True)
    given.done()
    services.raise_dispute(
        case_id=case.pk,
        one_id=one or 0,
        other_id=other or 0,
        question=question,
        task_id=task,
        at=now(),
        by=actor,
    )
    return after(request, case.reference, _("The chief service manager has been asked to rule."))
