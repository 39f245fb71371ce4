"""Settings: mailboxes. Passwords are typed in and never shown again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shouwen.channels import policies, queries, registry, services
from shouwen.channels.web import tending
from shouwen.people import queries as people
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, page, render
from shouwen.platform.web.pages import form_page

PLACE = tending.Place(
    "channels:mailbox",
    "channels:mailboxes",
    gettext_lazy("Mailboxes"),
    gettext_lazy("This mailbox now sends what belongs to no other."),
)
FORM = "channels/mailbox.html"
VENDOR = "email"
FIELDS = (
    "address", "from_name", "signature", "receive", "send",
    "imap_host", "imap_port", "imap_security", "imap_user", "imap_password", "imap_folder", "imap_after",
    "imap_move_to", "imap_verify", "poll_seconds",
    "smtp_host", "smtp_port", "smtp_security", "smtp_user", "smtp_password", "smtp_verify",
)  # fmt: skip


def _form(request: HttpRequest, account_id: int | None = None) -> dict[str, Any]:
    account = queries.account(account_id) if account_id else None
    stored = {"name": account.name, "address": account.address, "team": account.team_id} if account else {}
    return {
        "account": account,
        "stored": {**(account.settings if account else {}), **stored},
        "sealed": set(account.secrets) if account else set(),
        "teams": [(str(team.pk), team.name) for team in people.teams()],
    }


def _values(request: HttpRequest) -> dict[str, Any]:
    typed = Input(request)
    # a password may begin or end with a blank, so it is taken as it is
    values: dict[str, Any] = {
        field: request.POST.get(field, "") if "password" in field else typed.text(field, limit=1000)
        for field in FIELDS
    }
    name, team = typed.text("name", limit=80), typed.ident("team")
    typed.done()
    return {"name": name, "team_id": team, "values": values}


@require_GET
@needs(policies.SET_UP)
def index(request: HttpRequest) -> HttpResponse:
    return page(
        request, "channels/mailboxes.html", "list", {"accounts": queries.accounts("email"), "place": PLACE}
    )


@needs(policies.SET_UP)
@form_page(FORM, _form)
def new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, FORM, _form(request))
    vendor = registry.get(VENDOR)
    account = services.add_account(vendor=vendor, **_values(request), at=now(), by=actor_of(request))
    return done(
        request,
        reverse("channels:mailbox", args=[account.pk]),
        _("The mailbox has been set up. Test it now."),
    )


@needs(policies.SET_UP)
@form_page(FORM, _form)
def edit(request: HttpRequest, account_id: int) -> HttpResponse:
    if request.method != "POST":
        return render(request, FORM, _form(request, account_id))
    vendor = registry.get(queries.account(account_id).vendor)
    services.change_account(
        account_id=account_id, vendor=vendor, **_values(request), at=now(), by=actor_of(request)
    )
    return done(request, reverse("channels:mailbox", args=[account_id]), _("Saved."))


test, activity, default = tending.views(PLACE)
