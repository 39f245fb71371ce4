"""Small forms: each a page of its own that also opens as a dialog over the case."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from shouwen.cases import queries
from shouwen.platform.access import actor_of
from shouwen.platform.web import render, render_part
from shouwen.platform.web.pages import wants_part


def form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The form's page; in a dialog only the form."""
    if wants_part(request):
        return render_part(request, template, "form", context)
    return render(request, template, context)


def about(request: HttpRequest, ref: str) -> dict[str, Any]:
    """What every small form of a case knows. `dialog`: it answers in place of itself."""
    case = queries.get(ref, actor_of(request))
    return {"case": case, "ref": case.reference, "dialog": wants_part(request)}
