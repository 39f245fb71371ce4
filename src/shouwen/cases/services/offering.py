"""Offering a new case to those it fits, and passing it on when nobody takes it. Whoever takes it owns it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from shouwen.cases import queries
from shouwen.cases.events import CaseOffered, CasePassedOn
from shouwen.cases.models import Case, Offer, Unclaimed
from shouwen.cases.queries import routing
from shouwen.cases.rules import routing as rules
from shouwen.cases.services import recording
from shouwen.cases.services.noticing import notify_all
from shouwen.people import queries as people
from shouwen.platform import db
from shouwen.platform.access import SYSTEM, Actor
from shouwen.promises import queries as promises

FIRST, TEAM, SUPERVISORS = "first", "team", "supervisor"
RETRY = timedelta(seconds=60)
MOST_AT_ONCE = 200


@transaction.atomic
def offer(*, case_id: int, at: datetime, by: Actor) -> list[int]:
    """Show a new case to whom it fits best. Whom, by id; none when nobody is free."""
    case = queries.locked_with_customer(case_id)
    if not _waits(case):
        return []
    plan = routing.plan_of(case.team_id or 0)
    shown = _show(case, plan, FIRST, at, by)
    if plan.back or plan.up:
        _await_claim(case, plan, at, shown=bool(shown))
    return shown


def _waits(case: Case) -> bool:
    return case.owner_id is None and case.active and case.team_id is not None


def _show(case: Case, plan: rules.Plan, step: str, at: datetime, by: Actor) -> list[int]:
    known = routing.shown(case)
    verdicts = routing.verdicts(case, plan, at)
    wanted = [one for one in verdicts if one.chosen and one.id not in known]
    if not wanted:
        return []
    names = {one.id: one.name for one in routing.staff_of(case.team_id or 0)}
    why = [[list(reason) for reason in one.why] for one in wanted]
    ids = [one.id for one in wanted]
    routing.remember(plan, _write(case, ids, why, step, at))
    passed = Counter(str(one.why_not[0]) for one in verdicts if one.why_not)
    fact = CaseOffered(case.pk, ids, [names[pk] for pk in ids], why, dict(passed))
    recording.announce(case, fact, by=by, at=at, more=[("staff", pk) for pk in ids])
    return ids


def _write(case: Case, ids: Sequence[int], why: Sequence[Any], step: str, at: datetime) -> list[Offer]:
    rows = [
        Offer(case=case, staff_id=pk, offered_at=at, why=reasons, step=step)
        for pk, reasons in zip(ids, why, strict=True)
    ]
    db.insert_all(rows)
    kind = "unclaimed" if step == SUPERVISORS else "offered"
    notify_all(
        user_ids=ids,
        kind=kind,
        case=case,
        cause_key=f"offer:{case.pk}" + ("" if step == FIRST else f":{step}"),
        at=at,
    )
    return rows


def _await_claim(case: Case, plan: rules.Plan, at: datetime, *, shown: bool) -> None:
    """When it goes on unless somebody takes it; asked again soon while nobody was there to be shown it."""
    if Unclaimed.objects.filter(case=case).exists():
        return
    row = Unclaimed(
        case=case, back_at=_due(case, plan, plan.back, at), up_at=_due(case, plan, plan.up, at), next_at=at
    )
    _set_next(row, at, shown=shown)
    row.save(force_insert=True)


def _due(case: Case, plan: rules.Plan, minutes: int, at: datetime) -> datetime | None:
    if not minutes:
        return None
    if plan.service_hours:
        return promises.due_for_team(case.team_id, at, minutes * 60)
    return at + timedelta(minutes=minutes)


def _set_next(row: Unclaimed, at: datetime, *, shown: bool) -> bool:
    """Set when to look again; False when there is nothing more to wait for."""
    times = [one for one in (row.back_at if row.step == FIRST else None, row.up_at) if one is not None]
    if not shown and times:
        times.append(at + RETRY)
    row.next_at = min(times, default=at)
    return bool(times)


def pass_on_due(*, at: datetime) -> int:
    """Everything whose time has come: back to the whole team, then up to the supervisors. How many."""
    due = Unclaimed.objects.filter(next_at__lte=at).order_by("next_at").values_list("case_id", flat=True)
    found = list(due[:MOST_AT_ONCE])
    for case_id in found:
        pass_on(case_id=case_id, at=at)
    return len(found)


@transaction.atomic
def pass_on(*, case_id: int, at: datetime, by: Actor = SYSTEM) -> None:
    """One step on for one case, if it still waits. Doing it twice changes nothing."""
    case = queries.locked(case_id)
    row = Unclaimed.objects.select_for_update(of=("self",)).filter(case=case, next_at__lte=at).first()
    if row is None:
        return
    if not _waits(case):
        row.delete()
        return
    if row.up_at is not None and at >= row.up_at:
        _go_up(case, at, by)
        row.delete()
        return
    plan = routing.plan_of(case.team_id or 0)
    if row.step == FIRST and row.back_at is not None and at >= row.back_at:
        row.step = TEAM
        recording.announce(case, CasePassedOn(case.pk, TEAM), by=by, at=at)
    _show(case, rules.widened(plan) if row.step == TEAM else plan, row.step, at, by)
    shown = Offer.objects.filter(case=case, ended_at=None).exists()
    if _set_next(row, at, shown=shown):
        row.save(update_fields=["step", "next_at"])
    else:
        row.delete()


def _go_up(case: Case, at: datetime, by: Actor) -> None:
    """The supervisors of the team see it with a notice; they may take it as well, or say who shall."""
    above = people.supervisors_of(case.team_id or 0) or people.with_role("supervisor") or people.chiefs()
    ids = [one.id for one in above]
    Offer.objects.filter(case=case, ended_at=None, staff_id__in=ids).update(ended_at=at)
    _write(case, ids, [[[SUPERVISORS]] for _one in above], SUPERVISORS, at)
    fact = CasePassedOn(case.pk, SUPERVISORS, [one.name for one in above])
    recording.announce(case, fact, by=by, at=at, more=[("staff", one.id) for one in above])
