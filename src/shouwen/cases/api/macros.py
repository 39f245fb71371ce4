"""/api/v1/macros and /api/v1/cases/{ref}/macros: one's own and shared macros; looked at and applied."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from shouwen.cases import permissions, queries
from shouwen.cases.api import schemas as s
from shouwen.cases.queries.automation import macros as reads
from shouwen.cases.services.automation import macros as services
from shouwen.platform.access import now, require
from shouwen.platform.apikit import Out, Strict, api_actor, needs_scope

router = Router(tags=["macros"])
on_cases = Router(tags=["macros"])
Parts = dict[str, Any]


class MacroIn(Strict):
    name: str = Field(min_length=1, max_length=80)
    scope: Literal["mine", "team", "all"] = "mine"
    team_id: s.Given | None = None
    reply: str = Field("", max_length=4000)
    waiting: bool = False
    actions: dict[str, Parts] = Field(default_factory=dict, max_length=40)
    active: bool = True


class MacroOut(Out):
    id: int
    version: int
    name: str
    scope: str
    team_id: int | None
    reply: str
    waiting: bool
    actions: dict[str, Parts]
    active: bool
    uses: int


class ChangeOut(Out):
    label: str
    was: str
    now: str


class PreviewOut(Out):
    changes: list[ChangeOut]
    refused: list[str]
    text: str
    open_gaps: list[str]


class ApplyIn(Strict):
    text: str | None = Field(
        None, max_length=50_000, description="The answer as read over; none: as the macro has it"
    )


class AppliedOut(Out):
    changes: list[ChangeOut]


def _out(macro: Any) -> dict[str, Any]:
    names = ("id", "version", "name", "team_id", "reply", "waiting", "actions", "active", "uses")
    return {**{name: getattr(macro, name) for name in names}, "scope": reads.scope_of(macro)}


@router.get("", response=list[MacroOut], summary="Macros that exist for you")
@needs_scope("cases:read")
def list_macros(request: HttpRequest) -> list[dict[str, Any]]:
    by = api_actor(request)
    require(by, permissions.WORK)
    return [_out(macro) for macro in reads.listed(by)]


@router.post("", response={201: MacroOut}, summary="Make a macro")
@needs_scope("cases:write")
def make(request: HttpRequest, payload: MacroIn) -> Status[Any]:
    by = api_actor(request)
    made = services.save_macro(macro_id=None, **payload.model_dump(), at=now(), by=by)
    return Status(201, _out(made))


@router.put("/{macro_id}", response=MacroOut, summary="Change a macro; it becomes the next version")
@needs_scope("cases:write")
def change(request: HttpRequest, macro_id: s.Ident, payload: MacroIn) -> dict[str, Any]:
    by = api_actor(request)
    return _out(services.save_macro(macro_id=macro_id, **payload.model_dump(), at=now(), by=by))


@on_cases.post("/{ref}/macros/{macro_id}/preview", response=PreviewOut, summary="What a macro would do")
@needs_scope("cases:read")
def preview(request: HttpRequest, ref: s.Ref, macro_id: s.Ident) -> Any:
    case_id = queries.case_id_of(ref)
    return services.preview(macro_id=macro_id, case_id=case_id, at=now(), by=api_actor(request))


@on_cases.post("/{ref}/macros/{macro_id}", response=AppliedOut, summary="Apply a macro")
@needs_scope("cases:write")
def apply(request: HttpRequest, ref: s.Ref, macro_id: s.Ident, payload: ApplyIn) -> dict[str, Any]:
    """All of it or nothing. An answer goes out as yours."""
    case_id = queries.case_id_of(ref)
    by = api_actor(request)
    return {"changes": services.apply(macro_id=macro_id, case_id=case_id, text=payload.text, at=now(), by=by)}
