"""/api/v1/escalation: the ladder; rulings on what was raised and on disputes between departments."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from shouwen.cases import permissions, services
from shouwen.cases.api import schemas as s
from shouwen.cases.queries import disputes, ladder
from shouwen.cases.rules import ladder as rules
from shouwen.cases.services.ladder import save_ladder
from shouwen.platform.access import now, require
from shouwen.platform.apikit import Out, Strict, api_actor, needs_scope

router = Router(tags=["escalation"])
Trigger = Literal["time", "handoffs", "broken_promise", "repeated", "emotion", "threat", "asks_superior"]
Person = Annotated[int, Field(ge=1, le=2**62)]


class LadderRuleIn(Strict):
    on: bool = True
    to: int = 0
    number: int = 3
    hours: int = 24


class StepIn(Strict):
    people: list[Person] = Field(default_factory=list, max_length=6)
    minutes: int = 0


class LadderIn(Strict):
    """Triggers that are left out are as usual. `minutes`: until the level goes further up; 0 is never."""

    rules: dict[Trigger, LadderRuleIn] = Field(default_factory=dict)
    steps: list[StepIn] = Field(
        default_factory=lambda: [StepIn(), StepIn(), StepIn()], min_length=3, max_length=3
    )
    service_hours: bool = True


class LadderOut(Out):
    version: int
    rules: dict[str, dict[str, Any]]
    steps: list[dict[str, Any]]
    service_hours: bool


class RulingIn(Strict):
    ruling: str = Field(min_length=1, max_length=1000)


class DisputeRulingIn(RulingIn):
    answerable: Person
    minutes: int = Field(240, ge=5, le=129_600)


class SettledOut(Out):
    id: int
    level: int
    trigger: str
    reason: str
    ruling: str
    settled_at: datetime | None


class DisputeWanted(Strict):
    ruled: bool = False
    cursor: str | None = Field(None, max_length=400)


class DisputesOut(Out):
    items: list[s.DisputeOut]
    next_cursor: str | None


def _out() -> dict[str, Any]:
    row, plan = ladder.row(), ladder.current()
    return {
        "version": row.version if row else 0,
        "rules": {trigger: asdict(rule) for trigger, rule in plan.rules.items()},
        "steps": [asdict(step) for step in plan.steps],
        "service_hours": plan.service_hours,
    }


@router.get("/ladder", response=LadderOut, summary="What raises a case, and who is told")
@needs_scope("cases:read")
def read(request: HttpRequest) -> dict[str, Any]:
    require(api_actor(request), permissions.CONFIGURE)
    return _out()


@router.put("/ladder", response=LadderOut, summary="Set the ladder")
@needs_scope("cases:write")
def save(request: HttpRequest, payload: LadderIn) -> dict[str, Any]:
    given = {str(trigger): rules.Rule(**rule.model_dump()) for trigger, rule in payload.rules.items()}
    steps = tuple(rules.Step(tuple(step.people), step.minutes) for step in payload.steps)
    plan = rules.Ladder({**rules.USUAL, **given}, steps, payload.service_hours)
    save_ladder(plan=plan, at=now(), by=api_actor(request))
    return _out()


@router.post("/{escalation_id}/ruling", response=SettledOut, summary="Settle what was raised")
@needs_scope("cases:write")
def settle(request: HttpRequest, escalation_id: s.Ident, payload: RulingIn) -> Any:
    by = api_actor(request)
    return services.settle_escalation(escalation_id=escalation_id, ruling=payload.ruling, at=now(), by=by)


@router.get("/disputes", response=DisputesOut, summary="Disputes between departments")
@needs_scope("cases:read")
def list_disputes(request: HttpRequest, wanted: Query[DisputeWanted]) -> dict[str, Any]:
    by = api_actor(request)
    require(by, permissions.RULE)
    page = disputes.page_of(by, ruled=wanted.ruled, cursor=wanted.cursor)
    return {"items": page.items, "next_cursor": page.next_cursor}


@router.post("/disputes/{dispute_id}/ruling", response=s.DisputeOut, summary="Rule on a dispute")
@needs_scope("cases:write")
def rule(request: HttpRequest, dispute_id: s.Ident, payload: DisputeRulingIn) -> Any:
    by = api_actor(request)
    disputes.dispute(dispute_id, by)
    return services.rule_on(
        dispute_id=dispute_id,
        answerable_id=payload.answerable,
        ruling=payload.ruling,
        minutes=payload.minutes,
        at=now(),
        by=by,
    )
