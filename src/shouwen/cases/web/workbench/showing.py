"""The page of a case, whole or as a part, and what every write on it ends in."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from shouwen.cases import queries
from shouwen.cases.web.workbench import drawing
from shouwen.cases.web.workbench.listing import of_case
from shouwen.cases.web.workbench.signs import Signs
from shouwen.cases.web.workbench.words import (
    CHANNELS,
    EXPECTATION_TONES,
    HOWS,
    PRIORITIES,
    SPOKEN,
    STATE_TONES,
    STATES,
    TASK_TONES,
)
from shouwen.platform import frame, live, preferences
from shouwen.platform.access import Actor, actor_of, now
from shouwen.platform.web import Input, render_part
from shouwen.platform.web.pages import safe_next, wants_part

WORKBENCH = "cases/workbench.html"


def detail(request: HttpRequest, ref: str, actor: Actor, at: datetime, **more: Any) -> dict[str, Any]:
    """The context of a case's page. `since` in the address: the message an open page begins with."""
    given = Input(request, query=True)
    since = given.ident("since") or 0
    page = queries.case_page(ref, actor, at, since=since)
    return {
        "page": page,
        "case": page.case,
        "ref": page.case.reference,
        "since": since or page.story.first_message,
        "case_token": live.token(actor, [*frame.live_topics(actor), f"case:{page.case.pk}"]),
        "signs": Signs(),
        "draw_message": drawing.message,
        "kind_label": queries.kind_label(page.case.kind),
        "kind_fields": queries.fields_shown(page.case),
        "state_label": dict(STATES)[page.case.state],
        "state_tone": STATE_TONES[page.case.state],
        "priority_words": dict(PRIORITIES),
        "channel_words": dict(CHANNELS),
        "spoken": SPOKEN,
        "hows": HOWS,
        "task_tones": TASK_TONES,
        "expectation_tones": EXPECTATION_TONES,
        "full_contacts": queries.can_see_contacts(actor),
        "may_restrict": queries.may_restrict(actor),
        "undo_seconds": preferences.get("cases.undo_seconds"),
        **more,
    }


def whole(request: HttpRequest, ref: str, actor: Actor, at: datetime) -> dict[str, Any]:
    """The case with the panes beside it."""
    known = detail(request, ref, actor, at)
    return {**of_case(request, actor), **known, "live_token": known["case_token"]}


def case_url(ref: str, request: HttpRequest) -> str:
    """Back to the case, beside the same list as before."""
    return safe_next(request, reverse("cases:case", args=[ref]))


def after(request: HttpRequest, ref: str, sentence: Any = "", **more: Any) -> HttpResponse:
    """After a write: the case as it is now. htmx gets the part in place, a browser without it the page."""
    if not wants_part(request):
        if sentence:
            messages.success(request, str(sentence))
        return HttpResponseRedirect(case_url(ref, request))
    known = detail(request, ref, actor_of(request), now(), said=sentence, **more)
    response = render_part(request, WORKBENCH, "detail", known)
    response["HX-Retarget"], response["HX-Reswap"] = "#detail", "innerHTML"
    response["HX-Trigger"] = "case-written"
    return response
