"""Settings: rules that read a new contact, with a try on what really came in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.cases import permissions, queries
from shouwen.cases.queries import labels, trying
from shouwen.cases.services import configuring
from shouwen.kernel.errors import NotFound
from shouwen.people import queries as people
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page

IMPACTS = (
    ("1", gettext_lazy("Many people or safety")),
    ("2", gettext_lazy("One customer's work")),
    ("3", gettext_lazy("A small thing")),
)
URGENCIES = (("1", gettext_lazy("Now")), ("2", gettext_lazy("Today")), ("3", gettext_lazy("It can wait")))


def _rule(pk: int | None) -> Any:
    found = trying.rule(pk) if pk is not None else None
    if pk is not None and found is None:
        raise NotFound(_("There is no such rule."))
    return found


def _context(request: HttpRequest, pk: int | None = None) -> dict[str, Any]:
    return {
        "rule": _rule(pk),
        "channels": labels.channel_choices(),
        "tiers": [(letter, letter) for letter in "ABCD"],
        "kinds": [(code, queries.kind_label(code)) for code in queries.kinds()],
        "impacts": IMPACTS,
        "urgencies": URGENCIES,
        "teams": [(team.pk, team.name) for team in people.teams()],
        "tried": None,
    }


def _given(form: Input) -> dict[str, Any]:
    return {
        "words": form.text("words", limit=5000),
        "channels": form.many("channels"),
        "tiers": form.many("tiers"),
        "kind": form.text("kind", limit=30),
        "impact": form.integer("impact", least=1, most=3),
        "urgency": form.integer("urgency", least=1, most=3),
        "team_id": form.ident("team"),
        "tags": form.text("tags", limit=600),
    }


@require_http_methods(["GET", "POST"])
@needs(permissions.CONFIGURE)
@form_page("cases/settings/rule.html", _context, refused=True)
def rule(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    context, actor = _context(request, pk), actor_of(request)
    if request.method == "GET":
        return render(request, "cases/settings/rule.html", context)
    form = Input(request)
    name, active, given = form.text("name", limit=80), form.flag("active"), _given(form)
    form.done()
    if "try" in request.POST:
        draft = configuring.fill_rule(configuring.draft(pk), **given)
        typed = {**request.POST.dict(), "channels": given["channels"], "tiers": given["tiers"]}
        context |= {"tried": trying.tried(draft, actor), "values": typed}
        return render(request, "cases/settings/rule.html", context)
    configuring.save_rule(rule_id=pk, name=name, active=active, **given, at=now(), by=actor)
    return done(request, reverse("cases:kinds") + "#rules", _("Saved. It reads the next contact."))


@require_POST
@needs(permissions.CONFIGURE)
def rule_place(request: HttpRequest, pk: int) -> HttpResponse:
    up = Input(request).choice("to", ("up", "down"), default="up") == "up"
    configuring.move_rule(rule_id=pk, up=up, at=now(), by=actor_of(request))
    return done(request, reverse("cases:kinds") + "#rules")
