"""The page of the organisation's settings."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.preferences import get, registry, services
from shouwen.platform.web.input import Input
from shouwen.platform.web.pages import done, form_page, render


def _context(request: HttpRequest) -> dict[str, Any]:
    entries = sorted(registry.known().values(), key=lambda entry: str(entry.group))
    groups = [(name, list(rows)) for name, rows in groupby(entries, key=lambda entry: str(entry.group))]
    return {"groups": groups, "current": {entry.code: get(entry.code) for entry in entries}}


def _pictures(request: HttpRequest) -> dict[str, int]:
    """Pictures that were chosen anew, or taken away."""
    form, given = Input(request), {}
    for code, entry in registry.known().items():
        chosen = form.files(code)[:1] if entry.kind == "picture" else []
        if entry.kind == "picture" and form.flag(f"{code}.none"):
            given[code] = 0
        for one in chosen:
            content = one.file or one
            by = actor_of(request)
            given[code] = services.keep_picture(
                code=code, name=one.name or "", content=content, at=now(), by=by
            )
    form.done()
    return given


@needs("preferences.change")
@form_page("preferences/organisation.html", _context)
def organisation(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "preferences/organisation.html", _context(request))
    given: dict[str, Any] = {
        code: request.POST.get(code, "")
        for code, entry in registry.known().items()
        if entry.kind != "picture" and (code in request.POST or entry.kind == "bool")
    }
    given |= _pictures(request)
    services.change(values=given, at=now(), by=actor_of(request))
    return done(request, reverse("preferences:organisation"), _("Saved."))
