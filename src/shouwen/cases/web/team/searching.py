"""Search everything, and what to type next."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shouwen.cases import permissions
from shouwen.cases.queries import asking, labels, searching
from shouwen.cases.rules.asking import FILTERS, LONGEST
from shouwen.cases.web.questions import drawn, filter_words
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, page


@require_safe
@needs(permissions.SEE)
def search(request: HttpRequest) -> HttpResponse:
    form = Input(request, query=True)
    text, cursor = form.text("q", limit=LONGEST), form.text("cursor", limit=400)
    only = form.choice("in", searching.SORTS)
    form.done()
    actor = actor_of(request)
    found = searching.everything(text, actor, now(), only=only, cursor=cursor or None)
    context = {
        "q": text,
        "only": only,
        "found": found,
        "tones": labels.STATE_TONES,
        "next_url": _with(text, only, found.next_cursor),
        "previous_url": _with(text, only, found.previous_cursor),
        "tabs": [(label, _address(text, code), code == only, None) for code, label in _sorts()],
        "filter_words": filter_words,
        "sees_contacts": actor.can("customers.see_contacts"),
        **drawn(found.asked, lambda rest: _address(rest, only)),
    }
    return page(request, "cases/team/search.html", "results", context)


@require_safe
@needs(permissions.SEE)
def words(request: HttpRequest) -> HttpResponse:
    """What could come next in what is typed, for the list below the field."""
    form = Input(request, query=True)
    text = request.GET.get("q", "")[:LONGEST]
    form.done()
    found = asking.suggestions(text, actor_of(request))
    english = not (get_language() or "zh").startswith("zh")
    spoken = [
        {
            "text": one.text,
            "start": one.start,
            "whole": one.whole,
            "note": (FILTERS[one.note].english if english else FILTERS[one.note].names)[0],
        }
        for one in found
    ]
    return JsonResponse({"suggestions": spoken})


def _sorts() -> list[tuple[str, Any]]:
    return [
        ("", _("Everything")),
        ("cases", _("Cases")),
        ("messages", _("Messages")),
        ("customers", _("Customers")),
        ("colleagues", _("Colleagues")),
        ("articles", _("Articles")),
    ]


def _address(text: str, only: str) -> str:
    asked = {name: value for name, value in (("q", text), ("in", only)) if value}
    return f"{reverse('cases:search')}?{urlencode(asked)}" if asked else reverse("cases:search")


def _with(text: str, only: str, cursor: str | None) -> str | None:
    if not cursor:
        return None
    return f"{_address(text, only)}&{urlencode({'cursor': cursor})}"
