"""Settings: all rules in one place; those that act by themselves with a try, their log and their versions."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwen.cases import permissions
from shouwen.cases.queries import trying as intake
from shouwen.cases.queries.automation import shown, telling
from shouwen.cases.queries.automation.trying import tried
from shouwen.cases.services.automation import rulebook
from shouwen.cases.web.team import rule_forms
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page

UNITS = {"minutes": 1, "hours": 60, "days": 1440}


@require_safe
@needs(permissions.CONFIGURE)
def rules(request: HttpRequest) -> HttpResponse:
    context = {"rules": shown.all_rules(), "intake": intake.all_rules(), "shown": shown}
    return render(request, "cases/settings/rules.html", context)


def monday(at: datetime) -> datetime:
    """When this week began where the reader is."""
    today = timezone.localtime(at).date()
    return datetime.combine(today - timedelta(days=today.weekday()), time(), timezone.get_current_timezone())


def _spans(minutes: int) -> tuple[int, str]:
    """Minutes as the largest whole unit."""
    unit = next((name for name in ("days", "hours") if minutes and minutes % UNITS[name] == 0), "minutes")
    return minutes // UNITS[unit], unit


def _context(request: HttpRequest, pk: int | None = None) -> dict[str, Any]:
    row = shown.rule(pk) if pk is not None else None
    actor = actor_of(request)
    timed = request.GET.get("sort") == "time" if row is None else bool(row.moment)
    if request.method == "POST":
        timed = bool(request.POST.get("moment"))
    length, unit = _spans(row.minutes if row else 60)
    return {
        "rule": row,
        "timed": timed,
        "events": list(telling.EVENT_LABELS.items()),
        "moments": list(telling.MOMENT_LABELS.items()),
        "units": [("minutes", _("minutes")), ("hours", _("hours")), ("days", _("days"))],
        "length": length,
        "unit": unit,
        "conditions": rule_forms.condition_fields(request, row.conditions if row else {}),
        "actions": rule_forms.action_fields(request, row.actions if row else {}, "rule"),
        "runs": shown.runs_of(row.pk, actor) if row else [],
        "outcome": shown.outcome,
        "since": monday(now()).date(),
        "tried": None,
    }


def _given(form: Input) -> dict[str, Any]:
    moment = form.choice("moment", telling.MOMENT_LABELS)
    length = form.integer("minutes", least=0, most=100_000) or 0
    unit = form.choice("unit", UNITS, default="minutes")
    return {
        "name": form.text("name", limit=80),
        "active": form.flag("active"),
        "events": [] if moment else form.many("events"),
        "moment": moment,
        "minutes": length * UNITS[unit] if moment else 0,
        "conditions": rule_forms.conditions_given(form),
        "actions": rule_forms.actions_given(form, "rule"),
        "last": form.flag("last"),
        "in_hours": form.flag("in_hours"),
    }


@require_http_methods(["GET", "POST"])
@needs(permissions.CONFIGURE)
@form_page("cases/settings/automation.html", _context, refused=True)
def rule(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    context = _context(request, pk)
    if request.method == "GET":
        return render(request, "cases/settings/automation.html", context)
    form = Input(request)
    given, since, backlog = _given(form), form.day("since"), form.flag("backlog")
    form.done()
    actor, at = actor_of(request), now()
    if "try" in request.POST:
        begins = datetime.combine(since, time(), timezone.get_current_timezone()) if since else monday(at)
        trial = rulebook.fill(rulebook.draft(pk), **{**given, "name": given["name"] or "–"})
        context |= {"tried": tried(trial, actor, since=begins, at=at), "values": request.POST.dict()}
        context["since"] = begins.date()
        return render(request, "cases/settings/automation.html", context)
    made = rulebook.save_rule(rule_id=pk, backlog=backlog, **given, at=at, by=actor)
    said = _("Saved as version %(num)s.") % {"num": made.version}
    return done(request, reverse("cases:rule", args=[made.pk]), said)


@require_POST
@needs(permissions.CONFIGURE)
def rule_place(request: HttpRequest, pk: int) -> HttpResponse:
    up = Input(request).choice("to", ("up", "down"), default="up") == "up"
    rulebook.move_rule(rule_id=pk, up=up, at=now(), by=actor_of(request))
    return done(request, reverse("cases:rules"))


@require_POST
@needs(permissions.CONFIGURE)
def rule_state(request: HttpRequest, pk: int) -> HttpResponse:
    on = Input(request).flag("active")
    rulebook.set_active(rule_id=pk, active=on, at=now(), by=actor_of(request))
    return done(
        request, reverse("cases:rules"), _("It acts from now on.") if on else _("It does nothing any more.")
    )


@require_POST
@needs(permissions.CONFIGURE)
def rule_restoring(request: HttpRequest, pk: int) -> HttpResponse:
    form = Input(request)
    version = form.integer("version", least=1, required=True)
    form.done()
    made = rulebook.restore_rule(rule_id=pk, version=version or 1, at=now(), by=actor_of(request))
    said = _("As in version %(num)s again.") % {"num": version}
    return done(request, reverse("cases:rule", args=[made.pk]), said)
