"""A colleague reached a limit: others are asked to take the case over, and whoever does owns it (ESC-4)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shouwen.cases import policies, queries
from shouwen.cases.models import Case, Escalation, Handoff
from shouwen.cases.queries import routing
from shouwen.cases.queries.choosing import summary_proposal
from shouwen.cases.rules import ladder as rules
from shouwen.cases.rules import routing as routing_rules
from shouwen.cases.rules import states
from shouwen.cases.services import escalating
from shouwen.cases.services.handoffs import accept_now
from shouwen.cases.services.noticing import notify_all
from shouwen.kernel.errors import Refused
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure


@transaction.atomic
def reach_limit(*, case_id: int, reason: str, at: datetime, by: Actor) -> Escalation:
    """The owner can go no further: raised, and offered to colleagues with room and to the supervisors.

    Never counts against anybody.
    """
    case = queries.locked(case_id, by)
    ensure(policies.may_answer_for, by, case)
    if case.owner_id is None:
        raise Refused(_("Nobody owns this case yet; take it, or let it be offered."))
    made = escalating.escalate(case_id=case_id, reason=reason, trigger=rules.LIMIT, at=at, by=by)
    notify_all(
        user_ids=_asked(case, at),
        kind="takeover",
        case=case,
        at=at,
        cause_key=f"takeover:{made.pk}",
        params={"name": people.name_of(case.owner_id), "reason": made.reason},
    )
    return made


def _asked(case: Case, at: datetime) -> list[int]:
    """Colleagues the team's plan would offer it to, then who answers for the team; never the owner."""
    found: list[int] = []
    if case.team_id is not None:
        plan = routing_rules.widened(routing.plan_of(case.team_id))
        found = [one.id for one in routing.verdicts(case, plan, at) if one.chosen]
        found += [one.id for one in people.supervisors_of(case.team_id)]
    found = found or [one.id for one in people.with_role("supervisor")]
    return [pk for pk in dict.fromkeys(found) if pk != case.owner_id]


@transaction.atomic
def take_over(*, case_id: int, at: datetime, by: Actor) -> Handoff:
    """The first colleague who steps in owns the case; the customer is told, as at every handoff."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    states.must_be_active(case.state)
    asked = Escalation.objects.select_for_update(of=("self",)).filter(
        case=case, trigger=rules.LIMIT, settled_at=None
    )
    escalation = asked.order_by("id").first()
    if escalation is None or case.owner_id is None:
        raise Refused(_("Nobody asks to be relieved of this case any more."))
    if case.owner_id == by.user_id:
        raise Refused(_("You own this case; a colleague has to step in."))
    if queries.open_handoff(case.pk) is not None:
        raise Refused(_("A handoff of this case is waiting for an answer already."))
    summary = f"{escalation.reason}\n\n{summary_proposal(case)}"
    ruling = _("%(name)s took the case over") % {"name": by.name}
    escalating.settle(escalation, case, ruling=ruling, at=at, by=by)
    return accept_now(case, reason=_("Limit reached"), summary=summary, asked_by=case.owner_id, at=at, by=by)
