"""Setting how a team's contacts are offered: one plan for each team, with the next number at every change."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import RoutingChanged
from shouwen.cases.models import RoutingPlan
from shouwen.cases.queries import routing
from shouwen.cases.queries.labels import CHANNELS
from shouwen.cases.rules import routing as rules
from shouwen.kernel.errors import Invalid
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus


@transaction.atomic
def save_plan(*, team_id: int, plan: rules.Plan, at: datetime, by: Actor) -> RoutingPlan:
    """How new contacts of the team are offered from now on. The same once more changes nothing."""
    ensure(policies.may_configure, by)
    team = people.team(team_id)
    row = routing.locked_row(team.pk)
    before = _as_it_is(row) if row.version else None
    _fill(row, known(plan))
    after = _as_it_is(row)
    if after == before:
        return row
    row.version += 1
    row.save()
    transaction.on_commit(routing.forget)
    routing.forget()
    fact = RoutingChanged(team.pk, team.name, row.version)
    bus.announce(
        fact, subjects=[("routing", team.pk), team.subject], by=by, at=at, before=before, after=after
    )
    return row


def known(plan: rules.Plan) -> rules.Plan:
    """The plan, checked by rule and against what there is: skills, kinds, channels."""
    rules.checked(plan)
    errors: dict[str, Any] = {}
    skills = {one.code for one in people.skills()}
    for kind, skill in plan.skills.items():
        if kind not in queries.kinds() or skill not in skills:
            errors[f"skill_{kind}"] = _("There is no such skill or kind.")
    for channel in plan.limits:
        if channel not in CHANNELS:
            errors[f"limit_{channel}"] = _("There is no such channel.")
    if errors:
        raise Invalid(_("Please correct the marked fields."), errors=errors)
    return plan


def _fill(row: RoutingPlan, plan: rules.Plan) -> None:
    row.order, row.only, row.offer_to = list(plan.order), sorted(plan.only), plan.offer_to
    row.limits, row.skills, row.levels = dict(plan.limits), dict(plan.skills), dict(plan.levels)
    row.back, row.up, row.service_hours = plan.back, plan.up, plan.service_hours


def _as_it_is(row: RoutingPlan) -> dict[str, Any]:
    names = ("order", "only", "offer_to", "limits", "skills", "levels", "back", "up", "service_hours")
    return {name: getattr(row, name) for name in names}
