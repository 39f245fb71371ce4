"""/api/v1/complaint-settings: stages, the authority matrix, the policy library, how decisions are explained, budgets."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Status
from pydantic import Field

from shouwen.complaints import policies, queries, services
from shouwen.complaints.api.acting import WRITE
from shouwen.complaints.api.schemas import Amount, Ident
from shouwen.platform.access import now, require
from shouwen.platform.apikit import Out, Strict, api_actor, needs_scope, page_out
from shouwen.platform.web import paginate

router = Router(tags=["complaint settings"])
READ = "complaints:read"
Month = Annotated[date, Path(ge=date(1900, 1, 1), le=date(2200, 12, 31))]


class StageIn(Strict):
    """`minutes`: working minutes the stage may take; 0 means no clock. `roles`: who may pass it."""

    minutes: Annotated[int, Field(ge=0, le=services.LONGEST_MINUTES)]
    roles: list[str]


class StageSettingOut(Out):
    stage: str
    minutes: int
    roles: list[str]


class AuthorityCellIn(Strict):
    """`each` at once, `together` in the `period` (day or month); zero takes the authority away."""

    each: Amount
    together: Amount
    period: str = "month"


class AuthorityCellOut(Out):
    role: str
    remedy: str
    each: int
    together: int
    period: str


class BasisIn(Strict):
    sort: str
    title: str
    source: str
    clause: str = ""
    text: str
    valid_from: date
    valid_to: date | None = None
    active: bool = True


class BasisOut(Out):
    id: int
    sort: str
    title: str
    source: str
    clause: str
    text: str
    valid_from: date
    valid_to: date | None
    active: bool


class BasesWanted(Strict):
    """`on`: only what is in use and held that day."""

    sort: str = ""
    on: date | None = None
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class BasesOut(Out):
    items: list[BasisOut]
    next_cursor: str | None
    previous_cursor: str | None


class HowToExplainIn(Strict):
    """{customer} {reference} {reasons} {bases} {agent} are filled in."""

    text: str
    hint: str = ""


class HowToExplainOut(Out):
    id: int
    sort: str
    language: str
    text: str
    hint: str


class BudgetIn(Strict):
    amount: Amount


class BudgetOut(Out):
    """`month`: its first day."""

    month: date
    amount: int


def _reads(request: HttpRequest) -> None:
    require(api_actor(request), policies.SEE)


def _basis_out(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in BasisOut.model_fields if name != "id"} | {"id": one.pk}


@router.get("/stages", response=list[StageSettingOut], summary="The stages with their clocks")
@needs_scope(READ)
def stages(request: HttpRequest) -> list[Any]:
    _reads(request)
    return queries.stage_settings()


@router.put("/stages/{stage}", response=StageSettingOut, summary="Clock of a stage, and who may pass it")
@needs_scope(WRITE)
def set_stage(request: HttpRequest, stage: str, payload: StageIn) -> Any:
    return services.set_stage(stage=stage, **payload.model_dump(), at=now(), by=api_actor(request))


@router.get(
    "/authority", response=list[AuthorityCellOut], summary="The authority matrix: role, remedy, amounts"
)
@needs_scope(READ)
def matrix(request: HttpRequest) -> list[Any]:
    _reads(request)
    return queries.limits()


@router.put("/authority/{role}/{remedy}", response=AuthorityCellOut, summary="One cell of the matrix")
@needs_scope(WRITE)
def set_limit(request: HttpRequest, role: str, remedy: str, payload: AuthorityCellIn) -> Any:
    given = payload.model_dump()
    return services.set_limit(role=role, remedy=remedy, **given, at=now(), by=api_actor(request))


@router.get("/policies", response=BasesOut, summary="The policy library")
@needs_scope(READ)
def list_bases(request: HttpRequest, wanted: Query[BasesWanted]) -> dict[str, Any]:
    _reads(request)
    rows = queries.bases(on=wanted.on, sort=wanted.sort)
    page = paginate(rows, order=("id",), cursor=wanted.cursor, limit=wanted.limit)
    return page_out(page, _basis_out)


@router.post("/policies", response={201: BasisOut}, summary="A new entry of the policy library")
@needs_scope(WRITE)
def add_basis(request: HttpRequest, payload: BasisIn) -> Status[Any]:
    made = services.save_basis(**payload.model_dump(), at=now(), by=api_actor(request))
    return Status(201, _basis_out(made))


@router.get("/policies/{basis_id}", response=BasisOut, summary="One entry of the policy library")
@needs_scope(READ)
def one_basis(request: HttpRequest, basis_id: Ident) -> dict[str, Any]:
    _reads(request)
    return _basis_out(queries.basis(basis_id))


@router.put("/policies/{basis_id}", response=BasisOut, summary="Change an entry; findings keep its old words")
@needs_scope(WRITE)
def change_basis(request: HttpRequest, basis_id: Ident, payload: BasisIn) -> dict[str, Any]:
    given = payload.model_dump()
    return _basis_out(services.save_basis(basis_id=basis_id, **given, at=now(), by=api_actor(request)))


@router.get("/explanations", response=list[HowToExplainOut], summary="How decisions are explained")
@needs_scope(READ)
def explanations(request: HttpRequest) -> list[Any]:
    _reads(request)
    return list(queries.explanation_templates())


@router.put("/explanations/{explanation_id}", response=HowToExplainOut, summary="Change an explanation")
@needs_scope(WRITE)
def change_explanation(request: HttpRequest, explanation_id: Ident, payload: HowToExplainIn) -> Any:
    given = payload.model_dump()
    return services.save_template(template_id=explanation_id, **given, at=now(), by=api_actor(request))


@router.put("/budgets/{month}", response=BudgetOut, summary="The budget of the month of this day")
@needs_scope(WRITE)
def set_budget(request: HttpRequest, month: Month, payload: BudgetIn) -> Any:
    return services.set_budget(month=month, amount=payload.amount, at=now(), by=api_actor(request))
