"""The organisation's ladder, kept in memory for a few seconds, and whom a level concerns."""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from shouwen.cases.models import Case, EscalationPlan
from shouwen.cases.rules import ladder as rules
from shouwen.people import queries as people
from shouwen.people.models import Staff

FRESH_SECONDS = 5.0
USUAL = rules.Ladder()
_kept: dict[str, tuple[float, rules.Ladder]] = {}


def forget() -> None:
    _kept.clear()


def as_ladder(row: EscalationPlan) -> rules.Ladder:
    stored: Mapping[str, Mapping[str, Any]] = row.rules
    return rules.Ladder(
        {trigger: rules.Rule(**stored[trigger]) if trigger in stored else usual for trigger, usual in rules.USUAL.items()},
        tuple(rules.Step(tuple(step["people"]), step["minutes"]) for step in row.steps) or USUAL.steps,
        row.service_hours,
    )  # fmt: skip


def row() -> EscalationPlan | None:
    return EscalationPlan.objects.first()


def locked_row() -> EscalationPlan:
    return EscalationPlan.objects.select_for_update().first() or EscalationPlan(pk=1)


def current() -> rules.Ladder:
    found = _kept.get("ladder")
    if found is None or time.monotonic() - found[0] > FRESH_SECONDS:
        stored = row()
        found = (time.monotonic(), as_ladder(stored) if stored else USUAL)
        _kept["ladder"] = found
    return found[1]


def concerned(case: Case, level: int, at: datetime) -> list[int]:
    """Who is named on a level, or their deputy while they are on leave; else who holds the role. Never nobody, if
    there is anybody: a level without people is answered by the next one."""
    named = people.some_staff(current().step(level).people)
    if named:
        return list(dict.fromkeys(_standing_in(one, at) for one in named))
    team = people.supervisors_of(case.team_id) if case.team_id and level == 1 else []
    if team:
        return [person.id for person in team]
    supervisors = people.with_role("supervisor") if level <= 2 else []
    return [person.id for person in supervisors or people.chiefs() or people.with_role("administrator")]


def _standing_in(one: Staff, at: datetime) -> int:
    away = one.on_leave(timezone.localdate(at))
    return one.deputy_id if away and one.deputy_id else one.id
