"""Official days: the years that are known, importing a year's notice with a preview, correcting a day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.faults import sentence
from shouwen.platform.web.pages import form_page
from shouwen.promises import policies, queries, services
from shouwen.promises.rules import notice

COUNTRY = "CN"


@require_safe
@needs(policies.CALENDARS)
def years(request: HttpRequest) -> HttpResponse:
    context = {"years": queries.known_years(), "unknown_year": queries.next_unknown_year()}
    return render(request, "promises/official_days.html", context)


def _importing(request: HttpRequest) -> dict[str, Any]:
    return {"unknown_year": queries.next_unknown_year(), "found": None, "sentence": sentence, "text": ""}


@require_http_methods(["GET", "POST"])
@needs(policies.CALENDARS)
@form_page("promises/import_notice.html", _importing)
def importing(request: HttpRequest) -> HttpResponse:
    """Paste or upload, look at what was understood, then install exactly that."""
    context = _importing(request)
    if request.method == "GET":
        return render(request, "promises/import_notice.html", context)
    form = Input(request)
    year = form.integer("year", least=2004, most=2100, required=True) or 0
    source = form.text("source", limit=200)
    uploaded = form.files("file")
    text = form.text("text", limit=notice.LONGEST)
    form.done()
    if uploaded:
        text = notice.decoded(uploaded[0].read(notice.LONGEST + 1))
    found = notice.read(text, year)
    if not form.flag("install"):
        context |= {"found": found, "text": text, "values": {"year": year, "source": source}}
        return render(request, "promises/import_notice.html", context)
    moved = services.install_notice(
        country=COUNTRY, year=year, days=found.days, source=source, at=now(), by=actor_of(request)
    )
    said = _("%(year)s is in force. Due times moved: %(clocks)s clocks, %(promises)s promises.")
    counts = {"year": year, "clocks": moved.clocks_moved, "promises": moved.promises_moved}
    return done(request, reverse("promises:official-year", args=[year]), said % counts)


def _year(request: HttpRequest, year: int) -> dict[str, Any]:
    return {
        "year": year,
        "days": queries.official_days_of(year),
        "kinds": [*queries.official_kinds(), ("none", _("Ordinary day"))],
        "today": timezone.localdate(),
    }


@require_http_methods(["GET", "POST"])
@needs(policies.CALENDARS)
@form_page("promises/official_year.html", _year)
def year(request: HttpRequest, year: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, "promises/official_year.html", _year(request, year))
    form = Input(request)
    day = form.day("date", required=True)
    kind = form.choice("kind", ("holiday", "workday", "none"), required=True)
    name = form.text("name", limit=80)
    if day is not None and day.year != year:
        form.fail("date", _("This day lies in another year."))
    form.done()
    services.set_official_day(
        country=COUNTRY,
        day=day or timezone.localdate(),
        kind=None if kind == "none" else kind,
        name=name,
        at=now(),
        by=actor_of(request),
    )
    return done(request, reverse("promises:official-year", args=[year]), _("Saved."))
