"""What several pages of incidents show: one incident whole, words for states, addresses of pages."""

import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from shouwen.incidents import queries
from shouwen.incidents.rules import states
from shouwen.platform import frame, live
from shouwen.platform.access import actor_of
from shouwen.platform.web import Input

SHOWN = ("linked", "suggested", "not_working", "by_hand")
TONES = {
    "suspected": "warn",
    "open": "bad",
    "partly": "warn",
    "restored": "good",
    "closed": "neutral",
    "reopened": "bad",
    "dismissed": "neutral",
}
PROBLEM_TONES = {
    "candidate": "warn",
    "open": "bad",
    "cause_known": "info",
    "watching": "info",
    "closed": "good",
    "dismissed": "neutral",
}
WAY_TONES = {"sent": "good", "by_word": "good", "by_hand": "warn", "failed": "bad", "closed": "neutral"}


def references(text: str) -> list[str]:
    """The references in a pasted text, whatever stands between them."""
    return [part for part in re.split(r"[\s,;，；、]+", text) if part]


def words() -> dict[str, Any]:
    return {"tones": TONES, "problem_tones": PROBLEM_TONES, "way_tones": WAY_TONES}


def paging(request: HttpRequest, rows: Any) -> dict[str, Any]:
    """The addresses of the pages before and after, with the same filters."""
    wanted = [(name, str(value)) for name, value in request.GET.items() if name != "cursor"]
    return {
        "previous_url": _at(wanted, rows.previous_cursor),
        "next_url": _at(wanted, rows.next_cursor),
    }


def _at(wanted: list[tuple[str, str]], cursor: str | None) -> str | None:
    return f"?{urlencode([*wanted, ('cursor', cursor)])}" if cursor else None


def whole(request: HttpRequest, incident_id: int, **more: Any) -> dict[str, Any]:
    """The page of one incident."""
    actor = actor_of(request)
    form = Input(request, query=True)
    show = form.choice("show", SHOWN)
    form.done()
    found = queries.incident_page(incident_id, actor, show=show, cursor=request.GET.get("cursor"))
    topics = [*frame.live_topics(actor), f"incident:{incident_id}"]
    return {
        "page": found,
        "incident": found.incident,
        "show": found.show,
        "stages": _stages(found.incident),
        "live_token": live.token(actor, topics),
        "address": request.get_full_path(),
        **paging(request, found.links),
        **words(),
        **more,
    }


def _stages(incident: Any) -> list[tuple[str, str]]:
    """The course as a line: (state, done | current | todo)."""
    state = "open" if incident.state == states.REOPENED else incident.state
    if state not in states.PATH:
        return []
    here = states.PATH.index(state)
    return [
        (code, "done" if place < here else "current" if place == here else "todo")
        for place, code in enumerate(states.PATH)
        if not (code == states.PARTLY and here > place and not incident.area_names)
    ]
