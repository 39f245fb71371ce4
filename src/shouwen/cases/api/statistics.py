"""/api/v1/channel-statistics: volume, waiting, first-contact resolution and self-service by channel."""

from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from shouwen.cases import permissions
from shouwen.cases.api import schemas as s
from shouwen.cases.api.shown import case_out
from shouwen.cases.queries import channel_figures
from shouwen.channels import figures
from shouwen.kernel.errors import Invalid
from shouwen.knowledge import queries as knowledge
from shouwen.platform.access import now, require
from shouwen.platform.apikit import Strict, api_actor, needs_scope
from shouwen.platform.web import paginate

router = Router(tags=["channel statistics"])
Measure = Literal["opened", "replied", "unreplied", "ended", "first_contact", "again", "self_service"]


class Period(Strict):
    """At most 92 days; without a choice the last thirty."""

    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class CountedWanted(Period):
    measure: Measure = "opened"
    channel: str = Field("", max_length=20)
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=100)


class RowOut(Schema):
    """Counts are cases opened in the period; `wait_seconds` is the mean time to the first reply."""

    channel: str
    opened: int
    replied: int
    wait_seconds: int | None
    unreplied: int
    ended: int
    first_contact: int
    first_contact_share: float | None
    self_service: int
    self_service_share: float | None


class OwnOut(Schema):
    channel: str
    label: str
    value: str


class StatisticsOut(Schema):
    since: datetime
    until: datetime
    channels: list[RowOut]
    readers_helped: int
    self_service_share: float | None
    own: list[OwnOut]


def _period(wanted: Period) -> tuple[datetime, datetime]:
    until = wanted.until or now()
    since = wanted.since or until - timedelta(days=30)
    if not timedelta(0) < until - since <= channel_figures.MOST:
        raise Invalid(_("From one moment to a later one, at most 92 days."), field="since")
    return since, until


@router.get("", response=StatisticsOut, summary="Figures of every channel in a period")
@needs_scope("cases:read")
def statistics(request: HttpRequest, wanted: Query[Period]) -> dict[str, Any]:
    by = api_actor(request)
    require(by, permissions.SUPERVISE)
    since, until = _period(wanted)
    rows = channel_figures.rows(by, since, until)
    zone = ZoneInfo(by.zone)
    readers = knowledge.helped_readers(since.astimezone(zone).date(), until.astimezone(zone).date())
    opened, alone = sum(row.opened for row in rows), sum(row.self_service for row in rows)
    return {
        "since": since,
        "until": until,
        "channels": [_row(row) for row in rows],
        "readers_helped": readers,
        "self_service_share": channel_figures.self_service_share(opened, alone, readers),
        "own": [
            {"channel": code, "label": str(one.label), "value": one.value}
            for code in figures.measured()
            for one in figures.of(code, since, until)
        ],
    }


def _row(row: channel_figures.Row) -> dict[str, Any]:
    counts = ("channel", "opened", "replied", "unreplied", "ended", "first_contact", "self_service")
    shares = ("first_contact_share", "self_service_share")
    return {
        **{name: getattr(row, name) for name in (*counts, *shares)},
        "wait_seconds": int(row.wait.total_seconds()) if row.wait is not None else None,
    }


@router.get("/cases", response=s.CasesOut, summary="The cases behind a figure")
@needs_scope("cases:read")
def counted(request: HttpRequest, wanted: Query[CountedWanted]) -> dict[str, Any]:
    by = api_actor(request)
    require(by, permissions.SUPERVISE)
    rows = channel_figures.counted(by, wanted.channel, wanted.measure, *_period(wanted))
    found = paginate(rows, order=("-opened_at", "-id"), cursor=wanted.cursor, limit=wanted.limit)
    return {
        "items": [case_out(case) for case in found.items],
        "next_cursor": found.next_cursor,
        "previous_cursor": found.previous_cursor,
    }
