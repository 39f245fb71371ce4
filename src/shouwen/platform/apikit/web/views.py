"""API tokens: who has which, a new one whose secret is shown once, and the end of one."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.accounts import queries as accounts
from shouwen.platform.apikit import kit, queries, services
from shouwen.platform.web import Input, done, paginate, render
from shouwen.platform.web.pages import form_page

LIVES = (30, 90, 365)  # days a token may be good for, beside for ever
MOST_SCOPES = 100


def _context(request: HttpRequest) -> dict[str, Any]:
    people = accounts.sign_ins()
    return {
        "page": paginate(queries.tokens(), cursor=request.GET.get("cursor"), limit=30),
        "people": [(one.username, f"{one.name} ({one.username})") for one in people],
        "scopes": [(code, f"{label} ({code})") for code, label in sorted(kit.scopes().items())],
        "lives": [(str(days), _("%(days)s days") % {"days": days}) for days in LIVES],
        "at": now(),
        "secret": "",
    }


@require_http_methods(["GET", "POST"])
@needs("apikit.manage")
@form_page("apikit/tokens.html", _context)
def tokens(request: HttpRequest) -> HttpResponse:
    return (
        _made(request)
        if request.method == "POST"
        else render(request, "apikit/tokens.html", _context(request))
    )


def _made(request: HttpRequest) -> HttpResponse:
    """The page with the secret on it, this one time: it is kept nowhere, not even in the browser's memory."""
    form, at = Input(request), now()
    username = form.text("user", required=True)
    label = form.text("label", limit=80, required=True)
    scopes = form.many("scope", most=MOST_SCOPES)
    days = form.choice("days", [str(days) for days in LIVES])
    form.done()
    expires_at = at + timedelta(days=int(days)) if days else None
    _token, secret = services.create_token(
        username=username, scopes=scopes, label=label, expires_at=expires_at, at=at, by=actor_of(request)
    )
    response = render(request, "apikit/tokens.html", {**_context(request), "secret": secret})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@needs("apikit.manage")
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    services.revoke(token_id=token_id, at=now(), by=actor_of(request))
    return done(request, reverse("apikit:tokens"), _("The token opens nothing any more."))
