"""Many cases at once: one verb for all chosen, what was refused told by name, and the way back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.cases import permissions, services
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.faults import sentence, wants_json
from shouwen.platform.web.pages import safe_next

VERBS = ("take", "tag", "priority", "untag", "weigh")
MOST = 200
TOLD = 3  # more refusals than this are counted
BACK = {"tag": "untag", "priority": "weigh"}


@require_POST
@needs(permissions.WORK)
def bulk(request: HttpRequest) -> HttpResponse:
    """A script sends a few at a time and gets JSON; a plain form gets a page that offers the way back."""
    verb, fields, run = _asked(request)
    outcome = run()
    refused = [f"{ref}: {sentence(fault.sentence)}" for ref, fault in outcome.refused]
    if wants_json(request):
        return JsonResponse({"done": outcome.done, "refused": refused, "undo": outcome.undo})
    more = len(refused) - TOLD
    told = "; ".join([*refused[:TOLD], *([_("and %(num)s more") % {"num": more}] if more > 0 else [])])
    said = f"{_('%(count)s changed.') % {'count': outcome.done}} {told}".strip()
    home = reverse("cases:inbox")
    if verb not in BACK or not outcome.undo:
        return done(request, home, said)
    context = {
        "said": said,
        "verb": BACK[verb],
        "undo": outcome.undo,
        "fields": fields,
        "next": safe_next(request, home),
    }
    return render(request, "cases/bulk_done.html", context)


def _asked(request: HttpRequest) -> tuple[str, dict[str, str], Callable[[], services.Outcome]]:
    """The verb, what belongs to its undoing, and what does it."""
    form, actor, at = Input(request), actor_of(request), now()
    verb = form.choice("verb", VERBS, required=True)
    tag = form.text("tag", limit=40, required=verb in {"tag", "untag"})
    level = form.integer("priority", least=1, most=4, required=verb == "priority")
    before = form.many("cases", most=MOST) if verb == "weigh" else []
    ids = [] if verb == "weigh" else form.idents("cases", most=MOST)
    form.done()
    impact, urgency = services.WEIGHTS[level or 3]
    one: dict[str, Callable[..., Any]] = {
        "take": partial(services.take, at=at, by=actor),
        "tag": partial(services.tag_one, tag=tag, at=at, by=actor),
        "untag": partial(services.untag_one, tag=tag, at=at, by=actor),
        "priority": partial(services.prioritise_one, impact=impact, urgency=urgency, at=at, by=actor),
    }
    if verb == "weigh":
        return verb, {}, partial(services.weigh_again, before, at=at, by=actor)
    return verb, ({"tag": tag} if tag else {}), partial(services.each_of, ids, one[verb])
