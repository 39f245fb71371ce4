"""Time limits set by law: how one came about, more time as the rule allows, and the templates."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwen.platform.access import actor_of, ensure, needs, now, staff_only
from shouwen.platform.web import Input, done, page, render
from shouwen.platform.web.pages import form_page
from shouwen.promises import policies, queries, services, subjects
from shouwen.promises.rules import statutory as rules
from shouwen.promises.rules import words
from shouwen.promises.services.statutory_templates import LIMITS, REQUIRED

COUNTRIES = (("CN", gettext_lazy("China")), ("GB", gettext_lazy("United Kingdom (England and Wales)")))
TEXT_LIMIT = 2000


def _context(request: HttpRequest, clock_id: int) -> dict[str, Any]:
    actor = actor_of(request)
    clock = queries.statutory_clock(clock_id, actor)
    return {
        "found": queries.explained(clock),
        "clock": clock,
        "extensions": list(clock.extensions.all()),
        "about": subjects.lines([clock.subject], actor)[clock.subject],
        "runs": queries.RUNS,
        "tone": queries.CLOCK_TONES[clock.state],
        "may_extend": policies.may_extend(actor, clock),
    }


@require_safe
@staff_only
def one(request: HttpRequest, clock_id: int) -> HttpResponse:
    return page(request, "promises/statutory.html", "statutory", _context(request, clock_id))


@require_POST
@staff_only
@form_page("promises/statutory.html", _context, "statutory")
def extension(request: HttpRequest, clock_id: int) -> HttpResponse:
    actor = actor_of(request)
    clock = queries.statutory_clock(clock_id, actor)
    ensure(policies.may_extend, actor, clock)
    form = Input(request)
    reason = form.text("reason", limit=words.REASON_LIMIT, required=True)
    form.done()
    services.extend_statutory(clock_id=clock_id, reason=reason, at=now(), by=actor)
    return done(request, reverse("promises:statutory", args=[clock_id]), _("The time is extended."))


@require_safe
@needs(policies.STATUTORY)
def listed(request: HttpRequest) -> HttpResponse:
    at = now()
    context = {
        "templates": [_line(row) for row in queries.statutory_templates(at)],
        "at": at,
        "tab": "statutory",
    }
    return render(request, "promises/statutory_templates.html", context)


def _line(row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "name": queries.template_name(row),
        "term": queries.term_text(row),
        "source": queries.source_text(row),
    }


def _form(request: HttpRequest) -> dict[str, Any]:
    """An empty form, or one that begins with the version it is to replace."""
    based_on = Input(request, query=True).ident("based_on")
    row = queries.statutory_template(based_on) if based_on else None
    typed: dict[str, Any] = {"country": "CN", "zone": "Asia/Shanghai", "unit": rules.WORKING_DAYS}
    if row is not None:
        steps = [f"{step['count']} {step.get('why', '')}".strip() for step in row.extensions]
        typed = {name: getattr(row, name) for name in ("code", "count", "unit", "country", "zone", *LIMITS)}
        typed |= {"rolls": row.rolls, "extensions": "\n".join(steps), "ends_at": _clock(row.ends_at)}
    return {
        "typed": typed,
        "based_on": row,
        "versions": [_line(one) for one in queries.statutory_versions(row.code)] if row else [],
        "units": [(unit, queries.UNIT_LABELS[unit]) for unit in rules.UNITS],
        "countries": COUNTRIES,
    }


def _clock(minutes: int) -> str:
    return "" if minutes >= rules.END_OF_DAY else f"{minutes // 60:02d}:{minutes % 60:02d}"


@require_http_methods(["GET", "POST"])
@needs(policies.STATUTORY)
@form_page("promises/new_statutory.html", _form)
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "promises/new_statutory.html", _form(request))
    form = Input(request)
    said: dict[str, Any] = {
        name: form.text(name, limit=limit, required=name in REQUIRED) for name, limit in LIMITS.items()
    }
    given: dict[str, Any] = {
        "code": form.text("code", limit=40, required=True),
        "count": form.integer("count", least=1, most=rules.MOST_DAYS, required=True) or 1,
        "unit": form.choice("unit", rules.UNITS, required=True),
        "country": form.choice("country", rules.COUNTRIES, required=True),
        "zone": form.text("zone", limit=64, required=True),
        "rolls": form.flag("rolls"),
        "valid_from": form.moment("valid_from"),
    }
    ends, steps = form.text("ends_at", limit=5), form.text("extensions", limit=TEXT_LIMIT)
    form.done()
    services.set_statutory_template(
        **given,
        **said,
        ends_at=rules.time_of_day(ends),
        extensions=rules.extension_lines(steps),
        at=now(),
        by=actor_of(request),
    )
    return done(request, reverse("promises:statutory-templates"), _("The time limit is stated."))


@require_POST
@needs(policies.STATUTORY)
def end(request: HttpRequest, template_id: int) -> HttpResponse:
    services.end_statutory_template(template_id=template_id, at=now(), by=actor_of(request))
    return done(request, reverse("promises:statutory-templates"), _("The time limit has ended."))
