"""My own settings: how I am called, language, zone, theme, presence, limits, help."""

from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.people import queries, rules, services
from shouwen.platform.access import actor_of, now, staff_only
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page

REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """Time zones by part of the world."""
    known = sorted(available_timezones())
    return [
        (region, [(zone, zone.replace("_", " ")) for zone in known if zone.startswith(f"{region}/")])
        for region in REGIONS
    ]


def _me_context(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    staff = queries.staff(actor.user_id or 0)
    return {
        "staff": staff,
        "photo": queries.photo_link(staff),
        "zones": [*zones(), ("UTC", [("UTC", "UTC")])],
        "languages": settings.LANGUAGES,
        "themes": [("system", _("Like the device")), ("light", _("Light")), ("dark", _("Dark"))],
        "presences": queries.presence_choices(),
        "call": queries.open_call_of(actor.user_id or 0),
    }


@require_http_methods(["GET", "POST"])
@staff_only
@form_page("people/me.html", _me_context)
def me(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "people/me.html", _me_context(request))
    form, actor = Input(request), actor_of(request)
    values = {
        "name": form.text("name", limit=80, required=True),
        "language": form.text("language", limit=10, required=True),
        "zone": form.text("zone", limit=60, required=True),
        "theme": form.text("theme", limit=10, required=True),
    }
    form.done()
    services.set_preferences(staff_id=actor.user_id or 0, **values, at=now(), by=actor)
    return done(request, reverse("people:me"), _("Saved."))


@require_POST
@staff_only
def presence(request: HttpRequest) -> HttpResponse:
    form, actor = Input(request), actor_of(request)
    wanted, note = form.choice("state", rules.PRESENCES, required=True), form.text("note", limit=80)
    form.done()
    services.set_presence(staff_id=actor.user_id or 0, presence=wanted, note=note, at=now(), by=actor)
    return done(request, reverse("people:me"))


@require_POST
@staff_only
@form_page("people/me.html", _me_context)
def limits(request: HttpRequest) -> HttpResponse:
    form, actor = Input(request), actor_of(request)
    text = form.text("limits", limit=400)
    hard = form.integer("hard_limit", least=1, most=rules.MOST_HARD)
    form.done()
    services.set_limits(staff_id=actor.user_id or 0, limits=text, hard_limit=hard, at=now(), by=actor)
    return done(request, reverse("people:me"), _("Saved. Your colleagues see your limits on your page."))


@require_POST
@staff_only
@form_page("people/me.html", _me_context)
def photo(request: HttpRequest) -> HttpResponse:
    form, actor = Input(request), actor_of(request)
    sent = form.files("photo")
    if not sent:
        form.fail("photo", _("Choose a picture."))
    form.done()
    services.set_photo(staff_id=actor.user_id or 0, content=sent[0].read(), at=now(), by=actor)
    return done(request, reverse("people:me"), _("Saved."))


@require_POST
@staff_only
def photo_removal(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    services.remove_photo(staff_id=actor.user_id or 0, at=now(), by=actor)
    return done(request, reverse("people:me"), _("The photo is gone."))


@require_POST
@staff_only
def help_asked(request: HttpRequest) -> HttpResponse:
    form, actor = Input(request), actor_of(request)
    words = form.text("words", limit=200)
    form.done()
    services.ask_for_help(staff_id=actor.user_id or 0, words=words, at=now(), by=actor)
    return done(request, reverse("people:me"), _("Your colleagues have been told. Take a breath."))


@require_POST
@staff_only
def help_withdrawn(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    services.withdraw_help(staff_id=actor.user_id or 0, at=now(), by=actor)
    return done(request, reverse("people:me"), _("Taken back. Nobody needs to come."))
