"""/api/v1/rules: rules that act by themselves: listed, made, changed, tried, brought back, and what they did."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import AwareDatetime, Field

from shouwen.cases import permissions
from shouwen.cases.api import schemas as s
from shouwen.cases.queries.automation import shown
from shouwen.cases.queries.automation.trying import SHOWN, tried
from shouwen.cases.services.automation import rulebook
from shouwen.platform.access import Actor, now, require
from shouwen.platform.apikit import Out, Strict, api_actor, needs_scope

router = Router(tags=["rules"])
Moment = Literal[
    "",
    "opened",
    "unowned",
    "waiting_us",
    "waiting_customer",
    "untouched",
    "due_before",
    "due_after",
    "resolved",
]
Parts = dict[str, Any]
CONDITIONS = "By code, as /rules/vocabulary names them; empty: always"
ACTIONS = "By code, as /rules/vocabulary names them, each with its parts"


class RuleIn(Strict):
    """It acts on `events`, or `minutes` from a `moment`."""

    name: str = Field(min_length=1, max_length=80)
    active: bool = True
    events: list[Annotated[str, Field(max_length=20)]] = Field(default_factory=list, max_length=30)
    moment: Moment = ""
    minutes: int = Field(0, ge=0, le=60 * 24 * 366)
    conditions: Parts = Field(default_factory=dict, max_length=60, description=CONDITIONS)
    actions: dict[str, Parts] = Field(default_factory=dict, max_length=40, description=ACTIONS)
    last: bool = Field(False, description="No rule after it for the same event")
    in_hours: bool = Field(False, description="Only in service hours; urgent cases at any time")


class RuleSaved(RuleIn):
    backlog: bool = Field(False, description="Act on what has come due before now as well")


class RuleTried(RuleIn):
    since: AwareDatetime


class RuleOut(Out):
    id: int
    position: int
    version: int
    name: str
    active: bool
    events: list[str]
    moment: str
    minutes: int
    conditions: Parts
    actions: dict[str, Parts]
    last: bool
    in_hours: bool


class HitOut(Out):
    ref: str
    subject: str


class TriedOut(Out):
    since: datetime
    looked_at: int
    came: int
    hit: int
    cases: list[HitOut] = Field(description=f"The newest {SHOWN}")


class RunOut(Out):
    ref: str
    at: datetime
    version: int
    stopped: str
    outcome: str


class VersionWanted(Strict):
    version: int = Field(ge=1, le=1_000_000)


class PartOut(Out):
    name: str
    label: str
    sort: str
    required: bool
    choices: list[str]


class WordOut(Out):
    code: str
    label: str
    how: str
    choices: list[str]
    parts: list[PartOut]


class VocabularyOut(Out):
    events: dict[str, str]
    moments: dict[str, str]
    conditions: list[WordOut]
    actions: list[WordOut]


def _allowed(request: HttpRequest) -> Actor:
    by = api_actor(request)
    require(by, permissions.CONFIGURE)
    return by


@router.get("", response=list[RuleOut], summary="All rules in their order")
@needs_scope("cases:read")
def list_rules(request: HttpRequest) -> list[Any]:
    _allowed(request)
    return shown.all_rules()


@router.get("/vocabulary", response=VocabularyOut, summary="What rules may listen to, ask and do")
@needs_scope("cases:read")
def vocabulary(request: HttpRequest) -> dict[str, Any]:
    _allowed(request)
    return shown.vocabulary()


@router.post("", response={201: RuleOut}, summary="Make a rule")
@needs_scope("cases:write")
def make(request: HttpRequest, payload: RuleSaved) -> Status[Any]:
    return Status(
        201, rulebook.save_rule(rule_id=None, **payload.model_dump(), at=now(), by=api_actor(request))
    )


@router.post("/trial", response=TriedOut, summary="Which cases a rule would have hit since a time")
@needs_scope("cases:read")
def attempt(request: HttpRequest, payload: RuleTried) -> dict[str, Any]:
    """Changes nothing. The conditions are held against the cases as they are now."""
    by = _allowed(request)
    row = rulebook.fill(rulebook.draft(), **payload.model_dump(exclude={"since"}))
    found = tried(row, by, since=payload.since, at=now())
    hits = [{"ref": case.reference, "subject": case.subject_line} for case in found.sample]
    return {
        "since": found.since,
        "looked_at": found.looked_at,
        "came": found.came,
        "hit": len(found.hits),
        "cases": hits,
    }


@router.get("/{rule_id}", response=RuleOut, summary="One rule")
@needs_scope("cases:read")
def one(request: HttpRequest, rule_id: s.Ident) -> Any:
    _allowed(request)
    return shown.rule(rule_id)


@router.put("/{rule_id}", response=RuleOut, summary="Change a rule; it becomes the next version")
@needs_scope("cases:write")
def change(request: HttpRequest, rule_id: s.Ident, payload: RuleSaved) -> Any:
    return rulebook.save_rule(rule_id=rule_id, **payload.model_dump(), at=now(), by=api_actor(request))


@router.post("/{rule_id}/restoration", response=RuleOut, summary="As in an earlier version, as a new one")
@needs_scope("cases:write")
def restore(request: HttpRequest, rule_id: s.Ident, payload: VersionWanted) -> Any:
    return rulebook.restore_rule(rule_id=rule_id, version=payload.version, at=now(), by=api_actor(request))


@router.get("/{rule_id}/runs", response=list[RunOut], summary="What a rule did last")
@needs_scope("cases:read")
def runs(request: HttpRequest, rule_id: s.Ident) -> list[dict[str, Any]]:
    by = _allowed(request)
    return [
        {
            "ref": run.case.reference,
            "at": run.at,
            "version": run.version,
            "stopped": run.stopped,
            "outcome": shown.outcome(run),
        }
        for run in shown.runs_of(shown.rule(rule_id).pk, by, limit=100)
    ]
