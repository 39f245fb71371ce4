"""Small changes of a case's particulars, each kept with before and after."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import permissions, policies, queries
from shouwen.cases.events import CaseChanged, CaseWaiting
from shouwen.cases.models import Awaiting, Case, State
from shouwen.cases.rules import fields as field_rules
from shouwen.cases.rules import states
from shouwen.cases.rules.priority import priority
from shouwen.cases.services import recording
from shouwen.customers import queries as customers
from shouwen.kernel.errors import Invalid
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure, require
from shouwen.promises import queries as promise_reads
from shouwen.promises import services as promises

MOST_TAGS = 20


def _open(case_id: int, by: Actor) -> Case:
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    return case


def _changed(case: Case, before: dict[str, Any], after: dict[str, Any], *, at: datetime, by: Actor) -> Case:
    """Save what differs and say so; nothing happens when nothing differs."""
    differs = [name for name in after if before[name] != after[name]]
    if not differs:
        return case
    case.save()
    recording.announce(
        case,
        CaseChanged(case.pk, differs),
        by=by,
        at=at,
        before={name: before[name] for name in differs},
        after={name: after[name] for name in differs},
    )
    return case


def _retarget(case: Case, at: datetime) -> None:
    promises.retarget(
        subject=case.subject,
        case_kind=case.kind,
        tier=case.tier,
        channel=case.channel,
        item_id=case.service_item_id,
        team_id=case.team_id,
        at=at,
    )
    recording.look_at_deadlines(case)


@transaction.atomic
def set_kind(*, case_id: int, kind: str, at: datetime, by: Actor) -> Case:
    """Another kind may have other clocks; they keep the time used so far."""
    case = _open(case_id, by)
    if kind not in queries.kinds():
        raise Invalid(_("There is no such kind of case."), field="kind")
    before, case.kind = case.kind, kind
    if before != kind:
        _retarget(case, at)
    return _changed(case, {"kind": before}, {"kind": kind}, at=at, by=by)


@transaction.atomic
def set_priority(*, case_id: int, impact: int, urgency: int, at: datetime, by: Actor) -> Case:
    case = _open(case_id, by)
    for name, value in (("impact", impact), ("urgency", urgency)):
        if value not in (1, 2, 3):
            raise Invalid(_("Choose 1, 2 or 3."), field=name)
    before = {"impact": case.impact, "urgency": case.urgency, "priority": case.priority}
    case.impact, case.urgency = impact, urgency
    case.priority = priority(impact, urgency, case.tier)
    after = {"impact": impact, "urgency": urgency, "priority": case.priority}
    return _changed(case, before, after, at=at, by=by)


@transaction.atomic
def set_team(*, case_id: int, team_id: int, at: datetime, by: Actor) -> Case:
    """Another team looks after it from now on, by its own calendar; the owner stays."""
    case = _open(case_id, by)
    if team_id not in {team.pk for team in people.teams()}:
        raise Invalid(_("There is no such team."), field="team")
    before, case.team_id = case.team_id, team_id
    if before != team_id:
        _retarget(case, at)
    return _changed(case, {"team": before}, {"team": team_id}, at=at, by=by)


@transaction.atomic
def set_tags(*, case_id: int, tags: Iterable[str], at: datetime, by: Actor) -> Case:
    case = _open(case_id, by)
    wanted = list(dict.fromkeys(" ".join(tag.split())[:40] for tag in tags if tag.strip()))
    if len(wanted) > MOST_TAGS:
        raise Invalid(_("At most %(most)s tags.") % {"most": MOST_TAGS}, field="tags")
    before, case.tags = case.tags, wanted
    return _changed(case, {"tags": before}, {"tags": wanted}, at=at, by=by)


@transaction.atomic
def set_details(
    *,
    case_id: int,
    at: datetime,
    by: Actor,
    subject: str | None = None,
    service_item_id: int | None = None,
    asset_id: int | None = None,
    fields: Mapping[str, Any] | None = None,
) -> Case:
    """Subject line, service item, asset and the kind's own fields, as one form gives them."""
    case = _open(case_id, by)
    before = {
        "subject": case.subject_line,
        "service_item": case.service_item_id,
        "asset": case.asset_id,
        "fields": case.fields,
    }
    if subject is not None:
        case.subject_line = states.text(subject, "subject", least=1, most=300)
    if service_item_id is not None and service_item_id != case.service_item_id:
        case.service_item_id = promise_reads.item(service_item_id).pk
        _retarget(case, at)
    if asset_id is not None:
        if asset_id not in {asset.pk for asset in customers.assets_of(case.customer_id)}:
            raise Invalid(_("This asset is not one of the customer's."), field="asset")
        case.asset_id = asset_id
    if fields is not None:
        kind = queries.kinds().get(case.kind)
        case.fields = {**case.fields, **field_rules.checked(kind.fields if kind else [], fields)}
    after = {
        "subject": case.subject_line,
        "service_item": case.service_item_id,
        "asset": case.asset_id,
        "fields": case.fields,
    }
    return _changed(case, before, after, at=at, by=by)


@transaction.atomic
def set_restricted(*, case_id: int, restricted: bool, at: datetime, by: Actor) -> Case:
    """Only the owner and supervisors see a restricted case."""
    require(by, permissions.SEE_RESTRICTED)
    case = _open(case_id, by)
    before, case.restricted = case.restricted, restricted
    return _changed(case, {"restricted": before}, {"restricted": restricted}, at=at, by=by)


@transaction.atomic
def set_awaiting_customer(*, case_id: int, waiting: bool, reason: str = "", at: datetime, by: Actor) -> Case:
    """We wait for the customer (clocks stand), or no longer do."""
    case = _open(case_id, by)
    states.must_be_active(case.state)
    if waiting == (case.state == State.WAITING):
        return case
    if waiting:
        case.set_state(State.WAITING)
        case.now_awaits(Awaiting.CUSTOMER, at)
        promises.pause(subject=case.subject, reason=reason or "waiting", at=at)
    else:
        case.set_state(State.OPEN if case.owner_id else State.NEW)
        case.now_awaits(Awaiting.US, at)
        promises.resume(subject=case.subject, at=at)
    recording.look_at_deadlines(case)
    case.save()
    recording.announce(case, CaseWaiting(case.pk, waiting, reason[:200]), by=by, at=at)
    return case
