"""Cases of an incident: linking, undoing it, telling by word of mouth, writing down an answer."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.cases import queries as cases
from shouwen.incidents import policies, queries, services
from shouwen.incidents.web import shown
from shouwen.kernel.references import parse, reference
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page


def _page(incident_id: int) -> str:
    return reverse("incidents:one", args=[incident_id])


@require_POST
@needs(policies.LINK)
@form_page("incidents/one.html", shown.whole, "incident", refused=True)
def add(request: HttpRequest, incident_id: int) -> HttpResponse:
    """By references as they are pasted: from a list, a mail, a table. All of them are linked or none."""
    form = Input(request)
    typed = shown.references(form.text("refs", limit=8000, required=True))
    wrong = [ref for ref in typed if parse(ref) is None]
    if not typed:
        form.fail("refs", _("Fill this in."))
    if wrong:
        form.fail("refs", _("There is no case %(ref)s.") % {"ref": wrong[0][:40]})
    form.done()
    ids = [cases.case_id_of(ref) for ref in typed]
    linked = services.link_many(incident_id=incident_id, case_ids=ids, at=now(), by=actor_of(request))
    said = ngettext("%(num)s case linked.", "%(num)s cases linked.", linked) % {"num": linked}
    return done(request, _page(incident_id), said)


@require_POST
@needs(policies.LINK)
def suggestions(request: HttpRequest, incident_id: int) -> HttpResponse:
    """All that look like it at once."""
    linked = services.link_suggested(incident_id=incident_id, at=now(), by=actor_of(request))
    said = ngettext("%(num)s case linked.", "%(num)s cases linked.", linked) % {"num": linked}
    return done(request, _page(incident_id), said)


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
