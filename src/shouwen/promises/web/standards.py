"""Standards of the services: what holds now, what is planned, what held before."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwen.platform import ways
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page
from shouwen.promises import policies, queries, services
from shouwen.promises.rules import durations
from shouwen.promises.rules.words import STANDARD_SORTS


@require_safe
@needs(policies.CATALOGUE)
def listed(request: HttpRequest) -> HttpResponse:
    at = now()
    context = {
        "standards": queries.standards(at),
        "past": queries.past_standards(at),
        "span_text": queries.span_text,
        "kinds": queries.KINDS,
        "channels": ways.labels(),
        "at": at,
        "tab": "standards",
    }
    return render(request, "promises/standards.html", context)


def _new(request: HttpRequest) -> dict[str, Any]:
    """An empty form, or one that begins with an item or with the version it is to replace."""
    form = Input(request, query=True)
    based_on, item_id = form.ident("based_on"), form.ident("item")
    standard = queries.standard(based_on) if based_on else None
    typed: dict[str, Any] = {"item_id": str(item_id or "")}
    if standard is not None:
        typed = {
            "item_id": str(standard.item_id or ""),
            "calendar_id": str(standard.calendar_id or ""),
            **{name: getattr(standard, name) for name in ("case_kind", "tier", "channel")},
            **{f"{sort}_seconds": durations.typed(seconds) for sort, seconds in standard.targets},
        }
    return {
        "typed": typed,
        "items": queries.item_choices(),
        "tiers": queries.tier_choices(),
        "kinds": queries.KINDS,
        "channels": ways.labels(),
        "calendars": queries.calendar_choices(),
        "sorts": [(f"{sort}_seconds", queries.sort_label(sort)) for sort in STANDARD_SORTS],
    }


@require_http_methods(["GET", "POST"])
@needs(policies.CATALOGUE)
@form_page("promises/new_standard.html", _new)
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "promises/new_standard.html", _new(request))
    form = Input(request)
    item_id, calendar_id = form.ident("item_id"), form.ident("calendar_id")
    words: dict[str, Any] = {
        "case_kind": form.text("case_kind", limit=30),
        "tier": form.text("tier", limit=1),
        "channel": form.text("channel", limit=20),
    }
    typed = {f"{sort}_seconds": form.text(f"{sort}_seconds", limit=40) for sort in STANDARD_SORTS}
    valid_from = form.moment("valid_from")
    form.done()
    times: dict[str, Any] = {name: durations.seconds(text, name) for name, text in typed.items()}
    made = services.set_standard(
        item_id=item_id,
        calendar_id=calendar_id,
        valid_from=valid_from,
        **words,
        **times,
        at=now(),
        by=actor_of(request),
    )
    home = reverse("promises:item", args=[made.item_id]) if made.item_id else reverse("promises:standards")
    return done(request, home, _("The standard is stated."))


@require_POST
@needs(policies.CATALOGUE)
def end(request: HttpRequest, standard_id: int) -> HttpResponse:
    ended = services.end_standard(standard_id=standard_id, at=now(), by=actor_of(request))
    home = reverse("promises:item", args=[ended.item_id]) if ended.item_id else reverse("promises:standards")
    return done(request, home, _("The standard has ended."))


@require_safe
@needs(policies.CATALOGUE)
def table(request: HttpRequest) -> HttpResponse:
    """Every kind and channel for one item and tier, as it was or will be in force on a day."""
    form = Input(request, query=True)
    item_id = form.ident("item")
    tier = form.choice("tier", [code for code, _label in queries.tier_choices()])
    on = form.moment("on")
    form.done()
    at = on or now()
    labels = ways.labels()
    kinds = queries.KINDS
    context = {
        "rows": queries.matrix(kinds=list(kinds), channels=list(labels), tier=tier, item_id=item_id, at=at),
        "channels": labels,
        "kinds": kinds,
        "items": queries.item_choices(),
        "tiers": queries.tier_choices(),
        "item_id": str(item_id or ""),
        "tier": tier,
        "on_value": timezone.localtime(at).strftime("%Y-%m-%dT%H:%M"),
        "span_text": queries.span_text,
        "sort_label": queries.sort_label,
        "tab": "table",
    }
    return render(request, "promises/standards_by.html", context)
