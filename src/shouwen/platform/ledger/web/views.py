"""Who got in and who may do what, what was set up by whom, and a person's own sign-ins."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwen.platform.access import actor_of, needs, staff_only
from shouwen.platform.accounts import queries as accounts
from shouwen.platform.ledger import history
from shouwen.platform.ledger.books import AUDIT, SETTINGS
from shouwen.platform.web import Input, render


@require_GET
@needs("ledger.audit")
def audit(request: HttpRequest) -> HttpResponse:
    form = Input(request, query=True)
    person, before = form.ident("person"), form.ident("before")
    form.done()
    context = {
        "title": _("Sign-ins and rights"),
        "sub": _("Who got in, who did not, and who may do what since when"),
        "shown": history.entries(("login", person) if person else (AUDIT, 0), before=before),
        "people": [(one.pk, f"{one.name} ({one.username})") for one in accounts.sign_ins()],
        "person": person,
    }
    return render(request, "ledger/audit.html", context)


@require_GET
@needs("ledger.settings")
def settings_history(request: HttpRequest) -> HttpResponse:
    form = Input(request, query=True)
    before = form.ident("before")
    form.done()
    context = {
        "title": _("History of the settings"),
        "sub": _("Who changed what, when, and what it was before"),
        "shown": history.entries((SETTINGS, 0), before=before),
        "people": None,
        "person": None,
    }
    return render(request, "ledger/audit.html", context)


@require_GET
@staff_only
def own(request: HttpRequest) -> HttpResponse:
    form = Input(request, query=True)
    before = form.ident("before")
    form.done()
    shown = history.entries(("login", actor_of(request).user_id or 0), before=before)
    return render(request, "ledger/own.html", {"shown": shown})
