"""Raising a case to a higher level, and settling what was raised (ESC-1). Escalating is not failing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import CaseEscalated, EscalationSettled
from shouwen.cases.models import Case, Escalation, Trigger
from shouwen.cases.queries import ladder
from shouwen.cases.queries.because import CLIMBED, WRITTEN, Said, kept
from shouwen.cases.rules import ladder as rules
from shouwen.cases.rules import states
from shouwen.cases.rules.signs import Sign
from shouwen.cases.services import recording
from shouwen.cases.services.noticing import notify, notify_all
from shouwen.kernel.errors import Invalid, NotFound, Refused
from shouwen.platform.access import SYSTEM, Actor, ensure
from shouwen.promises import queries as promises

URGENT_PRIORITY = 1


@transaction.atomic
def escalate(*, case_id: int, reason: str, trigger: str = "by_hand", at: datetime, by: Actor) -> Escalation:
    """Raise by hand. Anybody who works on a case may ask for help from above."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    states.must_be_active(case.state)
    if trigger not in (*rules.BY_PEOPLE, Trigger.RULE):
        raise Invalid(_("Choose one of the listed values."), field="trigger")
    reason = states.text(reason, "reason", least=1, most=1000)
    made = raise_level(case, trigger=trigger, reason=reason, cause_key=None, at=at, by=by)
    if made is None:
        raise Refused(_("This case is at the highest level already."))
    return made


@transaction.atomic
def raise_for(*, case_id: int, found: Sequence[Sign], at: datetime) -> Escalation | None:
    """What was heard in a contact raises the case once, by the gravest sign; each sort at most once a day."""
    case = queries.locked(case_id)
    if not case.active or not found:
        return None
    gravest = found[0]
    if (
        not gravest.urgent
        and Escalation.objects.filter(case=case, trigger=gravest.trigger, settled_at=None).exists()
    ):
        return None
    said = [(sign.trigger, {"words": sign.words}) for sign in found]
    key = f"{gravest.trigger}:{case.pk}:{timezone.localdate(at)}{':!' if gravest.urgent else ''}"
    return raise_level(
        case, trigger=gravest.trigger, reason=said, cause_key=key, at=at, by=SYSTEM, urgent=gravest.urgent
    )


def raise_level(
    case: Case,
    *,
    trigger: str,
    reason: str | Sequence[Said],
    cause_key: str | None,
    at: datetime,
    by: Actor,
    urgent: bool = False,
) -> Escalation | None:
    """Raise the locked case; `reason` in somebody's words, or as what the product found. None when this cause
    raised it before, its trigger is switched off, or the top is reached by hand."""
    if cause_key is not None and Escalation.objects.filter(cause_key=cause_key).exists():
        return None
    plan = ladder.current()
    if cause_key is None and case.escalation_level >= states.TOP_LEVEL:
        return None
    if cause_key is not None and not plan.rule(trigger).on and not urgent:
        return None
    case.escalation_level = rules.level_after(case.escalation_level, plan.rule(trigger).to)
    case.save(update_fields=["escalation_level"])
    words, said = (reason[:1000], ()) if isinstance(reason, str) else (kept(reason), reason)
    at_once = urgent or cause_key is None or case.priority == URGENT_PRIORITY
    now_or_later = _told_at(case, plan, at, at_once=at_once)
    made = Escalation.objects.create(
        case=case,
        level=case.escalation_level,
        trigger=trigger,
        reason=words,
        said=list(said),
        raised_by_id=by.user_id,
        raised_at=at,
        cause_key=cause_key,
        urgent=urgent,
        tell_at=now_or_later if now_or_later > at else None,
        climb_at=_climbs_at(case, plan, case.escalation_level, at, urgent=urgent),
    )
    concerned = ladder.concerned(case, made.level, at)
    if made.tell_at is None:
        tell(made, concerned, at)
    fact = CaseEscalated(case.pk, made.pk, made.level, trigger, words, said)
    recording.announce(case, fact, by=by, at=at, more=[("staff", pk) for pk in concerned])
    return made


def tell(escalation: Escalation, concerned: Sequence[int], at: datetime) -> None:
    notify_all(
        user_ids=concerned,
        kind="escalated",
        case=escalation.case,
        at=at,
        cause_key=f"esc:{escalation.pk}",
        params={"reason": escalation.reason, "said": escalation.said},
    )


