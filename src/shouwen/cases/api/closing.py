"""/api/v1/cases/{ref}/resolution, /confirmation, /reopening"""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from shouwen.cases import queries, services
from shouwen.cases.api import schemas as s
from shouwen.cases.api.shown import case_out
from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor, needs_scope

router = Router(tags=["closing"])


@router.post(
    "/{ref}/resolution", response={201: s.ResolutionOut}, summary="Say what was done; the customer is asked"
)
@needs_scope("cases:write")
def resolve(request: HttpRequest, ref: s.Ref, payload: s.ResolutionIn) -> Status[Any]:
    case_id = queries.case_id_of(ref)
    return Status(
        201, services.resolve(case_id=case_id, summary=payload.summary, at=now(), by=api_actor(request))
    )


@router.post(
    "/{ref}/confirmation", response={201: s.ConfirmationOut}, summary="Write down the customer's own word"
)
@needs_scope("cases:write")
def confirm(request: HttpRequest, ref: s.Ref, payload: s.ConfirmationIn) -> Status[Any]:
    case_id = queries.case_id_of(ref)
    return Status(
        201,
        services.answer_confirmation(
            case_id=case_id, **payload.model_dump(), at=now(), by=api_actor(request)
        ),
    )


@router.post("/{ref}/reopening", response=s.CaseOut, summary="Open a resolved or closed case again")
@needs_scope("cases:write")
def reopen(request: HttpRequest, ref: s.Ref, payload: s.ReasonIn) -> dict[str, Any]:
    by = api_actor(request)
    services.reopen(case_id=queries.case_id_of(ref), reason=payload.reason, at=now(), by=by)
    return case_out(queries.get(ref, by))
