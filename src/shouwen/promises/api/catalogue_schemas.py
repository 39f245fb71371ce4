"""What programs say and hear about the service catalogue."""

import datetime as dt
from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from shouwen.platform.apikit import Strict
from shouwen.promises.api.schemas import Line, Name, Seconds, Text

Part = Annotated[str, Field(max_length=300)]


class ItemWords(Strict):
    name_en: Annotated[str, Field(max_length=80)] | None = None
    description: Text | None = None
    description_en: Text | None = None
    for_whom: Line | None = None
    for_whom_en: Line | None = None
    price_note: Line | None = None
    price_note_en: Line | None = None
    covered: Text | None = None
    covered_en: Text | None = None
    not_covered: Text | None = None
    not_covered_en: Text | None = None
    evidence_needed: Text | None = None
    evidence_needed_en: Text | None = None
    expectation_notice: Text | None = None
    expectation_notice_en: Text | None = None


class ItemIn(ItemWords):
    code: Annotated[str, Field(min_length=1, max_length=40)]
    name: Name


class ItemChange(ItemWords):
    name: Name | None = None
    active: bool | None = None
    sends_notice: bool | None = None
    public: bool | None = None


class StandardIn(Strict):
    case_kind: Annotated[str, Field(max_length=30)] = ""
    tier: Literal["", "A", "B", "C", "D"] = ""
    channel: Annotated[str, Field(max_length=20)] = ""
    first_reply_seconds: Seconds | None = None
    next_reply_seconds: Seconds | None = None
    solution_seconds: Seconds | None = None
    calendar_id: Annotated[int, Field(ge=1, le=2**62)] | None = None
    valid_from: AwareDatetime | None = None


class StandardOut(Schema):
    id: int
    item_id: int | None
    case_kind: str
    tier: str
    channel: str
    first_reply_seconds: int | None
    next_reply_seconds: int | None
    solution_seconds: int | None
    calendar_id: int | None
    valid_from: datetime
    valid_to: datetime | None


class ItemOut(Schema):
    id: int
    code: str
    name: str
    name_en: str
    description: str
    description_en: str
    for_whom: str
    for_whom_en: str
    price_note: str
    price_note_en: str
    covered: str
    covered_en: str
    not_covered: str
    not_covered_en: str
    evidence_needed: str
    evidence_needed_en: str
    expectation_notice: str
    expectation_notice_en: str
    sends_notice: bool
    public: bool
    active: bool
    standards: list[StandardOut] = []


class ItemsOut(Schema):
    items: list[ItemOut]
    next_cursor: str | None
    previous_cursor: str | None


def item_out(item: Any, standards: list[Any]) -> dict[str, Any]:
    own = {name: getattr(item, name) for name in ItemOut.model_fields if name != "standards"}
    return own | {"standards": standards}


class CoverageRuleIn(Strict):
    sort: Literal["warranty", "return", "exchange", "repair"]
    span: Annotated[int, Field(ge=1, le=3660)] | None = None
    unit: Literal["days", "months"] = "months"
    condition: Part = ""
    condition_en: Part = ""
    evidence: Part = ""
    evidence_en: Part = ""
    source: Line = ""
    source_en: Line = ""


class CoverageIn(Strict):
    rules: Annotated[list[CoverageRuleIn], Field(max_length=4)]


class CoverageRuleOut(Schema):
    sort: str
    span: int | None
    unit: str
    condition: str
    condition_en: str
    evidence: str
    evidence_en: str
    source: str
    source_en: str


class CoverageWanted(Strict):
    asset_id: Annotated[int, Field(ge=1, le=2**62)] | None = None
    on: dt.date | None = None
    repair_days: Annotated[int, Field(ge=0, le=3660)] = 0


class CoverageOut(Schema):
    sort: str
    verdict: Literal["covered", "not_covered", "unknown"]
    why: str
    until: dt.date | None
    evidence: str
    condition: str
    source: str


def coverage_out(found: Any) -> dict[str, Any]:
    """`found` is a `queries.Covered`."""
    own = {name: getattr(found.finding, name) for name in ("sort", "verdict", "until")}
    return own | {name: getattr(found, name) for name in ("why", "evidence", "condition", "source")}
