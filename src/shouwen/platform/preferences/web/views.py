"""The page of the organisation's settings."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.preferences import get, registry, services
from shouwen.platform.web.pages import done, form_page, render


def _context(request: HttpRequest) -> dict[str, Any]:
    entries = sorted(registry.known().values(), key=lambda entry: str(entry.group))
    groups = [(name, list(rows)) for name, rows in groupby(entries, key=lambda entry: str(entry.group))]
    return {"groups": groups, "current": {entry.code: get(entry.code) for entry in entries}}


@needs("preferences.change")
@form_page("preferences/organisation.html", _context)
def organisation(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "preferences/organisation.html", _context(request))
    given = {
        code: request.POST.get(code, "")
        for code, entry in registry.known().items()
        if code in request.POST or entry.kind == "bool"
    }
    services.change(values=given, at=now(), by=actor_of(request))
    return done(request, reverse("preferences:organisation"), _("Saved."))
