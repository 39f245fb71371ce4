"""Working calendars: hours, days, a year at a glance, try a due time."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, page, render
from shouwen.platform.web.pages import form_page
from shouwen.promises import policies, queries, services
from shouwen.promises.rules import durations, hours

DAYS_LIMIT = 20_000


@require_safe
@needs(policies.CALENDARS)
def listed(request: HttpRequest) -> HttpResponse:
    context = {
        "calendars": [(row, hours.as_typed(row.definition)) for row in queries.calendars()],
        "years": queries.known_years()[:4],
        "unknown_year": queries.next_unknown_year(),
    }
    return render(request, "promises/calendars.html", context)


def read(request: HttpRequest) -> dict[str, Any]:
    """Name, definition and default as typed in the form."""
    form = Input(request)
    name = form.text("name", limit=80, required=True)
    typed: dict[str, Any] = {
        "zone": form.text("zone", limit=64, required=True),
        "week": {day: form.text(f"week_{day}", limit=200) for day in hours.WEEKDAYS},
        "holidays": form.text("holidays", limit=DAYS_LIMIT),
        "shifts": form.text("shifts", limit=DAYS_LIMIT),
        "breaks": form.text("breaks", limit=DAYS_LIMIT),
        "official": form.choice("official", ("CN",)),
    }
    default = form.flag("default")
    form.done()
    return {"name": name, "definition": hours.definition(**typed), "default": default or None}


def _weekdays() -> list[tuple[str, str]]:
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return list(zip(hours.WEEKDAYS, names, strict=True))


def _new_context(request: HttpRequest) -> dict[str, Any]:
    default = queries.calendars().filter(default=True).first()
    typed = hours.as_typed(default.definition) if default else {}
    return {"weekdays": _weekdays(), "typed": {**typed, "holidays": "", "shifts": "", "breaks": ""}}


@require_http_methods(["GET", "POST"])
@needs(policies.CALENDARS)
@form_page("promises/new_calendar.html", _new_context)
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "promises/new_calendar.html", _new_context(request))
    given = read(request)
    made = services.create_calendar(
        name=given["name"],
        definition=given["definition"],
        default=bool(given["default"]),
        at=now(),
        by=actor_of(request),
    )
    return done(request, reverse("promises:calendar", args=[made.pk]), _("Saved."))


def _context(request: HttpRequest, calendar_id: int) -> dict[str, Any]:
    calendar = queries.calendar(calendar_id)
    this_year = timezone.localdate().year
    year = Input(request, query=True).integer("year", least=2000, most=2100) or this_year
    return {
        "calendar": calendar,
        "typed": hours.as_typed(calendar.definition),
        "weekdays": _weekdays(),
        "year": year,
        "months": queries.year_view(calendar_id, year),
        "reasons": queries.REASONS,
        "today": timezone.localdate(),
        "start_value": timezone.localtime(now()).strftime("%Y-%m-%dT%H:%M"),
    }


@require_http_methods(["GET", "POST"])
@needs(policies.CALENDARS)
@form_page("promises/calendar.html", _context)
def one(request: HttpRequest, calendar_id: int) -> HttpResponse:
    if request.method == "GET":
        return page(request, "promises/calendar.html", "year", _context(request, calendar_id))
    services.change_calendar(calendar_id=calendar_id, **read(request), at=now(), by=actor_of(request))
    return done(request, reverse("promises:calendar", args=[calendar_id]), _("Saved."))


def _due_context(request: HttpRequest, calendar_id: int) -> dict[str, Any]:
    return {
        "calendar": queries.calendar(calendar_id),
        "start_value": timezone.localtime(now()).strftime("%Y-%m-%dT%H:%M"),
        "found": None,
        "zone": queries.working(calendar_id),
        "reasons": queries.REASONS,
        "span_text": queries.span_text,
    }


@require_http_methods(["GET", "POST"])
@needs(policies.CALENDARS)
@form_page("promises/due.html", _due_context, "due")
def due(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """Try it: when is something due that starts then and takes so long? Nothing is written."""
    context = _due_context(request, calendar_id)
    if request.method == "POST":
        form = Input(request)
        start = form.moment("start", required=True)
        length = form.text("length", limit=40, required=True)
        form.done()
        seconds = durations.seconds(length, "length")
        context["found"] = queries.try_due(calendar_id, start or now(), seconds or 1)
        context["values"] = {"start": request.POST["start"], "length": length}
    return page(request, "promises/due.html", "due", context)
