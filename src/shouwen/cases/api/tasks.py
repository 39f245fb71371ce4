"""/api/v1/cases/{ref}/tasks"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from shouwen.cases import queries, services
from shouwen.cases.api import schemas as s
from shouwen.platform.access import now
from shouwen.platform.apikit import api_actor, needs_scope

router = Router(tags=["tasks"])


@router.get("/{ref}/tasks", response=list[s.TaskOut], summary="Tasks of the case")
@needs_scope("cases:read")
def list_tasks(request: HttpRequest, ref: s.Ref) -> list[Any]:
    return queries.tasks_of(queries.get(ref, api_actor(request)).pk)


@router.post("/{ref}/tasks", response={201: s.TaskOut}, summary="Ask the back stage for help")
@needs_scope("cases:write")
def ask(request: HttpRequest, ref: s.Ref, payload: s.TaskIn) -> Status[Any]:
    case_id = queries.case_id_of(ref)
    return Status(
        201, services.ask_task(case_id=case_id, **payload.model_dump(), at=now(), by=api_actor(request))
    )


@router.post(
    "/{ref}/tasks/{task_id}/moves",
    response=s.TaskOut,
    summary="Accept, reject, deliver, return, approve, cancel",
)
@needs_scope("cases:write")
def move(request: HttpRequest, ref: s.Ref, task_id: s.Ident, payload: s.TaskMove) -> Any:
    by, at = api_actor(request), now()
    queries.task_of(queries.case_id_of(ref), task_id, by)
    if payload.to == "accepted":
        return services.accept_task(task_id=task_id, at=at, by=by)
    if payload.to == "delivered":
        return services.deliver_task(task_id=task_id, delivery=payload.text, at=at, by=by)
    verbs: dict[str, Callable[..., Any]] = {
        "rejected": services.reject_task,
        "returned": services.return_task,
        "approved": services.approve_task,
        "cancelled": services.cancel_task,
    }
    return verbs[payload.to](task_id=task_id, answer=payload.text, at=at, by=by)