def _told_at(case: Case, plan: rules.Ladder, at: datetime, *, at_once: bool) -> datetime:
    """Emergencies and what a colleague asks at once; what follows by itself when service begins."""
    if at_once or not plan.service_hours:
        return at
    return promises.service_from(case.team_id, at)


def _climbs_at(case: Case, plan: rules.Ladder, level: int, at: datetime, *, urgent: bool) -> datetime | None:
    minutes = plan.step(level).minutes
    if not minutes or level >= rules.LEVELS[-1]:
        return None
    if urgent or not plan.service_hours:
        return at + timedelta(minutes=minutes)
    return promises.due_for_team(case.team_id, at, minutes * 60)


def look_at_ladder(*, at: datetime) -> int:
    """Tell of what was raised out of hours, and raise what nobody settled in its time. How many."""
    waiting = Escalation.objects.filter(settled_at=None)
    told = list(waiting.filter(tell_at__lte=at).values_list("pk", flat=True)[:200])
    for pk in told:
        _tell_now(escalation_id=pk, at=at)
    late = list(waiting.filter(climb_at__lte=at).values_list("pk", flat=True)[:200])
    for pk in late:
        _climb(escalation_id=pk, at=at)
    return len(told) + len(late)


def _waiting(escalation_id: int) -> Escalation | None:
    rows = Escalation.objects.select_for_update(of=("self",)).filter(pk=escalation_id, settled_at=None)
    return rows.select_related("case").first()


@transaction.atomic
def _tell_now(*, escalation_id: int, at: datetime) -> None:
    found = _waiting(escalation_id)
    if found is not None and found.tell_at is not None:
        found.tell_at = None
        found.save(update_fields=["tell_at"])
        tell(found, ladder.concerned(found.case, found.level, at), at)


@transaction.atomic
def _climb(*, escalation_id: int, at: datetime) -> None:
    """One level up: the lower one no longer waits, the higher one does."""
    found = _waiting(escalation_id)
    if found is None or found.climb_at is None:
        return
    case = queries.locked(found.case_id)
    up: Said = (CLIMBED, {"level": found.level})
    found.settled_at, found.ruling, found.climb_at, found.tell_at = at, kept([up]), None, None
    found.save(update_fields=["settled_at", "ruling", "climb_at", "tell_at"])
    if not case.active:
        return
    case.escalation_level = max(case.escalation_level, found.level)
    raise_level(
        case,
        trigger=Trigger.TIME,
        reason=[up, *(found.said or [(WRITTEN, {"text": found.reason})])],
        cause_key=f"climb:{found.pk}",
        at=at,
        by=SYSTEM,
        urgent=found.urgent,
    )


@transaction.atomic
def settle_escalation(*, escalation_id: int, ruling: str, at: datetime, by: Actor) -> Escalation:
    """What was decided. When nothing else is open, the case comes down from its level."""
    found = Escalation.objects.select_for_update(of=("self",)).filter(pk=escalation_id).first()
    if found is None:
        raise NotFound(_("There is no such escalation."))
    case = queries.locked(found.case_id, by)
    ensure(policies.may_settle_escalation, by, found)
    settle(found, case, ruling=states.text(ruling, "ruling", least=1, most=1000), at=at, by=by)
    params = {"name": by.name, "reason": found.ruling}
    notify(user_id=case.owner_id, kind="ruling", case=case, at=at, params=params)
    return found


def settle(found: Escalation, case: Case, *, ruling: str, at: datetime, by: Actor) -> None:
    """Write down what was decided on a locked case."""
    if found.settled_at is not None:
        raise Refused(_("This escalation has been settled already."))
    found.ruling, found.settled_at, found.settled_by_id = ruling, at, by.user_id
    found.save(update_fields=["ruling", "settled_at", "settled_by"])
    if not Escalation.objects.filter(case=case, settled_at=None).exists():
        case.escalation_level = 0
        case.save(update_fields=["escalation_level"])
    recording.announce(case, EscalationSettled(case.pk, found.pk, found.ruling), by=by, at=at)
