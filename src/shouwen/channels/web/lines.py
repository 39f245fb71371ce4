"""Settings: connected channels. Each vendor says which fields it has; secrets are typed in or shown once, when made."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.channels import forms, kinds, policies, queries, registry, services
from shouwen.channels.registry import Vendor
from shouwen.channels.web import tending
from shouwen.people import queries as people
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, page, render
from shouwen.platform.web.pages import form_page

PLACE = tending.Place(
    "channels:line",
    "channels:lines",
    gettext_lazy("Connected channels"),
    gettext_lazy("This account now sends what belongs to no other."),
)
FORM = "channels/line.html"
MOST = 4000


def _vendors() -> list[Vendor]:
    return [vendor for vendor in registry.all_vendors() if vendor.fields]


def _address(vendor: str, account_id: int) -> str:
    return f"{settings.PUBLIC_URL}{reverse('channels:hook', args=[vendor, account_id])}"


def _form(request: HttpRequest, vendor: str = "", account_id: int | None = None) -> dict[str, Any]:
    account = queries.account(account_id) if account_id else None
    carrier = registry.get(account.vendor if account else vendor)
    stored = {"name": account.name, "team": account.team_id} if account else {"name": str(carrier.label)}
    return {
        "account": account,
        "vendor": carrier,
        "stored": {**stored, **(account.settings if account else {})},
        "sealed": set(account.secrets) if account else set(),
        "teams": [(str(team.pk), team.name) for team in people.teams()],
        "callback": _address(carrier.code, account.pk) if account else "",
    }


def _given(request: HttpRequest, vendor: Vendor, *, make: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """What was typed, and the secrets we made because nothing was typed."""
    typed = Input(request)
    values: dict[str, Any] = {f.name: request.POST.get(f.name, "")[: MOST + 1] for f in vendor.fields}
    made = {
        f.name: forms.made(f.made) for f in vendor.fields if make and f.made and not values[f.name].strip()
    }
    name, team = typed.text("name", limit=80), typed.ident("team")
    typed.done()
    return {"name": name, "team_id": team, "values": {**values, **made}}, made


@require_GET
@needs(policies.SET_UP)
def index(request: HttpRequest) -> HttpResponse:
    rows = [
        (account, registry.get(account.vendor), kinds.label(account.channel)) for account in queries.lines()
    ]
    return page(request, "channels/lines.html", "list", {"rows": rows, "vendors": _vendors(), "place": PLACE})


@require_http_methods(["GET", "POST"])
@needs(policies.SET_UP)
@form_page(FORM, _form)
def new(request: HttpRequest, vendor: str) -> HttpResponse:
    carrier = registry.get(vendor)
    if request.method != "POST" or not carrier.fields:
        return render(request, FORM, _form(request, vendor))
    given, made = _given(request, carrier, make=True)
    account = services.add_account(vendor=carrier, **given, at=now(), by=actor_of(request))
    return _shown_once(request, account.pk, made)


@require_http_methods(["GET", "POST"])
@needs(policies.SET_UP)
@form_page(FORM, _form)
def edit(request: HttpRequest, account_id: int) -> HttpResponse:
    if request.method != "POST":
        return render(request, FORM, _form(request, account_id=account_id))
    carrier = registry.get(queries.account(account_id).vendor)
    given, _made = _given(request, carrier, make=False)
    services.change_account(account_id=account_id, vendor=carrier, **given, at=now(), by=actor_of(request))
    return done(request, reverse("channels:line", args=[account_id]), _("Saved."))


@require_POST
@needs(policies.SET_UP)
def secret(request: HttpRequest, account_id: int, name: str) -> HttpResponse:
    carrier = registry.get(queries.account(account_id).vendor)
    value = forms.made(next((f.made for f in carrier.fields if f.name == name and f.made), 0))
    if value:
        services.renew_secret(account_id=account_id, name=name, value=value, at=now(), by=actor_of(request))
    return _shown_once(request, account_id, {name: value} if value else {})


def _shown_once(request: HttpRequest, account_id: int, made: dict[str, str]) -> HttpResponse:
    """The page with the secrets on it, this one time: they are kept sealed, and nowhere in the browser."""
    shown = _form(request, account_id=account_id)
    labels = {f.name: f.label for f in shown["vendor"].fields}
    shown["made"] = [(labels[name], value) for name, value in made.items()]
    response = render(request, "channels/line_made.html", shown)
    response["Cache-Control"] = "no-store"
    return response


test, activity, default = tending.views(PLACE)
