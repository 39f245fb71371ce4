"""One case: its page, older pages of its story, its ledger, who else is here."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.cases import permissions, queries
from shouwen.cases.web.workbench import drawing
from shouwen.cases.web.workbench.showing import WORKBENCH, detail, whole
from shouwen.platform import live
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.ledger import describe, history
from shouwen.platform.ledger import queries as ledger
from shouwen.platform.web import Input, render, render_part
from shouwen.platform.web.pages import wants_part

DOINGS = ("looking", "typing", "gone")


@require_GET
@needs(permissions.SEE)
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """The whole page; for htmx the detail pane, or (`fresh`) what may have changed on an open page."""
    actor, at = actor_of(request), now()
    if not wants_part(request):
        return render(request, WORKBENCH, whole(request, ref, actor, at))
    shown = detail(request, ref, actor, at)
    if not request.GET.get("fresh"):
        return render_part(request, WORKBENCH, "detail", shown)
    if request.GET.get("mode") == "note" and shown["page"].may_work and shown["case"].active:
        # reopened while the page was open: it has no place to answer, so it is drawn anew
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render_part(request, WORKBENCH, "fresh", shown)


@require_GET
@needs(permissions.SEE)
def timeline(request: HttpRequest, ref: str) -> HttpResponse:
    """The page of the story before a message and an event."""
    actor, at = actor_of(request), now()
    given = Input(request, query=True)
    before, until = given.ident("before", required=True), given.ident("until")
    given.done()
    found = queries.get(ref, actor)
    full = queries.can_see_contacts(actor_of(request))
    told = queries.older(found, at, before=before or 0, until=until, addresses=full)
    known = {"story": told, "ref": found.reference, "case": found, "at": at, "draw_message": drawing.message}
    if wants_part(request):
        return render_part(request, "cases/older.html", "older", known)
    return render(request, "cases/older.html", known)


@require_GET
@needs(permissions.SEE)
def related(request: HttpRequest, ref: str) -> HttpResponse:
    """Earlier cases, linked ones, articles: asked for once the page stands."""
    actor = actor_of(request)
    found = queries.get(ref, actor)
    known = {"case": found, "ref": found.reference, "related": queries.related(found, actor)}
    known["may_work"] = actor.can(permissions.WORK)
    return render_part(request, "cases/related.html", "related", {**known, **queries.state_words()})


@require_GET
@needs(permissions.SEE)
def events(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything that happened, by whom, before and after."""
    found = queries.get(ref, actor_of(request))
    given = Input(request, query=True)
    before = given.ident("before")
    given.done()
    rows = ledger.timeline(found.subject, before=before, limit=100, newest=True)
    told = [
        {"row": row, "text": describe.say(row.name, row.data), "changes": history.changes(row)}
        for row in rows
    ]
    older = rows[-1].id if len(rows) == 100 else None
    known = {"case": found, "ref": found.reference, "events": told, "older": older}
    return render(
        request, "cases/events.html", {**known, "title": _("Ledger of %(ref)s") % {"ref": found.reference}}
    )


@require_POST
@needs(permissions.SEE)
def presence(request: HttpRequest, ref: str) -> HttpResponse:
    """Tell the others that I look at this case or write to it. Kept nowhere."""
    actor = actor_of(request)
    found = queries.get(ref, actor)
    form = Input(request)
    doing = form.choice("doing", DOINGS, default="looking")
    form.done()
    said = {"case": found.pk, "user": actor.user_id, "name": actor.name, "doing": doing}
    live.publish([f"case:{found.pk}", *([] if found.restricted else ["inbox"])], "presence", said)
    return HttpResponse(status=204)
