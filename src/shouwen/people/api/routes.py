"""/api/v1/people"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema, Status
from pydantic import Field

from shouwen.people import queries, services
from shouwen.platform.access import now
from shouwen.platform.apikit import Strict, api_actor, needs_scope
from shouwen.platform.web import paginate

router = Router(tags=["people"])
Ident = Annotated[int, Path(ge=1, le=2**62)]
PresenceCode = Literal["on_duty", "busy", "break", "offline"]


class PeopleWanted(Strict):
    q: str = Field("", max_length=80)
    team: int | None = Field(None, ge=1, le=2**62)
    presence: PresenceCode | None = None
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=100)


class PresenceIn(Strict):
    presence: PresenceCode
    note: str = Field("", max_length=80)


class LeaveIn(Strict):
    """Both empty: no leave."""

    first: date | None = None
    last: date | None = None


class LimitsIn(Strict):
    """`hard_limit`: how many hard contacts a day are enough; null: the person says so."""

    limits: str = Field("", max_length=400)
    hard_limit: int | None = Field(None, ge=1, le=20)


class HelpRequestIn(Strict):
    words: str = Field("", max_length=200)


class HelpOut(Schema):
    staff_id: int
    words: str
    asked_at: datetime
    helper_id: int | None
    answered_at: datetime | None
    subject_kind: str
    subject_id: int | None


class SkillOut(Schema):
    code: str
    name: str
    level: int


class TeamOut(Schema):
    id: int
    name: str
    lead: bool


class StaffPersonOut(Schema):
    id: int
    name: str
    title: str
    department: str | None
    provider: str | None
    teams: list[TeamOut]
    skills: list[SkillOut]
    languages: list[str]
    authority_level: int
    capacity: int
    presence: str
    presence_since: datetime
    presence_note: str
    limits: str
    hard_limit: int | None
    leave_from: date | None
    leave_until: date | None
    active: bool


class PeopleOut(Schema):
    items: list[StaffPersonOut]
    next_cursor: str | None
    previous_cursor: str | None


def person_out(staff: Any) -> dict[str, Any]:
    plain = ("name", "title", "languages", "authority_level", "capacity", "presence", "presence_since")
    rest = ("presence_note", "limits", "hard_limit", "leave_from", "leave_until", "active")
    return {
        "id": staff.id,
        "department": staff.department.name if staff.department_id else None,
        "provider": staff.provider.name if staff.provider_id else None,
        "teams": [
            {"id": row.team_id, "name": row.team.name, "lead": row.lead} for row in staff.memberships.all()
        ],
        "skills": [
            {"code": row.skill.code, "name": row.skill.name, "level": row.level}
            for row in staff.skill_levels.all()
        ],
        **{field: getattr(staff, field) for field in (*plain, *rest)},
    }


@router.get("", response=PeopleOut, summary="List colleagues")
@needs_scope("people:read")
def list_people(request: HttpRequest, wanted: Query[PeopleWanted]) -> dict[str, Any]:
    by = api_actor(request)
    rows = queries.listed(by, q=wanted.q, team_id=wanted.team, presence=wanted.presence or "")
    page = paginate(rows, order=("name", "pk"), cursor=wanted.cursor, limit=wanted.limit)
    return {
        "items": [person_out(one) for one in page.items],
        "next_cursor": page.next_cursor,
        "previous_cursor": page.previous_cursor,
    }


@router.get("/{staff_id}", response=StaffPersonOut, summary="One colleague")
@needs_scope("people:read")
def one_person(request: HttpRequest, staff_id: Ident) -> dict[str, Any]:
    return person_out(queries.get(staff_id, api_actor(request)))


@router.put("/{staff_id}/presence", response=StaffPersonOut, summary="Set presence")
@needs_scope("people:write")
def set_presence(request: HttpRequest, staff_id: Ident, payload: PresenceIn) -> dict[str, Any]:
    by = api_actor(request)
    queries.get(staff_id, by)
    services.set_presence(staff_id=staff_id, **payload.model_dump(), at=now(), by=by)
    return person_out(queries.get(staff_id, by))


@router.put("/{staff_id}/leave", response=StaffPersonOut, summary="Note leave, or take it back")
@needs_scope("people:write")
def note_leave(request: HttpRequest, staff_id: Ident, payload: LeaveIn) -> dict[str, Any]:
    by = api_actor(request)
    queries.get(staff_id, by)
    services.note_leave(staff_id=staff_id, **payload.model_dump(), at=now(), by=by)
    return person_out(queries.get(staff_id, by))


@router.put("/{staff_id}/limits", response=StaffPersonOut, summary="Set one's own limits")
@needs_scope("people:write")
def set_limits(request: HttpRequest, staff_id: Ident, payload: LimitsIn) -> dict[str, Any]:
    by = api_actor(request)
    queries.get(staff_id, by)
    services.set_limits(staff_id=staff_id, **payload.model_dump(), at=now(), by=by)
    return person_out(queries.get(staff_id, by))


@router.post("/{staff_id}/help", response={201: HelpOut}, summary="Ask colleagues for help")
@needs_scope("people:write")
def ask_for_help(request: HttpRequest, staff_id: Ident, payload: HelpRequestIn) -> Status[Any]:
    by = api_actor(request)
    queries.get(staff_id, by)
    return Status(201, services.ask_for_help(staff_id=staff_id, words=payload.words, at=now(), by=by))


@router.post(
    "/{staff_id}/help/answer", response=HelpOut, summary="Step in for a colleague who asked for help"
)
@needs_scope("people:write")
def give_help(request: HttpRequest, staff_id: Ident) -> Any:
    by = api_actor(request)
    queries.get(staff_id, by)
    return services.give_help(staff_id=staff_id, at=now(), by=by)


@router.post("/{staff_id}/help/withdrawal", response=HelpOut, summary="Take a call for help back")
@needs_scope("people:write")
def withdraw_help(request: HttpRequest, staff_id: Ident) -> Any:
    by = api_actor(request)
    queries.get(staff_id, by)
    return services.withdraw_help(staff_id=staff_id, at=now(), by=by)
