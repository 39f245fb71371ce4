"""/api/v1/cases/{ref}/machine"""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from shouwen.cases import queries, services
from shouwen.cases.api import schemas as s
from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor, needs_scope

router = Router(tags=["cases"])


@router.post(
    "/{ref}/machine", response=s.MachineOut, summary="Have a language model draft, summarise or classify"
)
@needs_scope("cases:write")
def ask(request: HttpRequest, ref: s.Ref, payload: s.MachineIn) -> dict[str, Any]:
    """Refused unless one is switched on. Nothing is sent or changed: a person reads the words over."""
    by = api_actor(request)
    made = services.assist(case_id=queries.case_id_of(ref), task=payload.task, at=now(), by=by)
    return {"task": made.task, "text": made.text, "kind": made.kind or None, "machine_made": True}
