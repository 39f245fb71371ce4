"""/api/v1/routing/teams: each team's plan, and a try of a plan on the last cases."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from shouwen.cases import permissions
from shouwen.cases.api import schemas as s
from shouwen.cases.queries import routing
from shouwen.cases.queries.routing_trial import Trial, trial
from shouwen.cases.rules import routing as rules
from shouwen.cases.services import routing as services
from shouwen.people import queries as people
from shouwen.platform.access import now, require
from shouwen.platform.apikit import Out, Strict, api_actor, needs_scope

router = Router(tags=["routing"])
Criterion = Literal["knows", "skill", "language", "tier", "load", "turn"]
Code = Annotated[str, Field(max_length=40)]


class PlanIn(Strict):
    """`back` and `up` are minutes until a contact nobody took goes back to the team and up to the supervisors;
    0 is never."""

    order: list[Criterion] = Field(["skill", "load"], max_length=6)
    only: list[Literal["skill", "language"]] = Field(["skill"], max_length=2)
    offer_to: int | None = None
    limits: dict[Code, int] = Field(default_factory=dict, max_length=40)
    skills: dict[Code, Code] = Field(default_factory=dict, max_length=200)
    levels: dict[Literal["A", "B", "C", "D"], int] = Field(default_factory=dict)
    back: int = 0
    up: int = 0
    service_hours: bool = True


class TrialIn(PlanIn):
    everybody: bool = Field(False, description="As if everybody had been on duty")


class PlanOut(Out):
    team_id: int
    team: str
    version: int
    order: list[str]
    only: list[str]
    offer_to: int | None
    limits: dict[str, int]
    skills: dict[str, str]
    levels: dict[str, int]
    back: int
    up: int
    service_hours: bool


class LineOut(Out):
    name: str
    place: int
    words: str


class RoutingTriedOut(Out):
    ref: str
    subject: str
    candidates: list[LineOut]


class TrialOut(Out):
    tried: list[RoutingTriedOut]
    nobody: int


def _out(team_id: int) -> dict[str, Any]:
    team, row = people.team(team_id), routing.row_of(team_id)
    plan = routing.as_plan(row) if row else routing.USUAL
    return {
        "team_id": team.pk,
        "team": team.name,
        "version": row.version if row else 0,
        "order": plan.order,
        "only": sorted(plan.only),
        **{name: getattr(plan, name) for name in ("offer_to", "limits", "skills", "levels")},
        **{name: getattr(plan, name) for name in ("back", "up", "service_hours")},
    }


def _plan(given: PlanIn) -> rules.Plan:
    values = given.model_dump(exclude={"everybody"})
    return rules.Plan(**{**values, "order": tuple(given.order), "only": frozenset(given.only)})


@router.get("/teams/{team_id}", response=PlanOut, summary="How a team's contacts are offered")
@needs_scope("cases:read")
def read(request: HttpRequest, team_id: s.Ident) -> dict[str, Any]:
    require(api_actor(request), permissions.CONFIGURE)
    return _out(team_id)


@router.put("/teams/{team_id}", response=PlanOut, summary="Set how a team's contacts are offered")
@needs_scope("cases:write")
def save(request: HttpRequest, team_id: s.Ident, payload: PlanIn) -> dict[str, Any]:
    services.save_plan(team_id=team_id, plan=_plan(payload), at=now(), by=api_actor(request))
    return _out(team_id)


@router.post(
    "/teams/{team_id}/trial", response=TrialOut, summary="How the last 50 cases would have been offered"
)
@needs_scope("cases:read")
def attempt(request: HttpRequest, team_id: s.Ident, payload: TrialIn) -> dict[str, Any]:
    """Presence, load and who knew the customer as they were then; skills, languages and leave as they are now."""
    by = api_actor(request)
    require(by, permissions.CONFIGURE)
    plan = services.known(_plan(payload))
    found: Trial = trial(people.team(team_id).pk, plan, by, everybody=payload.everybody)
    return {
        "tried": [
            {"ref": one.case.reference, "subject": one.case.subject_line, "candidates": one.lines}
            for one in found.tried
        ],
        "nobody": found.nobody,
    }
