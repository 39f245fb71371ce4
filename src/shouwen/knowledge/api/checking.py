"""POST /api/v1/reply-check, and its figures."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from shouwen.knowledge import policies, queries
from shouwen.knowledge.api import schemas as s
from shouwen.knowledge.rules import asked, months
from shouwen.platform.access import ensure, now
from shouwen.platform.apikit import api_actor, needs_scope

router = Router(tags=["knowledge"])


@router.post("", response=s.RemarksOut, summary="What a customer could take amiss in a reply")
@needs_scope("knowledge:read")
def check(request: HttpRequest, payload: s.CheckIn) -> dict[str, Any]:
    """Offsets count characters (code points). It advises and never blocks."""
    ensure(policies.may_read, api_actor(request))
    context = asked.context_of(payload.model_dump(), text=payload.text)
    remarks = queries.check_reply(payload.text, context)
    return {"remarks": [queries.shown(payload.text, remark) for remark in remarks]}


@router.get("/figures", response=s.FiguresOut, summary="What was still in sent replies, by team")
@needs_scope("knowledge:read")
def figures(request: HttpRequest, month: str = "") -> dict[str, Any]:
    """One month, written 2026-11; this month without one. Counted when a reply is sent."""
    ensure(policies.may_see_figures, api_actor(request))
    chosen = months.from_text(month, timezone.localdate(now()))
    found = queries.team_figures(chosen)
    return {"month": f"{chosen:%Y-%m}", "teams": [queries.figure_as_plain(one) for one in found]}
