"""Settings: safety guidance and who is told by kind of threat, and how notices and warnings are said."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from shouwen.complaints import policies, queries, services
from shouwen.complaints.queries import abuse, choices, threats
from shouwen.complaints.rules.threats import LONGEST_MINUTES
from shouwen.complaints.web.forms import FORM, Field, read
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import done, render
from shouwen.platform.web.pages import form_page


@require_safe
@needs(policies.CONFIGURE)
def setup(request: HttpRequest) -> HttpResponse:
    rows = threats.settings()
    context = {
        "rows": rows,
        "names": queries.names_of({pk for one in rows for pk in one.staff_ids}),
        "templates": abuse.templates(),
    }
    return render(request, "complaints/threats/setup.html", context)


def _page(title: Any, fields: list[Field], subject: tuple[str, int], lead: Any) -> dict[str, Any]:
    here = reverse("complaints:threat-setup")
    return {
        "deed": {"title": title, "button": _("Save"), "icon": "settings-2", "lead": lead},
        "complaint": None,
        "fields": fields,
        "back": here,
        "trail": [(_("Settings"), reverse("ui:settings")), (_("Threats and abuse"), here)],
        "history_of": subject,
    }


def _kind(request: HttpRequest, kind: str) -> dict[str, Any]:
    one = threats.setting_of(kind)
    fields = [
        Field("zh", _("Guidance in Chinese"), "area", one.zh, True, limit=8000, rows=7, help=_("One thing to do a line.")),
        Field("en", _("Guidance in English"), "area", one.en, True, limit=8000, rows=7),
        Field("minutes", _("Tell again after so many minutes"), "number", one.minutes, True, least=0,
              most=LONGEST_MINUTES, help=_("By the clock, also at night. 0: only once.")),
        Field("staff_ids", _("Who is told at once"), "idents", one.staff_ids, choices=choices.colleagues(),
              help=_("Nobody chosen: the team's supervisors and the chief service managers.")),
    ]  # fmt: skip
    return _page(one.get_kind_display(), fields, one.subject, _("Shown to whoever is there when it happens."))


@require_http_methods(["GET", "POST"])
@needs(policies.CONFIGURE)
@form_page(FORM, _kind)
def kind(request: HttpRequest, kind: str) -> HttpResponse:
    known = _kind(request, kind)
    if request.method == "GET":
        return render(request, FORM, known)
    given = read(request, known["fields"])
    services.set_threat(kind=kind, **given, at=now(), by=actor_of(request))
    return done(request, known["back"], _("Saved."))


def _template(request: HttpRequest, template_id: int) -> dict[str, Any]:
    one = abuse.template(template_id)
    gaps = _("{customer} {reference} {agent} {ways} are filled in.")
    fields = [
        Field("text", _("What the customer is told"), "area", one.text, True, limit=4000, rows=6, help=gaps)
    ]
    return _page(
        one.get_step_display(), fields, one.subject, _("Polite and firm: what hurts, and what happens next.")
    )


@require_http_methods(["GET", "POST"])
@needs(policies.CONFIGURE)
@form_page(FORM, _template)
def template(request: HttpRequest, template_id: int) -> HttpResponse:
    known = _template(request, template_id)
    if request.method == "GET":
        return render(request, FORM, known)
    given = read(request, known["fields"])
    services.save_abuse_template(template_id=template_id, **given, at=now(), by=actor_of(request))
    return done(request, known["back"], _("Saved."))


urlpatterns = [
    path("settings/threats/", setup, name="threat-setup"),
    path("settings/threats/<slug:kind>/", kind, name="threat-setting"),
    path("settings/threats/wordings/<int:template_id>/", template, name="abuse-template"),
]
