"""/api/v1/complaint-figures: complaints in figures, each with the list behind it, and lists from elsewhere."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from shouwen.complaints import policies, services
from shouwen.complaints.api.acting import WRITE
from shouwen.complaints.api.schemas import Ident
from shouwen.complaints.queries import analysis
from shouwen.kernel.statistics import Share
from shouwen.platform.access import now, require
from shouwen.platform.apikit import Out, Strict, api_actor, needs_scope
from shouwen.platform.web.faults import sentence

router = Router(tags=["complaints"])
READ = "complaints:read"


class FiguresWanted(Strict):
    days: Annotated[int, Field(ge=1, le=3660)] = 90


class ComplaintShareOut(Out):
    """A share with its 95 % interval (Wilson); `share` is null where nothing was counted."""

    count: int
    of: int
    share: float | None
    low: float
    high: float


class BarOut(Out):
    """`key`: what `?figure=` and `key=` of /complaints ask for; `share` and `running` in per cent."""

    key: str
    label: str
    count: int
    share: float
    running: float


class StageFigureOut(Out):
    stage: str
    hours: float | None
    visits: int
    complaints: int
    granted: int


class ComplaintFiguresOut(Out):
    """The complaints behind a figure: /complaints?state=all&figure=NAME&key=KEY&days=DAYS with the names used here
    (repeats counts customers; recovered and others: `recovered`, `recovered_again`, `others`, `others_again`)."""

    days: int
    count: int
    per_thousand_customers: float | None
    valid: ComplaintShareOut
    ours: ComplaintShareOut
    repeats: ComplaintShareOut
    outside: ComplaintShareOut
    bodies: list[BarOut]
    causes: list[BarOut]
    stages: list[StageFigureOut]
    granted: int
    granted_complaints: int
    recovered_again: ComplaintShareOut
    others_again: ComplaintShareOut


class ComparedListOut(Out):
    """`refused`: the first rows that could not be taken, each with its line and why."""

    id: int
    name: str
    rows: int
    refused_rows: int
    imported_at: datetime
    refused: list[dict[str, Any]]


class ComparedListIn(Strict):
    """`mapping`: JSON, our field (issue, company, product, day, outcome) to its column; empty: guessed by names."""

    name: Annotated[str, Field(max_length=120)]
    mapping: Annotated[str, Field(max_length=4000)] = ""


class ParetoWanted(Strict):
    by: str = "issue"


def _share(one: Share) -> dict[str, Any]:
    return {"count": one.successes, "of": one.n, "share": one.share, "low": one.low, "high": one.high}


@router.get("", response=ComplaintFiguresOut, summary="Complaints in figures over the last days")
@needs_scope(READ)
def figures(request: HttpRequest, wanted: Query[FiguresWanted]) -> dict[str, Any]:
    actor, at = api_actor(request), now()
    require(actor, policies.ANALYSE)
    found = analysis.figures(at - timedelta(days=wanted.days), at, actor)
    return {
        "days": wanted.days,
        "count": found.count,
        "per_thousand_customers": found.per_thousand,
        **{name: _share(getattr(found, name)) for name in ("valid", "ours", "repeats", "outside")},
        "bodies": found.bodies,
        "causes": found.causes,
        "stages": [
            {
                "stage": one.stage,
                "hours": one.hours,
                "visits": one.visits,
                "complaints": one.complaints,
                "granted": one.granted.amount,
            }
            for one in found.stages
        ],
        "granted": found.cost.amount,
        "granted_complaints": found.granted,
        "recovered_again": _share(found.recovered),
        "others_again": _share(found.others),
    }


def _list_out(one: Any) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("name", "rows", "refused_rows", "imported_at")}
    refused = [{"line": entry["line"], "reason": sentence(analysis.reason(entry))} for entry in one.refused]
    return {"id": one.pk, **plain, "refused": refused}


@router.get("/lists", response=list[ComparedListOut], summary="Lists from elsewhere, newest first")
@needs_scope(READ)
def lists(request: HttpRequest) -> list[dict[str, Any]]:
    require(api_actor(request), policies.ANALYSE)
    return [_list_out(one) for one in analysis.complaint_lists()[:50]]


@router.post("/lists", response={201: ComparedListOut}, summary="Take a list in (CSV)")
@needs_scope(WRITE)
def take_in(
    request: HttpRequest, payload: Form[ComparedListIn], file: File[UploadedFile]
) -> Status[dict[str, Any]]:
    by = api_actor(request)
    content = file.read()
    mapping = analysis.mapping(payload.mapping, content)
    made = services.import_list(name=payload.name, content=content, mapping=mapping, at=now(), by=by)
    return Status(201, _list_out(made))


@router.get(
    "/lists/{list_id}/pareto", response=list[BarOut], summary="A list by issue, company, product or outcome"
)
@needs_scope(READ)
def pareto(request: HttpRequest, list_id: Ident, wanted: Query[ParetoWanted]) -> list[Any]:
    require(api_actor(request), policies.ANALYSE)
    return list(analysis.list_pareto(analysis.complaint_list(list_id).pk, analysis.part(wanted.by)))


@router.delete("/lists/{list_id}", response={204: None}, summary="Remove a list")
@needs_scope(WRITE)
def remove(request: HttpRequest, list_id: Ident) -> Status[None]:
    services.remove_list(list_id=list_id, at=now(), by=api_actor(request))
    return Status(204, None)
