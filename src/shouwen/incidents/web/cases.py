"""Cases of an incident: linking, undoing it, telling by word of mouth, writing down an answer."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.cases import queries as cases
from shouwen.incidents import policies, queries, services
from shouwen.kernel.references import reference
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render


def _page(incident_id: int) -> str:
    return reverse("incidents:one", args=[incident_id])


@require_POST
@needs(policies.LINK)
def add(request: HttpRequest, incident_id: int) -> HttpResponse:
    """By the case's reference, typed or pasted."""
    form = Input(request)
    ref = form.text("ref", limit=40, required=True)
    form.done()
    services.link(incident_id=incident_id, case_id=cases.case_id_of(ref), at=now(), by=actor_of(request))
    return done(request, _page(incident_id), _("Linked."))


@require_POST
@needs(policies.LINK)
def suggestions(request: HttpRequest, incident_id: int) -> HttpResponse:
    """All that look like it at once."""
    linked = services.link_suggested(incident_id=incident_id, at=now(), by=actor_of(request))
    return done(request, _page(incident_id), _("%(num)s cases linked.") % {"num": linked})


@require_http_methods(["GET", "POST"])
@needs(policies.LINK)
def link(request: HttpRequest, incident_id: int, case_id: int) -> HttpResponse:
    """One key does it; the page is for browsers without our scripts. It undoes unlinking, too."""
    if request.method == "GET":
        incident = queries.get(incident_id, actor_of(request))
        case = cases.get(reference(case_id), actor_of(request))
        return render(request, "incidents/link.html", {"incident": incident, "case": case})
    services.link(incident_id=incident_id, case_id=case_id, at=now(), by=actor_of(request))
    return done(request, _page(incident_id), _("Linked."))


@require_POST
@needs(policies.LINK)
def unlink(request: HttpRequest, incident_id: int, case_id: int) -> HttpResponse:
    services.refuse_suggestion(incident_id=incident_id, case_id=case_id, at=now(), by=actor_of(request))
    address = f"{_page(incident_id)}?undo={case_id}"
    return done(request, address, _("Taken off."))


@require_POST
@needs(policies.LINK)
def telling(request: HttpRequest, incident_id: int, case_id: int) -> HttpResponse:
    services.mark_told(incident_id=incident_id, case_id=case_id, at=now(), by=actor_of(request))
    return done(request, _page(incident_id), _("Written down."))


@require_POST
@needs(policies.LINK)
def answer(request: HttpRequest, incident_id: int, case_id: int) -> HttpResponse:
    form = Input(request)
    said = form.choice("answer", ("working", "not_working"), required=True)
    word = form.text("word", limit=2000)
    form.done()
    services.answer(
        incident_id=incident_id,
        case_id=case_id,
        working=said == "working",
        word=word,
        at=now(),
        by=actor_of(request),
    )
    return done(request, _page(incident_id), _("Written down."))
