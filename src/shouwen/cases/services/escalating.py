"""Raising a case to a higher level, and settling what was raised (ESC-1). Escalating is not failing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import CaseEscalated, EscalationSettled
from shouwen.cases.models import Case, Escalation
from shouwen.cases.rules import states
from shouwen.cases.services import recording
from shouwen.cases.services.noticing import notify
from shouwen.kernel.errors import NotFound, Refused
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure


@transaction.atomic
def escalate(*, case_id: int, reason: str, trigger: str = "by_hand", at: datetime, by: Actor) -> Escalation:
    """Raise by hand. Anybody who works on a case may ask for help from above."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    states.must_be_active(case.state)
    reason = states.text(reason, "reason", least=1, most=1000)
    made = raise_level(case, trigger=trigger, reason=reason, cause_key=None, at=at, by=by)
    if made is None:
        raise Refused(_("This case is at the highest level already."))
    return made


def _who(case: Case, level: int) -> list[int]:
    """Whom a level concerns; a level without people is answered by the next one."""
    team = people.supervisors_of(case.team_id) if case.team_id and level == 1 else []
    if team:
        return [person.id for person in team]
    supervisors = people.with_role("supervisor") if level <= 2 else []
    return [person.id for person in supervisors or people.chiefs() or people.with_role("administrator")]


def raise_level(
    case: Case, *, trigger: str, reason: str, cause_key: str | None, at: datetime, by: Actor
) -> Escalation | None:
    """Raise the locked case by one level. None when this cause raised it before or the top is reached by hand."""
    if cause_key is not None and Escalation.objects.filter(cause_key=cause_key).exists():
        return None
    if cause_key is None and case.escalation_level >= states.TOP_LEVEL:
        return None
    case.escalation_level = states.next_level(case.escalation_level)
    case.save(update_fields=["escalation_level"])
    made = Escalation.objects.create(
        case=case,
        level=case.escalation_level,
        trigger=trigger,
        reason=reason[:1000],
        raised_by_id=by.user_id,
        raised_at=at,
        cause_key=cause_key,
    )
    concerned = _who(case, made.level)
    for user_id in concerned:
        notify(
            user_id=user_id,
            kind="escalated",
            case=case,
            at=at,
            cause_key=f"esc:{made.pk}",
            params={"reason": reason},
        )
    fact = CaseEscalated(case.pk, made.pk, made.level, trigger, reason[:1000])
    recording.announce(case, fact, by=by, at=at, more=[("staff", pk) for pk in concerned])
    return made


@transaction.atomic
def settle_escalation(*, escalation_id: int, ruling: str, at: datetime, by: Actor) -> Escalation:
    """What was decided. When nothing else is open, the case comes down from its level."""
    found = Escalation.objects.select_for_update(of=("self",)).filter(pk=escalation_id).first()
    if found is None:
        raise NotFound(_("There is no such escalation."))
    case = queries.locked(found.case_id, by)
    ensure(policies.may_settle_escalation, by, found)
    if found.settled_at is not None:
        raise Refused(_("This escalation has been settled already."))
    found.ruling = states.text(ruling, "ruling", least=1, most=1000)
    found.settled_at, found.settled_by_id = at, by.user_id
    found.save(update_fields=["ruling", "settled_at", "settled_by"])
    if not Escalation.objects.filter(case=case, settled_at=None).exists():
        case.escalation_level = 0
        case.save(update_fields=["escalation_level"])
    notify(
        user_id=case.owner_id,
        kind="ruling",
        case=case,
        at=at,
        params={"name": by.name, "reason": found.ruling},
    )
    recording.announce(case, EscalationSettled(case.pk, found.pk, found.ruling), by=by, at=at)
    return found
