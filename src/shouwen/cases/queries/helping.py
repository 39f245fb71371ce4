"""Who asks for help about a case, who is near enough to give it, and how many hard contacts somebody had today."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from shouwen.cases.models import Case
from shouwen.cases.queries import one, routing
from shouwen.cases.rules import routing as rules
from shouwen.people import queries as people
from shouwen.platform.access import Actor
from shouwen.platform.ledger import queries as ledger

KEPT: Final = "help"
"""Where a case keeps the id of the call that is open about it, so that a page without one asks nothing."""


def call_about(case: Case) -> Any:
    """The open call for help about this case."""
    kept = case.fields.get(KEPT)
    found = people.help_call(kept) if isinstance(kept, int) else None
    return found if found is not None and found.answered_at is None else None


def references(calls: Iterable[Any], actor: Actor) -> dict[int, str]:
    """Of the cases these calls are about, those the actor may see: {id: reference}."""
    ids = [call.subject_id for call in calls if call.subject_kind == "case"]
    return {case.pk: case.reference for case in one.visible_to(actor).filter(pk__in=ids)} if ids else {}


def beside(staff_id: int, case: Case | None, at: datetime) -> list[int]:
    """Colleagues with room for the case, or the team mates on duty; then who answers for the team."""
    teams = [case.team_id] if case is not None and case.team_id else people.team_ids_of(staff_id)
    near: list[int] = []
    if case is not None and case.team_id:
        plan = rules.widened(routing.plan_of(case.team_id))
        near = [one.id for one in routing.verdicts(case, plan, at) if one.chosen]
    near = near or [mate.id for team_id in teams for mate in people.members(team_id) if mate.is_free]
    above = [one.id for team_id in teams for one in people.supervisors_of(team_id)]
    above = above or [one.id for one in people.with_role("supervisor")]
    return [pk for pk in dict.fromkeys([*near, *above]) if pk != staff_id]


def hard_contacts_today(staff_id: int, at: datetime) -> int:
    """How many different cases with an angry or hostile customer this person answered today."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = ledger.named("staff", [staff_id], "cases.replied", midnight)
    return len({row.data["case_id"] for row in rows if row.data.get("hard") and row.by_id == staff_id})
