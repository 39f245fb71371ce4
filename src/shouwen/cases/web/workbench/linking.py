"""Cases that belong together, cases that were one all along, and one that was two."""

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

LINKS = "cases/forms/links.html"
MERGE = "cases/forms/merge.html"
SPLIT = "cases/forms/split.html"


def _near(request: HttpRequest, ref: str) -> dict[str, Any]:
    known = about(request, ref)
    return {**known, "related": queries.related(known["case"], actor_of(request))}


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(LINKS, _near, "form", refused=True)
def links(request: HttpRequest, ref: str) -> HttpResponse:
    """Link another case, or (`remove`) take a link away."""
    if request.method == "GET":
        return form(request, LINKS, _near(request, ref))
    actor, at = actor_of(request), now()
    case = queries.get(ref, actor)
    given = Input(request)
    other = queries.named(given.text("other", limit=40, required=True), actor)
    given.done()
    if given.flag("remove"):
        services.unlink(case_id=case.pk, other_id=other.pk, at=at, by=actor)
        return after(request, case.reference, _("No longer linked."))
    services.link(case_id=case.pk, other_id=other.pk, at=at, by=actor)
    return after(request, case.reference, _("Linked."))


@require_POST
@needs(permissions.WORK)
def articles(request: HttpRequest, ref: str) -> HttpResponse:
    """This article answered it."""
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    article_id = given.ident("article", required=True)
    given.done()
    services.answered_by(case_id=case.pk, article_id=article_id or 0, at=now(), by=actor)
    return after(request, case.reference, _("Written down: the article answered it."))


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(MERGE, _near, "form", refused=True)
def merge(request: HttpRequest, ref: str) -> HttpResponse:
    """Put this case into another of the same customer."""
    if request.method == "GET":
        return form(request, MERGE, _near(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    into = queries.named(given.text("into", limit=40, required=True), actor, field="into")
    given.done()
    services.merge(case_id=case.pk, into_id=into.pk, at=now(), by=actor)
    return after(request, into.reference, _("Merged. You are in the case that goes on."))


@require_POST
@needs(permissions.WORK)
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    made = services.undo_merge(merge_id=pk, at=now(), by=actor_of(request))
    return after(request, made.loser.reference, _("They are two again."))


def _split(request: HttpRequest, ref: str) -> dict[str, Any]:
    known = about(request, ref)
    kinds = [(one.code, queries.kind_label(one.code)) for one in queries.active_kinds()]
    return {**known, "said": queries.said_in(known["case"]), "kinds": kinds}


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(SPLIT, _split, "form", refused=True)
def split(request: HttpRequest, ref: str) -> HttpResponse:
    """Some of the words become a case of their own."""
    if request.method == "GET":
        return form(request, SPLIT, _split(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    ids = given.idents("messages", most=200)
    subject = given.text("subject", limit=300, required=True)
    kind = given.choice("kind", queries.kinds())
    given.done()
    made = services.split(case_id=case.pk, message_ids=ids, subject=subject, kind=kind, at=now(), by=actor)
    return after(request, made.reference, _("A case of its own, with the same owner."))
