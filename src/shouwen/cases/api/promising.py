"""/api/v1/cases/{ref}/promises and /expectations"""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from shouwen.cases import queries, services
from shouwen.cases.api import schemas as s
from shouwen.cases.api.shown import promise_out
from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor, needs_scope
from shouwen.promises import queries as promise_reads
from shouwen.promises import services as promises

router = Router(tags=["promises of a case"])


@router.get("/{ref}/promises", response=list[s.PromiseOut], summary="Promises of the case")
@needs_scope("cases:read")
def list_promises(request: HttpRequest, ref: s.Ref) -> list[Any]:
    case = queries.get(ref, api_actor(request))
    return [promise_out(promise) for promise in promise_reads.all_for(case.subject)]


@router.post("/{ref}/promises", response={201: s.PromiseOut}, summary="Record a promise to the customer")
@needs_scope("cases:write")
def make(request: HttpRequest, ref: s.Ref, payload: s.PromiseIn) -> Status[Any]:
    by = api_actor(request)
    made = services.promise(
        case_id=queries.case_id_of(ref),
        text=payload.text,
        due_at=payload.due_at,
        deliver_by=payload.deliver_by,
        at=now(),
        by=by,
    )
    return Status(201, promise_out(made))


@router.post("/{ref}/promises/{promise_id}/keeping", response=s.PromiseOut, summary="The promise was kept")
@needs_scope("cases:write")
def keep(request: HttpRequest, ref: s.Ref, promise_id: s.Ident, payload: s.NoteIn) -> Any:
    by = api_actor(request)
    queries.promise_of(ref, promise_id, by)
    return promise_out(promises.keep(promise_id=promise_id, note=payload.note, at=now(), by=by))


@router.post(
    "/{ref}/promises/{promise_id}/renegotiation",
    response={201: s.PromiseOut},
    summary="A new time before the old one",
)
@needs_scope("cases:write")
def renegotiate(
    request: HttpRequest, ref: s.Ref, promise_id: s.Ident, payload: s.RenegotiationIn
) -> Status[Any]:
    by = api_actor(request)
    queries.promise_of(ref, promise_id, by)
    at = now()
    made = promises.renegotiate(
        promise_id=promise_id,
        due_at=payload.due_at,
        text=payload.text,
        reason=payload.reason,
        customer_words=payload.customer_words,
        customer_told_at=at if payload.customer_told else None,
        at=at,
        by=by,
    )
    return Status(201, promise_out(made))


@router.get(
    "/{ref}/expectations", response=list[s.ExpectationOut], summary="What the customer expects, newest first"
)
@needs_scope("cases:read")
def list_expectations(request: HttpRequest, ref: s.Ref) -> list[Any]:
    return promise_reads.expectations_for(queries.get(ref, api_actor(request)).subject)


@router.post(
    "/{ref}/expectations",
    response={201: s.ExpectationOut},
    summary="Record an expectation and how it was set right",
)
@needs_scope("cases:write")
def expect(request: HttpRequest, ref: s.Ref, payload: s.ExpectationIn) -> Status[Any]:
    by = api_actor(request)
    case = queries.get(ref, by)
    made = promises.record_expectation(
        subject=case.subject, customer_id=case.customer_id, **payload.model_dump(), at=now(), by=by
    )
    return Status(201, made)
