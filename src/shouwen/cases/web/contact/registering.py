"""Registering a contact: one page, under a minute. Whoever was asked owns it."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.cases import permissions, services
from shouwen.cases.queries import callers, labels
from shouwen.cases.rules.registering import Caller, Contact, Expected, Promised
from shouwen.cases.web.contact import own_fields
from shouwen.channels import kinds as channels
from shouwen.channels import sheets
from shouwen.customers import queries as customers
from shouwen.kernel.references import parse
from shouwen.platform.access import Actor, actor_of, needs, now
from shouwen.platform.web import Input, done, page, render, render_part
from shouwen.platform.web.pages import form_page
from shouwen.promises import queries as promises

MINUTES = (10, 30, 60, 120)


def _channels() -> list[tuple[str, Any, str]]:
    return [(code, labels.CHANNELS[code], labels.CHANNEL_ICONS[code]) for code in channels.by_hand()]


def _caller(request: HttpRequest, who: str, customer_id: int | None) -> dict[str, Any]:
    """What is known about who asks: one card, several to choose from, or a new one."""
    sure = callers.sure(who) if who and not customer_id else None
    chosen = customer_id or (sure.pk if sure else None)
    return {
        "who": who,
        "card": callers.card(chosen, actor_of(request), now()) if chosen else None,
        "found": callers.found(who) if who and not chosen else [],
        "guess": callers.guess(who) if who else {},
        "customer_kinds": customers.kind_choices(),
    }


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _context(request: HttpRequest) -> dict[str, Any]:
    given = request.POST if request.method == "POST" else request.GET
    channel = given.get("channel", "phone")
    sheet = sheets.opened(channel, given.dict(), actor_of(request))
    who = given.get("who", "") or given.get("phone", "") or str(sheet["who"])
    return {
        **_caller(request, who.strip()[:100], _number(given.get("customer", "")) or sheet["customer"]),
        "sheets": sheet["sheets"],
        "values": {"about": sheet["about"]},
        **_times(given.get("promise", "")),
        "channel": channel,
        "channel_choices": labels.channel_choices(channels.by_hand()),
        "kinds": labels.kind_choices(),
        "own_fields": own_fields.shown(request),
        "sorts": promises.expectation_sorts(),
    }


def _times(text: str) -> dict[str, Any]:
    """The time a promise's words say, and a few to choose from."""
    at, text = now(), text[:400]
    found = promises.find_promises(text, at, zone=timezone.get_current_timezone_name()) if text else []
    return {"promise_said": text, "promise_found": found[0] if found else None, "minutes": MINUTES}


@require_http_methods(["GET", "POST"])
@needs(permissions.WORK)
@form_page("cases/contact/register.html", _context, refused=True)
def register(request: HttpRequest) -> HttpResponse:
    """Without a channel the channels to choose from; with one the page."""
    if request.method == "GET":
        if not request.GET.get("channel"):
            return page(request, "cases/contact/channels.html", "chooser", {"channels": _channels()})
        return render(request, "cases/contact/register.html", _context(request))
    if "look" in request.POST:  # without JavaScript the look-up is a button of the form
        values = request.POST.dict()
        return render(request, "cases/contact/register.html", {**_context(request), "values": values})
    form = Input(request)
    contact = _contact(form, actor_of(request))
    uploads = [services.Upload(file.name or "", file.size or 0, file) for file in form.files("attachments")]
    form.done()
    case = services.take_down(contact=contact, uploads=uploads, at=now(), by=actor_of(request))
    sentence = _("Written down as %(ref)s. You own it.") % {"ref": case.reference}
    return done(request, reverse("cases:case", args=[case.reference]), sentence)


def _contact(form: Input, by: Actor) -> Contact:
    channel = form.choice("channel", channels.by_hand(), required=True)
    kind = form.choice("kind", [code for code, _label in labels.kind_choices()])
    customer_id = _number(form.text("customer"))
    about = form.text("about", limit=40)
    sorts = [code for code, _label in promises.expectation_sorts()]
    if about and parse(about) is None:
        form.fail("about", _("There is no such case."))
    return Contact(
        channel=channel,
        caller=_who(form, customer_id),
        said=form.text("said", limit=20_000, required=True),
        subject=form.text("subject", limit=200),
        kind=kind,
        asset_id=form.ident("asset"),
        about=parse(about) if about else None,
        fields=own_fields.given(form, kind),
        understood=form.text("understood", limit=4000),
        agreed=form.flag("agreed"),
        expected=Expected(
            form.text("expectation", limit=2000),
            form.choice("expectation_sort", sorts),
            form.text("expectation_managed", limit=2000),
        ),
        promised=_promised(form),
        call=sheets.read(channel, form, by),
    )


def _promised(form: Input) -> Promised:
    """A chosen time counts; then a length of time from now; else the service reads the words."""
    minutes = form.choice("promise_in", [str(some) for some in MINUTES])
    due = form.moment("promise_due") or (now() + timedelta(minutes=int(minutes)) if minutes else None)
    return Promised(form.text("promise", limit=400), due)


def _who(form: Input, customer_id: int | None) -> Caller:
    """A new customer's fields; what was typed into the search stands in for an empty name."""
    guessed = callers.guess(form.text("who", limit=100))
    caller = Caller(
        customer_id,
        form.text("name", limit=120, default=guessed.get("name", "")),
        form.choice("customer_kind", [code for code, _label in customers.kind_choices()], default="person"),
        form.text("phone", limit=40, default=guessed.get("phone", "")),
        form.text("email", limit=254, default=guessed.get("email", "")),
    )
    if customer_id is None and not (caller.name or caller.phone or caller.email):
        form.fail("who", _("Say who asks: a name, a mail address or a number."))
    return caller


@require_GET
@needs(permissions.WORK)
def lookup(request: HttpRequest) -> HttpResponse:
    """The part about who asks, while a number or a name is typed."""
    form = Input(request, query=True)
    who, customer_id = form.text("who", limit=100), form.ident("customer")
    form.done()
    return render_part(request, "cases/contact/register.html", "caller", _caller(request, who, customer_id))


@require_GET
@needs(permissions.WORK)
def promise(request: HttpRequest) -> HttpResponse:
    """When the words of a promise say it will be kept."""
    text = Input(request, query=True).text("promise", limit=400)
    return render_part(request, "cases/contact/register.html", "found_time", _times(text))
