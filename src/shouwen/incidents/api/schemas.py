"""What goes in and comes out of the API of incidents and problems."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from ninja import Path, Schema
from pydantic import AwareDatetime, Field, model_validator

from shouwen.kernel.references import reference
from shouwen.platform.apikit import Strict

Ident = Annotated[int, Path(ge=1, le=2**62)]
Number = Annotated[int, Field(ge=1, le=2**62)]
Ref = Annotated[str, Path(min_length=1, max_length=40)]
RefIn = Annotated[str, Field(min_length=1, max_length=40)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Line = Annotated[str, Field(max_length=200)]
Name = Annotated[str, Field(max_length=80)]
Text = Annotated[str, Field(max_length=2000)]
Long = Annotated[str, Field(max_length=4000)]
Areas = Annotated[list[Name], Field(max_length=100)]
Why = Annotated[str, Field(max_length=400)]
AT_ONCE = 500
Days = Annotated[int, Field(ge=1, le=90)]


class IncidentPageWanted(Strict):
    cursor: Annotated[str, Field(max_length=400)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class IncidentsWanted(IncidentPageWanted):
    view: Literal["active", "suspected", "past"] = "active"


class LinksWanted(IncidentPageWanted):
    show: Literal["linked", "suggested", "not_working", "by_hand"] = "linked"


class ProblemsWanted(IncidentPageWanted):
    view: Literal["live", "candidates", "past"] = "live"


class IncidentIn(Strict):
    title: Title
    title_en: Line = ""
    model: Name = ""
    cause: Long = ""
    interim: Text = ""
    interim_en: Text = ""
    areas: Areas = []
    cases: Annotated[list[RefIn], Field(max_length=AT_ONCE)] = []
    began_at: AwareDatetime | None = None
    public: bool = False


class IncidentChange(Strict):
    title: Title | None = None
    title_en: Line | None = None
    model: Name | None = None
    cause: Long | None = None
    interim: Text | None = None
    interim_en: Text | None = None
    areas: Areas | None = None
    public: bool | None = None


class JoiningGiven(Strict):
    into: Number


class NewsIn(Strict):
    text: Text = ""
    text_en: Text = ""
    estimate_at: AwareDatetime | None = None


class RestorationIn(Strict):
    areas: Annotated[list[Number], Field(max_length=200)] = []
    text: Text = ""
    text_en: Text = ""


class ProblemCaseIn(Strict):
    ref: RefIn


class LinkedCaseIn(Strict):
    """One case, or many at once in `refs`: all of them are linked or none is."""

    ref: RefIn | None = None
    refs: Annotated[list[RefIn], Field(max_length=AT_ONCE)] = []

    @model_validator(mode="after")
    def _says_which(self) -> "LinkedCaseIn":
        if self.ref is None and not self.refs:
            raise ValueError(_("Give ref or refs."))
        return self


class AnswerGiven(Strict):
    working: bool
    word: Text = ""


class IncidentReasonIn(Strict):
    reason: Annotated[str, Field(min_length=1, max_length=400)]


class MaybeReasonIn(Strict):
    reason: Annotated[str, Field(max_length=400)] = ""


class AreaOut(Schema):
    id: int
    name: str
    restored_at: datetime | None


class IncidentOut(Schema):
    id: int
    title: str
    title_en: str
    model: str
    areas: list[str]
    state: str
    cause: str
    interim: str
    interim_en: str
    estimate_at: datetime | None
    public: bool
    owner_id: int | None
    linked: int
    reopened: int
    evidence: dict[str, Any]
    began_at: datetime
    opened_at: datetime | None
    restored_at: datetime | None
    closed_at: datetime | None


class IncidentsOut(Schema):
    items: list[IncidentOut]
    next_cursor: str | None
    previous_cursor: str | None


class UpdateOut(Schema):
    id: int
    sort: str
    text: str
    text_en: str
    estimate_at: datetime | None
    areas: list[int]
    made_by_name: str
    made_at: datetime
    wanted: int
    told: int
    sent: int
    by_hand: int
    failed: int
    finished_at: datetime | None


class IncidentWhole(IncidentOut):
    area_rows: list[AreaOut]
    updates: list[UpdateOut]
    answers: dict[str, int]
    suggested: int


class LinkOut(Schema):
    case: str
    subject: str
    customer: str
    area: str
    state: str
    told: str
    told_at: datetime | None
    asked_at: datetime | None
    answer: str
    promise_id: int | None


class LinksOut(Schema):
    items: list[LinkOut]
    next_cursor: str | None
    previous_cursor: str | None


class ProblemIn(Strict):
    title: Title
    words: Annotated[str, Field(max_length=400)] = ""
    model: Name = ""
    kind: Annotated[str, Field(max_length=30)] = ""
    period_days: Days = 7
    cases: Annotated[list[RefIn], Field(max_length=100)] = []
    incidents: Annotated[list[Number], Field(max_length=50)] = []


class ProblemChange(Strict):
    title: Title | None = None
    words: Annotated[str, Field(max_length=400)] | None = None
    model: Name | None = None
    kind: Annotated[str, Field(max_length=30)] | None = None
    period_days: Days | None = None


class WhysIn(Strict):
    whys: Annotated[list[Why], Field(min_length=1, max_length=5)]


class FixGiven(Strict):
    fix: Annotated[str, Field(min_length=1, max_length=4000)]
    fixed_at: AwareDatetime | None = None
    period_days: Days | None = None


class ResultGiven(Strict):
    result: Annotated[str, Field(min_length=1, max_length=4000)]


class IncidentRef(Strict):
    incident: Number


class ProblemOut(Schema):
    id: int
    title: str
    state: str
    model: str
    kind: str
    terms: list[str]
    whys: list[str]
    cause: str
    fix: str
    fixed_at: datetime | None
    period_days: int
    result: str
    owner_id: int | None
    cases: int
    evidence: dict[str, Any]
    made_at: datetime
    closed_at: datetime | None


class ProblemsOut(Schema):
    items: list[ProblemOut]
    next_cursor: str | None
    previous_cursor: str | None


class PeriodOut(Schema):
    start: datetime
    end: datetime
    count: int
    after: bool


class DropOut(Schema):
    before: int
    after: int
    expected: float
    ratio: float | None
    low: float | None
    high: float | None
    p: float | None
    is_real: bool


class WatchOut(Schema):
    periods: list[PeriodOut]
    drop: DropOut | None


class ProblemWhole(ProblemOut):
    incidents: list[int]
    watch: WatchOut | None


class ProblemCaseOut(Schema):
    case: str
    subject: str
    opened_at: datetime


class ProblemCasesOut(Schema):
    items: list[ProblemCaseOut]
    next_cursor: str | None
    previous_cursor: str | None


def incident_out(incident: Any) -> dict[str, Any]:
    same = ("id", "title", "title_en", "model", "state", "cause", "interim", "interim_en", "estimate_at")
    more = ("public", "owner_id", "evidence", "began_at", "opened_at", "restored_at", "closed_at")
    return {name: getattr(incident, name) for name in (*same, *more)} | {
        "areas": incident.area_names,
        "linked": incident.linked_count,
        "reopened": incident.reopen_count,
    }


def update_out(progress: Any) -> dict[str, Any]:
    same = ("id", "sort", "text", "text_en", "estimate_at", "areas", "made_by_name", "made_at", "finished_at")
    return {name: getattr(progress.update, name) for name in same} | {
        "wanted": progress.wanted,
        "told": progress.done,
        "sent": progress.sent,
        "by_hand": progress.by_hand,
        "failed": progress.failed,
    }


def whole_out(page: Any) -> dict[str, Any]:
    return incident_out(page.incident) | {
        "area_rows": page.areas,
        "updates": [update_out(one) for one in page.updates],
        "answers": {name or "none": count for name, count in page.answers.items()},
        "suggested": page.suggested,
    }


def link_out(row: Any) -> dict[str, Any]:
    link = row.link
    same = ("state", "told_at", "asked_at", "answer", "promise_id")
    return {name: getattr(link, name) for name in same} | {
        "case": reference(link.case_id),
        "subject": link.case.subject_line,
        "customer": link.case.customer.name,
        "area": link.area.name,
        "told": row.told.way if row.told else "",
    }


def problem_out(problem: Any) -> dict[str, Any]:
    same = ("id", "title", "state", "model", "kind", "terms", "whys", "cause", "fix", "fixed_at")
    more = ("period_days", "result", "owner_id", "evidence", "made_at", "closed_at")
    return {name: getattr(problem, name) for name in (*same, *more)} | {"cases": problem.case_count}


def problem_case_out(row: Any) -> dict[str, Any]:
    return {
        "case": reference(row.case_id),
        "subject": row.case.subject_line,
        "opened_at": row.opened_at,
    }
