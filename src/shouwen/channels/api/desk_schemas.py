"""What the service desk's API takes and gives."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.urls import reverse
from ninja import Path, Schema
from pydantic import AwareDatetime, Field

from shouwen.channels import policies
from shouwen.channels.api.about import AboutOut
from shouwen.channels.vendors.desk import queries
from shouwen.platform.access import Actor
from shouwen.platform.apikit import Strict

Ident = Annotated[int, Path(ge=1, le=2**62)]
Given = Annotated[int, Field(ge=1, le=2**62)]
Letter = Annotated[str, Path(min_length=1, max_length=2, pattern="^[A-Za-z]{1,2}$")]
VisitState = Literal["waiting", "called", "serving", "done", "no_show"]


class HallIn(Strict):
    name: str = Field(min_length=1, max_length=80)
    team_id: Given | None = None


class HallChange(HallIn):
    active: bool = True
    new_key: bool = Field(False, description="The old addresses of tablet and screen stop working")


class MatterIn(Strict):
    name: str = Field(min_length=1, max_length=60)
    name_en: str = Field("", max_length=60)
    skill: str = Field("", max_length=40)


class CounterIn(Strict):
    name: str = Field(min_length=1, max_length=30)


class NumberIn(Strict):
    matter_id: Given
    phone: str = Field("", max_length=40)


class VisitsWanted(Strict):
    hall_id: Given | None = None
    day: date | None = None
    state: VisitState | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=100)


class VisitMove(Strict):
    to: Literal["call", "service", "absence", "return", "end"]
    said: str = Field("", max_length=4000)
    name: str = Field("", max_length=80)
    phone: str = Field("", max_length=40)


class TransferIn(Strict):
    matter_id: Given | None = None
    staff_id: Given | None = None
    note: str = Field(min_length=1, max_length=200)


class SeatIn(Strict):
    counter_id: Given | None = None


class MatterOut(Schema):
    id: int
    letter: str
    name: str
    name_en: str
    skill: str


class CounterOut(Schema):
    id: int
    name: str
    staff_id: int | None


class HallOut(Schema):
    id: int
    name: str
    team_id: int | None
    active: bool
    key: str | None
    matters: list[MatterOut]
    counters: list[CounterOut]


class VisitOut(Schema):
    id: int
    hall_id: int
    number: str
    matter_id: int
    state: str
    skill: str
    counter: str | None
    staff_id: int | None
    wanted_staff_id: int | None
    taken_at: datetime
    called_at: datetime | None
    served_at: datetime | None
    ended_at: datetime | None
    note: str
    subject: AboutOut | None


class VisitsOut(Schema):
    items: list[VisitOut]
    next_cursor: str | None
    previous_cursor: str | None


class TicketOut(VisitOut):
    page: str
    ahead: int
    seconds: int | None


class WaitOut(Schema):
    matter_id: int
    ahead: int
    seconds: int | None


class QueueOut(Schema):
    waiting: list[VisitOut]
    now_served: list[VisitOut]
    waits: list[WaitOut]


class SeatOut(Schema):
    counter: CounterOut | None
    hall_id: int | None
    visit: VisitOut | None


def hall_out(hall: Any, by: Actor) -> dict[str, Any]:
    return {
        **{name: getattr(hall, name) for name in ("id", "name", "team_id", "active")},
        "key": hall.key if policies.may_set_up(by) else None,
        "matters": queries.matters(hall.pk),
        "counters": queries.counters(hall.pk),
    }


def visit_out(visit: Any) -> dict[str, Any]:
    plain = ("id", "hall_id", "matter_id", "state", "skill", "staff_id", "wanted_staff_id", "note")
    times = ("taken_at", "called_at", "served_at", "ended_at")
    return {
        **{name: getattr(visit, name) for name in (*plain, *times)},
        "number": visit.label,
        "counter": visit.counter.name if visit.counter_id else None,
        "subject": {"kind": visit.subject_kind, "id": visit.subject_id} if visit.subject else None,
    }


def ticket_out(visit: Any, at: datetime) -> dict[str, Any]:
    wait = queries.wait_of(visit, at)
    page = f"{settings.PUBLIC_URL}{reverse('channels:ticket', args=[visit.token])}"
    return {**visit_out(visit), "page": page, "ahead": wait.ahead, "seconds": wait.seconds}


def queue_out(hall: Any, at: datetime) -> dict[str, Any]:
    day, waits = queries.today(hall, at), queries.waits(hall, at)
    return {
        "waiting": [visit_out(one) for one in queries.waiting(hall.pk, day)],
        "now_served": [visit_out(one) for one in queries.now_served(hall.pk, day)],
        "waits": [
            {"matter_id": pk, "ahead": wait.ahead, "seconds": wait.seconds} for pk, wait in waits.items()
        ],
    }


def seat_out(by: Actor) -> dict[str, Any]:
    counter, visit = queries.counter_of(by.user_id), queries.visit_at(by.user_id)
    return {
        "counter": counter,
        "hall_id": counter.hall_id if counter else None,
        "visit": visit_out(visit) if visit else None,
    }
