"""The customer's mood and style: how it went, what helps, and a colleague's own mark."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shouwen.cases import permissions, queries, services
from shouwen.cases.web.workbench.forms import about, form
from shouwen.cases.web.workbench.showing import after
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input
from shouwen.platform.web.pages import form_page

FEELING = "cases/forms/feeling.html"


def _feeling(request: HttpRequest, ref: str) -> dict[str, Any]:
    known = about(request, ref)
    return {
        **known,
        "feelings": queries.feelings_of(known["case"]),
        "levels": queries.FEELING_LEVELS,
        "styles": [("", _("Not known")), *queries.FEELING_STYLES],
    }


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page(FEELING, _feeling, "form", refused=True)
def feeling(request: HttpRequest, ref: str) -> HttpResponse:
    if request.method == "GET":
        return form(request, FEELING, _feeling(request, ref))
    actor = actor_of(request)
    case = queries.get(ref, actor)
    given = Input(request)
    level = given.text("level", limit=8, required=True)
    style, note = given.text("style", limit=12), given.text("note", limit=200)
    given.done()
    services.mark_feeling(case_id=case.pk, level=level, style=style, note=note, at=now(), by=actor)
    return after(request, case.reference, _("Marked. Colleagues see it, the customer never does."))
