"""/api/v1/promises: the ledger. Promises are made and settled under their case."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor, needs_scope
from shouwen.platform.web import paginate
from shouwen.promises import queries, subjects
from shouwen.promises.api import schemas as s

router = Router(tags=["promises"])


@router.get("", response=s.LedgerOut, summary="The promise ledger, soonest due first")
@needs_scope("promises:read")
def list_promises(request: HttpRequest, wanted: Query[s.LedgerWanted]) -> dict[str, Any]:
    by, at = api_actor(request), now()
    chosen = queries.Filter(
        whose=wanted.whose,
        state=wanted.state or "",
        staff_id=wanted.staff_id,
        team_id=wanted.team_id,
        customer_id=wanted.customer_id,
        due_before=wanted.due_before,
        owed=wanted.owed,
        work=wanted.work,
        cause=wanted.cause,
        department_id=wanted.department_id,
        provider_id=wanted.provider_id,
        settled_since=wanted.settled_since,
    )
    page = paginate(
        queries.ledger(by, chosen), order=("due_at", "id"), cursor=wanted.cursor, limit=wanted.limit
    )
    return {
        "items": [s.promise_out(line) for line in queries.shown(page.items, by, at)],
        "next_cursor": page.next_cursor,
        "previous_cursor": page.previous_cursor,
    }


@router.post(
    "/advice", response=s.AdviceOut, summary="What speaks for and against a promise, before it is made"
)
@needs_scope("promises:read")
def advice(request: HttpRequest, payload: s.AdviceIn) -> Any:
    return queries.advice(**payload.model_dump(), at=now(), by=api_actor(request))


@router.get(
    "/clocks/{clock_id}",
    response=s.PromiseClockOut,
    summary="One clock: how its time came about, and the forecast",
)
@needs_scope("promises:read")
def one_clock(request: HttpRequest, clock_id: s.Ident) -> dict[str, Any]:
    at = now()
    clock = queries.clock(clock_id, api_actor(request))
    return s.clock_out(
        clock, queries.explain(clock, at), queries.used(clock, at), queries.forecast(clock, at)
    )


@router.get(
    "/statutory/{kind}/{subject_id}",
    response=list[s.StatutoryOut],
    summary="Statutory time limits of a subject, with the explanation",
)
@needs_scope("promises:read")
def statutory(request: HttpRequest, kind: s.Kind, subject_id: s.Ident) -> list[dict[str, Any]]:
    if (kind, subject_id) not in subjects.lines([(kind, subject_id)], api_actor(request)):
        return []
    return [s.statutory_out(one) for one in queries.statutory_for((kind, subject_id))]


@router.get("/{promise_id}", response=s.PromisePromiseOut, summary="One promise")
@needs_scope("promises:read")
def one_promise(request: HttpRequest, promise_id: s.Ident) -> dict[str, Any]:
    by = api_actor(request)
    return s.promise_out(queries.shown([queries.get(promise_id, by)], by, now())[0])
