"""What programs say and hear about kinds of promises and about statutory time limits."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Path, Schema
from pydantic import AwareDatetime, Field

from shouwen.platform.apikit import Strict
from shouwen.promises.rules import authority, statutory

Work = Annotated[str, Path(pattern="^[a-z_]{1,12}$")]
Role = Annotated[str, Field(min_length=1, max_length=40)]
Sum = Annotated[Decimal, Field(gt=0, le=authority.MOST_AMOUNT, decimal_places=2)]
Code = Annotated[str, Field(pattern="^[a-z0-9-]{1,40}$")]
Days = Annotated[int, Field(ge=1, le=statutory.MOST_DAYS)]


class PromiseKindIn(Strict):
    """`roles`: each role with the most money it may promise, null for any sum."""

    minimum_lead_minutes: Annotated[int, Field(ge=0, le=authority.LONGEST_LEAD)] | None = None
    strict: bool = False
    roles: dict[Role, Sum | None] | None = None


class PromiseKindOut(Schema):
    work: str
    label: str
    minimum_lead_minutes: int | None
    strict: bool
    roles: dict[str, str | None] | None
    usual_minutes: int | None
    delivered: int


class LimitsWanted(Strict):
    code: Code | None = None


class ExtensionIn(Strict):
    count: Days
    why: Annotated[str, Field(max_length=200)] = ""


class LimitGiven(Strict):
    code: Code
    name: Annotated[str, Field(min_length=1, max_length=120)]
    name_en: Annotated[str, Field(max_length=120)] = ""
    authority: Annotated[str, Field(min_length=1, max_length=80)]
    count: Days
    unit: Literal["calendar_days", "working_days", "weeks"]
    country: Literal["CN", "GB"] = "CN"
    zone: Annotated[str, Field(min_length=1, max_length=64)] = "Asia/Shanghai"
    ends_at: Annotated[int, Field(ge=1, le=statutory.END_OF_DAY)] = statutory.END_OF_DAY
    rolls: bool = False
    extensions: Annotated[list[ExtensionIn], Field(max_length=5)] = []
    source: Annotated[str, Field(min_length=1, max_length=300)]
    source_version: Annotated[str, Field(max_length=120)] = ""
    valid_from: AwareDatetime | None = None


class LimitOut(Schema):
    """`ends_at` are minutes of the last day; days count from the day after receipt."""

    id: int
    code: str
    version: int
    name: str
    name_en: str
    authority: str
    count: int
    unit: str
    country: str
    zone: str
    ends_at: int
    rolls: bool
    extensions: list[dict[str, Any]]
    source: str
    source_version: str
    valid_from: datetime
    valid_to: datetime | None


def roles_of(payload: PromiseKindIn) -> dict[str, Decimal | None]:
    """Who may, as the service wants it: an administrator is never shut out, as on the page."""
    roles = payload.roles
    return {} if roles is None else {"administrator": None, **roles}


def kind_out(kind: Any) -> dict[str, Any]:
    """`kind` is a `queries.KindRule`."""
    lead = kind.allowance.lead
    roles = {role: None if most is None else str(most) for role, most in kind.allowance.roles.items()}
    return {
        "work": kind.work,
        "label": kind.label,
        "minimum_lead_minutes": None if lead is None else int(lead.total_seconds() // 60),
        "strict": kind.allowance.strict,
        "roles": roles if kind.allowance.restricted else None,
        "usual_minutes": None if kind.usual is None else round(kind.usual.seconds / 60),
        "delivered": kind.n,
    }


def limit_out(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in LimitOut.model_fields}
