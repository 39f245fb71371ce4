"""What goes in and comes out of the API of this room."""

import datetime as dt
from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Path, Schema
from pydantic import AwareDatetime, Field

from shouwen.platform.apikit import Strict

Ident = Annotated[int, Path(ge=1, le=2**62)]
Kind = Annotated[str, Path(pattern="^[a-z_]{1,20}$")]
Text = Annotated[str, Field(max_length=4000)]
Line = Annotated[str, Field(max_length=200)]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Seconds = Annotated[int, Field(ge=1, le=366 * 86_400)]


class PromisePageWanted(Strict):
    cursor: Annotated[str, Field(max_length=400)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class LedgerWanted(PromisePageWanted):
    whose: Literal["mine", "team", "all"] = "mine"
    state: Literal["open", "kept", "renegotiated", "broken", "withdrawn"] | None = None
    staff_id: Annotated[int, Field(ge=1, le=2**62)] | None = None
    team_id: Annotated[int, Field(ge=1, le=2**62)] | None = None
    customer_id: Annotated[int, Field(ge=1, le=2**62)] | None = None
    due_before: AwareDatetime | None = None
    owed: bool = False
    work: Annotated[str, Field(max_length=12)] = ""
    cause: Annotated[str, Field(max_length=12)] = ""
    department_id: Annotated[int, Field(ge=1, le=2**62)] | None = None
    provider_id: Annotated[int, Field(ge=1, le=2**62)] | None = None
    settled_since: AwareDatetime | None = None


class SubjectOut(Schema):
    kind: str
    id: int
    reference: str
    title: str


class PromisePromiseOut(Schema):
    id: int
    subject: SubjectOut
    customer_id: int | None
    text: str
    due_at: datetime
    provisional: bool
    state: str
    owed: bool
    made_at: datetime
    made_by: int | None
    made_by_name: str
    deliver_by: int | None
    deliver_by_name: str
    channel: str
    message_id: int | None
    settled_at: datetime | None
    delivered_at: datetime | None
    reason: str
    cause: str
    work: str
    previous_id: int | None
    customer_told_at: datetime | None
    told_message_id: int | None
    warned_half_at: datetime | None
    warned_most_at: datetime | None


class AdviceIn(Strict):
    text: Annotated[str, Field(min_length=1, max_length=400)]
    due_at: AwareDatetime
    deliver_by: Annotated[int, Field(ge=1, le=2**62)] | None = None
    team_id: Annotated[int, Field(ge=1, le=2**62)] | None = None


class DoubtOut(Schema):
    code: str
    sentence: str
    suggestion: datetime | None
    refuses: bool


class StockOut(Schema):
    team: str
    free: int
    all: Annotated[int, Field(validation_alias="all_")]


class AdviceOut(Schema):
    """`n` delivered promises of this kind are known; from `fewest` on there is a `proposal`."""

    work: str
    refuses: bool
    doubts: list[DoubtOut]
    n: int
    fewest: int
    proposal: datetime | None
    stock: StockOut | None


class LedgerOut(Schema):
    items: list[PromisePromiseOut]
    next_cursor: str | None
    previous_cursor: str | None


def promise_out(line: Any) -> dict[str, Any]:
    """`line` is a `queries.Shown`."""
    promise = line.promise
    own = {name: getattr(promise, name) for name in PromisePromiseOut.model_fields if hasattr(promise, name)}
    kind, pk = promise.subject
    return own | {
        "subject": {
            "kind": kind,
            "id": pk,
            "reference": line.about.reference,
            "title": line.about.title,
        },
        "made_by_name": line.maker,
        "deliver_by_name": line.deliverer,
    }


class CalendarIn(Strict):
    name: Name
    definition: dict[str, Any]
    default: bool = False


class CalendarChange(Strict):
    name: Name | None = None
    definition: dict[str, Any] | None = None
    default: bool | None = None
    active: bool | None = None


class CalendarOut(Schema):
    id: int
    name: str
    zone: str
    definition: dict[str, Any]
    default: bool
    active: bool
    version: int


class DueWanted(Strict):
    start: AwareDatetime
    minutes: Annotated[int, Field(ge=1, le=366 * 1440)]


class StepOut(Schema):
    date: dt.date
    until: dt.date
    opens: datetime | None
    closes: datetime | None
    used_seconds: int
    left_seconds: int
    reason: str


class DueOut(Schema):
    due: datetime
    provisional: bool
    steps: list[StepOut]


class PauseOut(Schema):
    from_at: datetime
    to_at: datetime | None
    reason: str


class ForecastOut(Schema):
    breaches_at: datetime
    standing: bool
    likely_at: datetime | None
    late: bool
    n: int


class PromiseClockOut(Schema):
    id: int
    sort: str
    state: str
    started_at: datetime
    due_at: datetime
    provisional: bool
    target_seconds: int
    used_seconds: int
    standard_id: int | None
    calendar_id: int
    pauses: list[PauseOut]
    steps: list[StepOut]
    forecast: ForecastOut | None


def clock_out(clock: Any, reading: Any, used: int, forecast: Any) -> dict[str, Any]:
    names = ("id", "sort", "state", "started_at", "due_at", "provisional", "target_seconds", "standard_id")
    return {name: getattr(clock, name) for name in (*names, "calendar_id")} | {
        "used_seconds": used,
        "pauses": list(clock.pauses.all()),
        "steps": list(reading.steps),
        "forecast": forecast,
    }


class PromiseRunOut(Schema):
    first: dt.date
    last: dt.date
    sort: str
    first_number: int | None
    last_number: int | None


class StatutoryOut(Schema):
    id: int
    code: str
    label: str
    authority: str
    reference: str
    source: str
    version: int
    state: str
    received_at: datetime
    due_at: datetime
    last_day: dt.date
    provisional: bool
    explanation: str
    days: list[PromiseRunOut]


def statutory_out(found: Any) -> dict[str, Any]:
    """`found` is a `queries.Statutory`."""
    clock = found.clock
    own = {
        name: getattr(found, name) for name in ("id", "label", "authority", "source", "state", "explanation")
    }
    return own | {
        "code": clock.code,
        "reference": clock.reference,
        "version": clock.template.version,
        "received_at": clock.received_at,
        "due_at": clock.due_at,
        "last_day": found.reckoning.last_day,
        "provisional": clock.provisional,
        "days": list(found.reckoning.runs),
    }
