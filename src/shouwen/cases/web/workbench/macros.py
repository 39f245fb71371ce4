"""A macro on a case: chosen from a list, looked at, applied."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shouwen.cases import permissions, queries
from shouwen.cases.queries.automation import macros as reads
from shouwen.cases.services.automation import macros as services
from shouwen.cases.web.workbench.forms import about, form
from shouwen.cases.web.workbench.showing import after
from shouwen.platform import preferences
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input
from shouwen.platform.web.pages import form_page

LIST, ONE = "cases/forms/macros.html", "cases/forms/macro.html"


@require_safe
@needs(permissions.WORK)
def macros(request: HttpRequest, ref: str) -> HttpResponse:
    found = reads.usable_by(actor_of(request))
    context = {**about(request, ref), "macros": found, "scope_of": reads.scope_of}
    return form(request, LIST, context)


def _context(request: HttpRequest, ref: str, pk: int) -> dict[str, Any]:
    """What it would do is found by doing it and taking it back, so it is asked for by POST."""
    known, actor = about(request, ref), actor_of(request)
    seen = services.preview(macro_id=pk, case_id=known["case"].pk, at=now(), by=actor)
    return {**known, "macro": reads.get(pk, actor), "preview": seen}


@require_POST
@needs(permissions.WORK)
def macro_preview(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    return form(request, ONE, _context(request, ref, pk))


@require_POST
@needs(permissions.WORK)
@form_page(ONE, _context, "form", refused=True)
def macro(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    actor, given = actor_of(request), Input(request)
    case = queries.get(ref, actor)
    text = given.text("text", limit=50_000) if given.has("text") else None
    given.done()
    services.apply(
        macro_id=pk,
        case_id=case.pk,
        text=text,
        undo_seconds=preferences.get("cases.undo_seconds"),
        at=now(),
        by=actor,
    )
    return after(request, case.reference, _("Done: %(name)s.") % {"name": reads.get(pk, actor).name})
