"""Setting the organisation's ladder: who is told on each level, what raises, when it goes up. Versioned."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies
from shouwen.cases.events import LadderChanged
from shouwen.cases.models import EscalationPlan
from shouwen.cases.queries import ladder
from shouwen.cases.rules import ladder as rules
from shouwen.kernel.errors import Invalid
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus


@transaction.atomic
def save_ladder(*, plan: rules.Ladder, at: datetime, by: Actor) -> EscalationPlan:
    """How cases are raised from now on; what is raised already stays as it is. The same once more changes nothing."""
    ensure(policies.may_configure, by)
    rules.checked(plan)
    _all_work_here(plan)
    row = ladder.locked_row()
    before = _as_it_is(row) if row.version else None
    row.rules = {trigger: asdict(rule) for trigger, rule in plan.rules.items()}
    row.steps = [{"people": list(step.people), "minutes": step.minutes} for step in plan.steps]
    row.service_hours = plan.service_hours
    after = _as_it_is(row)
    if after == before:
        return row
    row.version += 1
    row.save()
    ladder.forget()
    transaction.on_commit(ladder.forget)
    bus.announce(
        LadderChanged(row.version), subjects=[("ladder", row.pk)], by=by, at=at, before=before, after=after
    )
    return row


def _all_work_here(plan: rules.Ladder) -> None:
    for level, step in enumerate(plan.steps, 1):
        known = people.some_staff(step.people)
        if len(known) != len(step.people) or any(one.provider_id is not None for one in known):
            raise Invalid(_("There is no such colleague."), field=f"people_{level}")


def _as_it_is(row: EscalationPlan) -> dict[str, Any]:
    return {"rules": row.rules, "steps": row.steps, "service_hours": row.service_hours}
