"""POST /api/v1/reply-check"""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from shouwen.knowledge import policies, queries
from shouwen.knowledge.api import schemas as s
from shouwen.knowledge.rules import asked
from shouwen.platform.access import ensure
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
