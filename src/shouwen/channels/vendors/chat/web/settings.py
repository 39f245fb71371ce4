"""Settings: the chats of our web sites, with the line to paste and the window itself as a preview."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.channels import policies, registry, services
from shouwen.channels.vendors.chat import queries, rules
from shouwen.people import queries as people
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page

FORM = "channels/chat/account.html"
DAYS = "1234567"


@require_GET
@needs(policies.SET_UP)
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "channels/chat/accounts.html", {"accounts": queries.listed(now())})


def _form(request: HttpRequest, account_id: int | None = None) -> dict[str, Any]:
    account = queries.one(account_id) if account_id else None
    stored = {**account.settings, "name": account.name, "team": account.team_id} if account else {}
    days = request.POST.getlist("days") if request.method == "POST" else stored.get("days", [])
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    script = reverse("channels:chat-script", args=[account.address]) if account else ""
    return {
        "account": account,
        "stored": {**stored, "sites": "\n".join(stored.get("sites", []))},
        "teams": [(str(team.pk), team.name) for team in people.teams()],
        "skills": [(skill.code, skill.name) for skill in people.skills()],
        "days": list(zip(DAYS, names, strict=True)),
        "chosen_days": days,
        "base": settings.PUBLIC_URL,
        "snippet": f'<script src="{settings.PUBLIC_URL}{script}" async></script>',
        "language": get_language(),
    }


def _values(request: HttpRequest) -> dict[str, Any]:
    form = Input(request)
    texts = ("colour", "from", "to", "side", "skill", "title", "greeting", "away")
    values: dict[str, Any] = {name: form.text(name, limit=1000) for name in texts}
    values |= {f"ask_{name}": form.text(f"ask_{name}") for name in rules.ASKED}
    values |= {"sites": form.text("sites", limit=10_000), "days": form.many("days", most=7)}
    values["at_once"] = form.integer("at_once", required=True)
    name, team = form.text("name", limit=80, required=True), form.ident("team")
    form.done()
    return {"name": name, "team_id": team, "values": values}


@needs(policies.SET_UP)
@form_page(FORM, _form)
def new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, FORM, _form(request))
    account = services.add_account(
        vendor=registry.get("chat"), **_values(request), at=now(), by=actor_of(request)
    )
    to = reverse("channels:chat-edit", args=[account.pk])
    return done(request, to, _("The chat is ready. Paste the line into your site."))


@needs(policies.SET_UP)
@form_page(FORM, _form)
def edit(request: HttpRequest, account_id: int) -> HttpResponse:
    if request.method != "POST":
        return render(request, FORM, _form(request, account_id))
    vendor = registry.get(queries.one(account_id).vendor)
    services.change_account(
        account_id=account_id, vendor=vendor, **_values(request), at=now(), by=actor_of(request)
    )
    return done(request, reverse("channels:chat-edit", args=[account_id]), _("Saved."))


@require_POST
@needs(policies.SET_UP)
def activity(request: HttpRequest, account_id: int) -> HttpResponse:
    on = Input(request).flag("active")
    services.set_active(account_id=queries.one(account_id).pk, active=on, at=now(), by=actor_of(request))
    return done(request, reverse("channels:chats"), _("Switched on.") if on else _("Switched off."))
