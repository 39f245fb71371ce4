"""Search everything."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shouwen.cases import permissions
from shouwen.cases.queries import labels, searching
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, page


@require_safe
@needs(permissions.SEE)
def search(request: HttpRequest) -> HttpResponse:
    form = Input(request, query=True)
    text, cursor = form.text("q", limit=300), form.text("cursor", limit=400)
    form.done()
    found = searching.everything(text, actor_of(request), now(), cursor=cursor or None)
    base = reverse("cases:search")
    chosen = found.chosen
    kept = {
        "view": "all",
        "q": found.asked.words,
        "kind": chosen.kind,
        "channel": chosen.channel,
        "tier": chosen.tier,
        "state": chosen.state,
        "priority": chosen.priority,
        "tag": chosen.tag,
        "owner": chosen.owner_id,
    }
    context = {
        "q": text,
        "found": found,
        "tones": labels.STATE_TONES,
        "next_url": _with(base, text, found.next_cursor),
        "previous_url": _with(base, text, found.previous_cursor),
        "kept": {name: value for name, value in kept.items() if value},
        "examples": [
            _("state:open"),
            _("channel:phone"),
            _("customer:Zhang"),
            _("kind:complaint"),
            _("tier:A"),
        ],
    }
    return page(request, "cases/team/search.html", "results", context)


def _with(base: str, text: str, cursor: str | None) -> str | None:
    return f"{base}?{urlencode({'q': text, 'cursor': cursor})}" if cursor else None
