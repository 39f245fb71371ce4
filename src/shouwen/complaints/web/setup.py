"""Settings: the path, the authority matrix, the policy library, explanations, budgets."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from shouwen.complaints import policies, queries, services
from shouwen.complaints.queries import choices
from shouwen.complaints.web.forms import FORM, Field, read
from shouwen.kernel.money import Money
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import done, render
from shouwen.platform.web.pages import form_page

SAVE = _("Save")


@require_safe
@needs(policies.CONFIGURE)
def setup(request: HttpRequest) -> HttpResponse:
    roles = dict(choices.roles())
    context = {
        "stages": queries.stage_settings(),
        "roles": roles,
        "remedies": [one for one in choices.REMEDIES if one[0] != "apology"],
        "matrix": {(one.role, one.remedy): one for one in queries.limits()},
        "bases": queries.bases(),
        "today": now().date(),
        "templates": queries.explanation_templates(),
        "months": queries.month_sums(now()),
        "money": lambda amount: Money(amount).format(),
    }
    return render(request, "complaints/setup.html", context)


@dataclass(frozen=True)
class Setting:
    """One form of the settings, on the row its address names."""

    name: str
    address: str
    title: Any
    act: Callable[..., Any]
    fields: Callable[..., list[Field]]
    subject: str = ""
    row: str = ""
    lead: Any = ""
    anchor: str = ""
    button: Any = SAVE
    icon: str = "settings-2"


def _context(setting: Setting, request: HttpRequest, **ids: Any) -> dict[str, Any]:
    return {
        "deed": setting,
        "complaint": None,
        "fields": setting.fields(**ids),
        "back": reverse("complaints:setup") + setting.anchor,
        "history_of": (setting.subject, ids[setting.row]) if setting.row and setting.row in ids else None,
    }


def _show(setting: Setting, request: HttpRequest, **ids: Any) -> HttpResponse:
    known = _context(setting, request, **ids)
    if request.method == "GET":
        return render(request, FORM, known)
    setting.act(**ids, **read(request, known["fields"]), at=now(), by=actor_of(request))
    return done(request, known["back"], _("Saved."))


def pattern(setting: Setting) -> URLPattern:
    shown = form_page(FORM, partial(_context, setting))(partial(_show, setting))
    view = require_http_methods(["GET", "POST"])(needs(policies.CONFIGURE)(shown))
    return path(f"settings/complaints/{setting.address}", view, name=setting.name)


def _stage(stage: str) -> list[Field]:
    one = queries.stage_setting(stage)
    return [
        Field(
            "minutes",
            _("Working minutes it may take"),
            "number",
            one.minutes,
            True,
            help=_("480 are a working day of eight hours. 0: no clock."),
        ),
        Field("roles", _("Who may pass it"), "checks", one.roles, choices=choices.roles()),
    ]


def _yuan(amount: int) -> str:
    return str(Money(amount).decimal()) if amount else ""


def _limit(role: str, remedy: str) -> list[Field]:
    one = next((row for row in queries.limits(remedy) if row.role == role), None)
    return [
        Field("each", _("At once (yuan)"), "money", _yuan(one.each) if one else "", True),
        Field("together", _("Altogether (yuan)"), "money", _yuan(one.together) if one else "", True),
        Field("period", _("Period"), "radios", one.period if one else "month", True, choices.PERIODS),
    ]


def _basis(basis_id: int | None = None) -> list[Field]:
    one = queries.basis(basis_id) if basis_id is not None else None
    return [
        Field("sort", _("Sort"), "radios", one.sort if one else "policy", True, choices.BASIS_SORTS),
        Field("title", _("Name of the entry"), value=one.title if one else "", required=True, limit=160),
        Field("source", _("Source"), value=one.source if one else "", required=True),
        Field("clause", _("Clause"), value=one.clause if one else "", limit=80),
        Field("text", _("What it says, in our own words"), "area", one.text if one else "", True, limit=6000, rows=6),
        Field("valid_from", _("Valid from"), "day", one.valid_from.isoformat() if one else "", True),
        Field("valid_to", _("Valid to (empty: until further notice)"), "day",
              one.valid_to.isoformat() if one and one.valid_to else ""),
        Field("active", _("In use"), "flag", one.active if one else True),
    ]  # fmt: skip


def _template(template_id: int) -> list[Field]:
    one = queries.explanation_template(template_id)
    return [
        Field(
            "text",
            _("What the customer is told"),
            "area",
            one.text,
            True,
            limit=8000,
            rows=8,
            help=_("{customer} {reference} {reasons} {bases} {agent} are filled in."),
        ),
        Field("hint", _("Hint for who writes"), "area", one.hint, limit=2000),
    ]


def _budget() -> list[Field]:
    return [
        Field("month", _("Any day of the month"), "day", required=True),
        Field("amount", _("Budget (yuan)"), "money", required=True),
    ]


SETTINGS = (
    Setting(
        "stage", "stages/<slug:stage>/", _("Clock and passing of a stage"), services.set_stage, _stage,
        anchor="#stages",
    ),
    Setting(
        "limit", "authority/<slug:role>/<slug:remedy>/", _("Authority limit"), services.set_limit, _limit,
        lead=_("Zero takes the authority away. Nobody can grant more than this, by no way at all."),
        anchor="#authority",
    ),
    Setting(
        "basis-new", "policies/new/", _("New entry of the policy library"), services.save_basis, _basis,
        anchor="#policies",
    ),
    Setting(
        "basis", "policies/<int:basis_id>/", _("Entry of the policy library"), services.save_basis, _basis,
        subject="basis", row="basis_id", anchor="#policies",
    ),
    Setting(
        "explanation-template", "explanations/<int:template_id>/", _("How a decision is explained"),
        services.save_template, _template, subject="explanation_template", row="template_id",
        anchor="#explanations",
    ),
    Setting(
        "budget", "budget/", _("Budget of a month"), services.set_budget, _budget, anchor="#budget",
    ),
)  # fmt: skip
