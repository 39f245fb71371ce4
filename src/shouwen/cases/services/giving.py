"""Giving our word and writing down what the customer expects: kept by `promises`, told on the case."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.cases import policies, queries
from shouwen.cases.models import Case
from shouwen.cases.rules import states
from shouwen.cases.services import changing, recording
from shouwen.platform.access import Actor, ensure
from shouwen.promises import services as promises


@transaction.atomic
def promise(
    *,
    case_id: int,
    text: str,
    due_at: datetime | None,
    deliver_by: int | None = None,
    at: datetime,
    by: Actor,
) -> Any:
    """A promise made by word of mouth, into the ledger; the case shows the nearest deadline."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    states.must_be_active(case.state)
    made = promises.make(
        subject=case.subject,
        customer_id=case.customer_id,
        text=text,
        due_at=due_at or at,
        deliver_by=deliver_by,
        channel=case.channel,
        team_id=case.team_id,
        at=at,
        by=by,
    )
    recording.look_at_deadlines(case)
    case.save(update_fields=["due_at", "due_sort"])
    return made


@transaction.atomic
def expect(
    *,
    case_id: int,
    text: str,
    sort: str,
    managed: str = "",
    agreed: str = "",
    levels: Mapping[str, int] | None = None,
    at: datetime,
    by: Actor,
) -> Any:
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    return promises.record_expectation(
        subject=case.subject,
        customer_id=case.customer_id,
        text=text,
        sort=sort,
        managed=managed,
        agreed=agreed,
        levels=levels,
        at=at,
        by=by,
    )


@transaction.atomic
def set_particulars(
    *,
    case_id: int,
    subject: str,
    kind: str,
    impact: int,
    urgency: int,
    tags: Iterable[str],
    service_item_id: int | None,
    asset_id: int | None,
    fields: Mapping[str, Any],
    at: datetime,
    by: Actor,
) -> Case:
    """What one form says about a case, all of it or nothing."""
    changing.set_kind(case_id=case_id, kind=kind, at=at, by=by)
    changing.set_priority(case_id=case_id, impact=impact, urgency=urgency, at=at, by=by)
    changing.set_tags(case_id=case_id, tags=tags, at=at, by=by)
    return changing.set_details(
        case_id=case_id,
        subject=subject,
        service_item_id=service_item_id,
        asset_id=asset_id,
        fields=fields,
        at=at,
        by=by,
    )
