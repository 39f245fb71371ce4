"""/api/v1/compensation: lines of the ledger, what they come to by month and remedy, and what waits for a decision."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from shouwen.complaints import policies, queries
from shouwen.complaints.api.case_grants import router as on_cases
from shouwen.platform.access import now, require
from shouwen.platform.apikit import Out, Strict, api_actor, needs_scope, page_out
from shouwen.platform.web import paginate

router = Router(tags=["complaints"])
READ = "complaints:read"
PERIOD = timedelta(days=90)
Month = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]


class CompensationWanted(Strict):
    """`month`: any day of it. `standing`: open, settled or released."""

    remedy: str = ""
    month: Month | None = None
    standing: str = ""
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class GrantOut(Out):
    id: int
    reference: str
    title: str
    remedy: str
    amount: int
    granted_by: int
    granted_at: datetime
    settled_at: datetime | None
    settled_ref: str
    released_at: datetime | None
    released_why: str


class GrantsOut(Out):
    items: list[GrantOut]
    next_cursor: str | None
    previous_cursor: str | None


class MonthSumOut(Out):
    """What was granted in a month and not released. `budget` and `left`: null where none was set."""

    month: date
    count: int
    granted: int
    settled: int
    budget: int | None
    left: int | None


class SumsWanted(Strict):
    months: Annotated[int, Field(ge=1, le=36)] = 6


class RemedySumOut(Out):
    remedy: str
    count: int
    amount: int


class QuestionOut(Out):
    """An open question that the caller may answer. `hands`: how many have to say yes."""

    id: int
    reference: str
    title: str
    remedy: str
    amount: int
    hands: int
    why: str
    asked_by: int | None
    asked_at: datetime


class QuestionsOut(Out):
    items: list[QuestionOut]
    next_cursor: str | None
    previous_cursor: str | None


class QuestionsWanted(Strict):
    cursor: Annotated[str | None, Field(max_length=400)] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class DecisionTimeOut(Out):
    """Over the last 90 days; null where nothing was decided."""

    count: int
    seconds: int | None


class DecidersWanted(Strict):
    remedy: str
    amount: Annotated[int, Field(ge=1, lt=10**15)]


class DeciderOut(Out):
    staff_id: int
    name: str
    most: int
    reachable: bool
    deputy: str
    full: bool


def _grant(one: Any) -> dict[str, Any]:
    plain = ("remedy", "amount", "granted_by", "granted_at", "settled_at", "settled_ref")
    return {
        **{name: getattr(one, name) for name in (*plain, "released_at", "released_why")},
        "id": one.pk,
        "reference": one.case.reference,
        "title": one.approval.title,
    }


@router.get("", response=GrantsOut, summary="The compensation ledger, newest first")
@needs_scope(READ)
def ledger(request: HttpRequest, wanted: Query[CompensationWanted]) -> dict[str, Any]:
    require(api_actor(request), policies.LEDGER)
    rows = queries.ledger(remedy=wanted.remedy, month=wanted.month, standing=wanted.standing)
    page = paginate(rows, order=queries.LEDGER_ORDER, cursor=wanted.cursor, limit=wanted.limit)
    return page_out(page, _grant)


@router.get("/months", response=list[MonthSumOut], summary="Sums by month, with the budget of each")
@needs_scope(READ)
def months(request: HttpRequest, wanted: Query[SumsWanted]) -> list[dict[str, Any]]:
    require(api_actor(request), policies.LEDGER)
    return [
        {
            "month": one.month,
            "count": one.count,
            "granted": one.granted.amount,
            "settled": one.settled.amount,
            "budget": one.budget.amount if one.budget is not None else None,
            "left": one.left.amount if one.left is not None else None,
        }
        for one in queries.month_sums(now(), months=wanted.months)
    ]


@router.get("/remedies", response=list[RemedySumOut], summary="Sums by remedy over the last 90 days")
@needs_scope(READ)
def remedies(request: HttpRequest) -> list[dict[str, Any]]:
    require(api_actor(request), policies.LEDGER)
    sums = queries.sums_by_remedy(now() - PERIOD)
    return [{"remedy": code, "count": count, "amount": money.amount} for code, count, money in sums]


@router.get("/questions", response=QuestionsOut, summary="What waits for the caller's word, oldest first")
@needs_scope(READ)
def questions(request: HttpRequest, wanted: Query[QuestionsWanted]) -> dict[str, Any]:
    actor = api_actor(request)
    require(actor, policies.WORK)
    waiting = queries.waiting_for(actor, now())
    page = paginate(waiting, order=queries.WAITING_ORDER, cursor=wanted.cursor, limit=wanted.limit)
    return page_out(page, _question)


def _question(one: Any) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in ("remedy", "amount", "hands", "why", "asked_by", "asked_at")},
        "id": one.pk,
        "reference": one.case.reference,
        "title": one.title,
    }


@router.get("/decision-time", response=DecisionTimeOut, summary="How long decisions took")
@needs_scope(READ)
def decision_time(request: HttpRequest) -> dict[str, Any]:
    require(api_actor(request), policies.WORK)
    found = queries.decision_time(now() - PERIOD)
    return {"count": found.n, "seconds": int(found.mean.total_seconds()) if found.mean else None}


@router.get("/deciders", response=list[DeciderOut], summary="Who can decide this amount now")
@needs_scope(READ)
def deciders(request: HttpRequest, wanted: Query[DecidersWanted]) -> list[dict[str, Any]]:
    require(api_actor(request), policies.WORK)
    return [
        {
            "staff_id": one.staff.pk,
            "name": one.staff.name,
            "most": one.most.amount,
            "reachable": one.reachable,
            "deputy": one.deputy,
            "full": one.full,
        }
        for one in queries.deciders(wanted.remedy, wanted.amount, now(), hands=queries.hands(wanted.amount))
    ]


router.add_router("", on_cases)
