"""/api/v1/problems"""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from shouwen.cases import queries as cases
from shouwen.incidents import queries, services
from shouwen.incidents.api import schemas as s
from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor, needs_scope
from shouwen.platform.web import paginate

router = Router(tags=["problems"])


def _whole(request: HttpRequest, problem_id: int) -> dict[str, Any]:
    page = queries.problem_page(problem_id, api_actor(request), now())
    return s.problem_out(page.problem) | {
        "incidents": [incident.pk for incident in page.incidents],
        "watch": page.watch,
    }


@router.get("", response=s.ProblemsOut, summary="Recurring problems: live, candidates or past")
@needs_scope("incidents:read")
def list_problems(request: HttpRequest, wanted: Query[s.ProblemsWanted]) -> dict[str, Any]:
    rows = queries.listed_problems(api_actor(request), wanted.view)
    page = paginate(rows, order=("-changed_at", "-id"), cursor=wanted.cursor, limit=wanted.limit)
    return {
        "items": [s.problem_out(one) for one in page.items],
        "next_cursor": page.next_cursor,
        "previous_cursor": page.previous_cursor,
    }


@router.post("", response={201: s.ProblemOut}, summary="Write a problem down")
@needs_scope("incidents:write")
def record(request: HttpRequest, payload: s.ProblemIn) -> Status[dict[str, Any]]:
    given = payload.model_dump()
    made = services.record_problem(
        words_=given.pop("words"),
        case_ids=[cases.case_id_of(ref) for ref in given.pop("cases")],
        incident_ids=given.pop("incidents"),
        **given,
        at=now(),
        by=api_actor(request),
    )
    return Status(201, s.problem_out(made))


@router.get("/{problem_id}", response=s.ProblemWhole, summary="One problem with its watch")
@needs_scope("incidents:read")
def one(request: HttpRequest, problem_id: s.Ident) -> dict[str, Any]:
    return _whole(request, problem_id)


@router.patch("/{problem_id}", response=s.ProblemOut, summary="Change by what its cases are known")
@needs_scope("incidents:write")
def change(request: HttpRequest, problem_id: s.Ident, payload: s.ProblemChange) -> dict[str, Any]:
    given = payload.model_dump(exclude_none=True)
    if "words" in given:
        given["words_"] = given.pop("words")
    return s.problem_out(
        services.change_problem(problem_id=problem_id, **given, at=now(), by=api_actor(request))
    )


@router.post("/{problem_id}/taking", response=s.ProblemOut, summary="Take a candidate on")
@needs_scope("incidents:write")
def taking(request: HttpRequest, problem_id: s.Ident) -> dict[str, Any]:
    return s.problem_out(services.take_on(problem_id=problem_id, at=now(), by=api_actor(request)))


@router.post("/{problem_id}/dismissal", response=s.ProblemOut, summary="Dismiss it")
@needs_scope("incidents:write")
def dismissal(request: HttpRequest, problem_id: s.Ident, payload: s.MaybeReasonIn) -> dict[str, Any]:
    by = api_actor(request)
    return s.problem_out(
        services.dismiss_problem(problem_id=problem_id, reason=payload.reason, at=now(), by=by)
    )


@router.post("/{problem_id}/whys", response=s.ProblemOut, summary="The chain of causes")
@needs_scope("incidents:write")
def whys(request: HttpRequest, problem_id: s.Ident, payload: s.WhysIn) -> dict[str, Any]:
    return s.problem_out(
        services.say_whys(problem_id=problem_id, whys=payload.whys, at=now(), by=api_actor(request))
    )


@router.post("/{problem_id}/fix", response=s.ProblemWhole, summary="What was done against it")
@needs_scope("incidents:write")
def fix(request: HttpRequest, problem_id: s.Ident, payload: s.FixGiven) -> dict[str, Any]:
    services.fix(problem_id=problem_id, **payload.model_dump(), at=now(), by=api_actor(request))
    return _whole(request, problem_id)


@router.post("/{problem_id}/closing", response=s.ProblemOut, summary="The watch is over")
@needs_scope("incidents:write")
def closing(request: HttpRequest, problem_id: s.Ident, payload: s.ResultGiven) -> dict[str, Any]:
    by = api_actor(request)
    return s.problem_out(
        services.close_problem(problem_id=problem_id, result=payload.result, at=now(), by=by)
    )


@router.post("/{problem_id}/reopening", response=s.ProblemOut, summary="It did not help")
@needs_scope("incidents:write")
def reopening(request: HttpRequest, problem_id: s.Ident, payload: s.IncidentReasonIn) -> dict[str, Any]:
    by = api_actor(request)
    return s.problem_out(
        services.reopen_problem(problem_id=problem_id, reason=payload.reason, at=now(), by=by)
    )


@router.get("/{problem_id}/cases", response=s.ProblemCasesOut, summary="Its cases, newest first")
@needs_scope("incidents:read")
def list_cases(
    request: HttpRequest, problem_id: s.Ident, wanted: Query[s.IncidentPageWanted]
) -> dict[str, Any]:
    actor = api_actor(request)
    page = queries.cases_of(
        queries.get_problem(problem_id, actor), actor, cursor=wanted.cursor, limit=wanted.limit
    )
    return {
        "items": [s.problem_case_out(row) for row in page.items],
        "next_cursor": page.next_cursor,
        "previous_cursor": page.previous_cursor,
    }


@router.post("/{problem_id}/cases", response={201: s.ProblemOut}, summary="Link a case")
@needs_scope("incidents:write")
def add_case(request: HttpRequest, problem_id: s.Ident, payload: s.ProblemCaseIn) -> Status[dict[str, Any]]:
    by = api_actor(request)
    services.add_case(problem_id=problem_id, case_id=cases.case_id_of(payload.ref), at=now(), by=by)
    return Status(201, s.problem_out(queries.get_problem(problem_id, by)))


@router.delete("/{problem_id}/cases/{ref}", response=s.ProblemOut, summary="Take a case off")
@needs_scope("incidents:write")
def remove_case(request: HttpRequest, problem_id: s.Ident, ref: s.Ref) -> dict[str, Any]:
    by = api_actor(request)
    services.remove_case(problem_id=problem_id, case_id=cases.case_id_of(ref), at=now(), by=by)
    return s.problem_out(queries.get_problem(problem_id, by))


@router.post("/{problem_id}/incidents", response={201: s.ProblemOut}, summary="Link an incident")
@needs_scope("incidents:write")
def add_incident(request: HttpRequest, problem_id: s.Ident, payload: s.IncidentRef) -> Status[dict[str, Any]]:
    by = api_actor(request)
    services.add_incident(problem_id=problem_id, incident_id=payload.incident, at=now(), by=by)
    return Status(201, s.problem_out(queries.get_problem(problem_id, by)))
