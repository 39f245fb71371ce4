"""Templates: ready texts with gaps."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.knowledge import policies, queries, services
from shouwen.knowledge.web.sections import tabs
from shouwen.people import queries as people
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, page, render
from shouwen.platform.web.pages import form_page

FORM = "knowledge/template.html"


def _gaps() -> list[tuple[str, str]]:
    """Each gap with what stands there later."""
    return [
        ("customer_name", _("The customer's name")),
        ("agent_name", _("Your name")),
        ("case_ref", _("The reference of the request")),
        ("promise", _("What was promised, with its time")),
        ("organisation", _("The name of the organisation")),
    ]


@require_GET
@needs("knowledge.read")
def listing(request: HttpRequest) -> HttpResponse:
    by, form = actor_of(request), Input(request, query=True)
    q, sort, language = form.text("q", limit=60), form.text("sort", limit=10), form.text("language", limit=10)
    off = form.flag("off")
    form.done()
    found = queries.listed_templates(by, q=q, sort=sort, language=language, active=not off)
    sorts = queries.sort_choices()
    context = {
        "tabs": tabs("templates"),
        "groups": [(label, [one for one in found if one.sort == code]) for code, label in sorts],
        "found": found,
        "q": q,
        "chosen": {"sort": sort, "language": language, "off": off},
        "sorts": sorts,
        "languages": queries.language_choices(),
        "channels": dict(queries.channel_choices()),
        "may_keep": policies.may_publish(by),
    }
    return page(request, "knowledge/templates.html", "found", context)


def _context(request: HttpRequest, template_id: int | None = None) -> dict[str, Any]:
    found = queries.template(template_id, actor_of(request)) if template_id else None
    return {
        "template": found,
        "sorts": queries.sort_choices(),
        "languages": queries.language_choices(),
        "channels": queries.channel_choices(),
        "teams": [(team.pk, team.name) for team in people.teams()],
        "gaps": [("{{" + code + "}}", label) for code, label in _gaps()],
    }


def _values(request: HttpRequest) -> dict[str, Any]:
    form = Input(request)
    values: dict[str, Any] = {
        "name": form.text("name", limit=80, required=True),
        "body": form.text("body", limit=4000, required=True),
        "sort": form.choice("sort", [code for code, _label in queries.sort_choices()], required=True),
        "language": form.choice("language", ["zh-hans", "en"], required=True),
        "channel": form.choice("channel", [code for code, _label in queries.channel_choices()]),
        "team_id": form.ident("team"),
        "active": form.flag("active"),
    }
    form.done()
    return values


@require_http_methods(["GET", "POST"])
@needs("knowledge.publish")
@form_page(FORM, _context)
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, FORM, _context(request))
    services.save_template(**_values(request), at=now(), by=actor_of(request))
    return done(request, reverse("knowledge:templates"), _("Saved."))


@require_http_methods(["GET", "POST"])
@needs("knowledge.publish")
@form_page(FORM, _context)
def template(request: HttpRequest, template_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, FORM, _context(request, template_id))
    services.save_template(template_id=template_id, **_values(request), at=now(), by=actor_of(request))
    return done(request, reverse("knowledge:templates"), _("Saved."))
