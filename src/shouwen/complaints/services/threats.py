"""Threats (ESC-6): registered, told of at once, acknowledged, followed step by step, ended. The case is never touched:
whoever threatens us is served on."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.cases.services.noticing import notify_all
from shouwen.complaints import policies
from shouwen.complaints.events import (
    ThreatAcknowledged,
    ThreatEnded,
    ThreatPacked,
    ThreatRegistered,
    ThreatReminded,
    ThreatStepped,
)
from shouwen.complaints.models import (
    Threat,
    ThreatEvidence,
    ThreatState,
    ThreatStep,
    ThreatTold,
)
from shouwen.complaints.queries import threats as reads
from shouwen.complaints.rules import facts
from shouwen.complaints.rules import threats as rules
from shouwen.complaints.services import filing
from shouwen.complaints.services.filing import File
from shouwen.customers import services as customers
from shouwen.customers.models import CautionFlag
from shouwen.kernel.errors import Invalid
from shouwen.people import queries as people
from shouwen.platform.access import SYSTEM, Actor, ensure
from shouwen.platform.jobs import enqueue
from shouwen.platform.ledger import bus

MAIL = "complaints.threat_mail"
SAME = timedelta(minutes=5)  # the same words again within so long are a second click
REVIEW, EXPIRY = timedelta(days=30), timedelta(days=90)


def announce(threat: Threat, fact: Any, *, by: Actor, at: datetime, more: Sequence[Any] = ()) -> None:
    subjects = [threat.subject, ("case", threat.case_id), *more]
    bus.announce(fact, subjects=subjects, by=by, at=at, topics=["complaints"])


@transaction.atomic
def register_threat(
    *,
    case_id: int,
    kind: str,
    who: str,
    words: str,
    place: str = "",
    held: str = "",
    happened_at: datetime | None = None,
    escalation_id: int | None = None,
    evidence: Sequence[File] = (),
    at: datetime,
    by: Actor,
) -> Threat:
    """Whoever sees the case registers it; who is named for the kind is told in the same moment, by day and night."""
    case = cases.locked(case_id, by)
    ensure(policies.may_register_threat, by, case)
    rules.check_registrar(by.user_id)
    happened = happened_at or at
    errors = rules.check(kind=kind, who=who, held=held, words=words, happened_at=happened, at=at)
    if errors:
        raise Invalid(_("Please look at the marked fields."), errors=dict(errors))
    words = facts.text(words, "words")
    known = reads.recently(case.pk, by.user_id or 0, kind, words, at - SAME)
    if known is not None:
        return known
    setting = reads.setting_of(kind)
    threat = Threat.objects.create(
        case=case,
        kind=kind,
        who=facts.text(who, "who", most=200),
        place=facts.text(place, "place", least=0, most=200),
        held=facts.text(held, "held", least=0, most=200),
        words=words,
        happened_at=happened,
        escalation_id=escalation_id,
        registered_by=by.user_id or 0,
        registered_at=at,
        remind_at=rules.next_reminder(at, setting.minutes),
    )
    for file in evidence:
        _keep(threat, file[0], file, at, by)
    told = _whom(threat, setting.staff_ids, by)
    _tell(threat, told, kind=f"threat_{kind}", number=0, name=by.name, at=at)
    fact = ThreatRegistered(threat.pk, case.pk, kind, told)
    announce(threat, fact, by=by, at=at, more=[("staff", pk) for pk in told])
    return threat


def _whom(threat: Threat, named: Sequence[int], by: Actor) -> list[int]:
    """Somebody else than the one who registers it, where there is somebody at all."""
    named = reads.active(named)
    others = () if named else reads.supervisors(threat.case)
    chiefs = () if named else people.users_with_role("chief")
    told = rules.told(named, others, chiefs) or people.users_with_role("administrator")[: rules.MOST_TOLD]
    return [pk for pk in told if pk != by.user_id] or told


def _tell(threat: Threat, told: Sequence[int], *, kind: str, number: int, name: str, at: datetime) -> None:
    """A notice and a mail to each, now; nothing here waits for service hours."""
    known = set(reads.told_ids(threat.pk))
    ThreatTold.objects.bulk_create(
        [ThreatTold(threat=threat, staff_id=pk, at=at) for pk in told if pk not in known]
    )
    params = {"name": name, "who": threat.who, "to": reverse("complaints:threat", args=[threat.pk])}
    notify_all(
        user_ids=told,
        kind=kind,
        case=threat.case,
        at=at,
        cause_key=f"threat:{threat.pk}:{number}",
        params=params,
    )
    for pk in told:
        args = {"threat_id": threat.pk, "user_id": pk, "number": number}
        enqueue(MAIL, args, key=f"{MAIL}:{threat.pk}:{pk}:{number}")


def remind_of_threats(*, at: datetime) -> int:
    """Tell again of what nobody has acknowledged in its time, and the chief service managers with it."""
    return sum(_remind(pk, at) for pk in reads.due_reminders(at))


@transaction.atomic
def _remind(threat_id: int, at: datetime) -> int:
    threat = reads.locked(threat_id)
    if threat.remind_at is None or threat.remind_at > at:
        return 0
    minutes = reads.setting_of(threat.kind).minutes
    threat.reminders += 1
    threat.remind_at = rules.next_reminder(at, minutes)
    threat.save(update_fields=["reminders", "remind_at"])
    told = list(dict.fromkeys([*reads.told_ids(threat.pk), *people.users_with_role("chief")]))
    _tell(threat, told[: rules.MOST_TOLD], kind="threat_late", number=threat.reminders, name="", at=at)
    fact = ThreatReminded(threat.pk, threat.case_id, threat.reminders)
    announce(threat, fact, by=SYSTEM, at=at)
    return 1


@transaction.atomic
def acknowledge_threat(*, threat_id: int, at: datetime, by: Actor) -> Threat:
    """Somebody who was told says: I see to it. The time since the register is on record."""
    threat = reads.locked(threat_id, by)
    rules.check_acknowledges(state=threat.state, staff_id=by.user_id, told=reads.told_ids(threat.pk))
    threat.state, threat.remind_at = ThreatState.ACKNOWLEDGED, None
    threat.acknowledged_by, threat.acknowledged_at = by.user_id, at
    threat.save(update_fields=["state", "remind_at", "acknowledged_by", "acknowledged_at"])
    seconds = int((at - threat.registered_at).total_seconds())
    announce(threat, ThreatAcknowledged(threat.pk, threat.case_id, seconds), by=by, at=at)
    return threat


@transaction.atomic
def add_threat_step(
    *, threat_id: int, sort: str, text: str, done_at: datetime | None = None, at: datetime, by: Actor
) -> ThreatStep:
    """What was done about it; added, never changed."""
    threat = reads.locked(threat_id, by)
    ensure(policies.may_register_threat, by, threat)
    rules.must_be_open(threat.state)
    done = done_at or at
    rules.check_step(sort=sort, done_at=done, happened_at=threat.happened_at, at=at)
    made = ThreatStep.objects.create(
        threat=threat,
        sort=sort,
        text=facts.text(text, "text", most=4000),
        done_at=done,
        recorded_by=by.user_id or 0,
        recorded_at=at,
    )
    announce(threat, ThreatStepped(threat.pk, threat.case_id, sort), by=by, at=at)
    return made


def _keep(threat: Threat, title: str, file: File, at: datetime, by: Actor) -> ThreatEvidence:
    return ThreatEvidence.objects.create(
        threat=threat, title=title[:200], file=filing.keep(file, at=at), added_by=by.user_id or 0, added_at=at
    )


@transaction.atomic
def add_threat_evidence(
    *, threat_id: int, file: File | None = None, title: str = "", at: datetime, by: Actor
) -> ThreatEvidence:
    """A photo, a recording, a letter."""
    threat = reads.locked(threat_id, by)
    ensure(policies.may_register_threat, by, threat)
    rules.must_be_open(threat.state)
    if file is None:
        raise Invalid(_("Choose a file."), field="file")
    made = _keep(threat, facts.text(title, "title", least=0, most=200) or file[0], file, at, by)
    announce(threat, ThreatStepped(threat.pk, threat.case_id, "evidence"), by=by, at=at)
    return made


@transaction.atomic
def end_threat(*, threat_id: int, outcome: str, note: str, at: datetime, by: Actor) -> Threat:
    """How it came out. From here on nothing of it is changed any more."""
    threat = reads.locked(threat_id, by)
    ensure(policies.may_end_threat, by, reads.told_ids(threat.pk))
    rules.check_ends(state=threat.state, outcome=outcome, steps=threat.steps.count())
    threat.outcome, threat.outcome_note = outcome, facts.text(note, "note", most=4000)
    threat.state, threat.remind_at = ThreatState.ENDED, None
    threat.ended_by, threat.ended_at = by.user_id, at
    threat.save(update_fields=["outcome", "outcome_note", "state", "remind_at", "ended_by", "ended_at"])
    announce(threat, ThreatEnded(threat.pk, threat.case_id, outcome), by=by, at=at)
    return threat


@transaction.atomic
def take_threat_pack(*, threat_id: int, count: int, at: datetime, by: Actor) -> Threat:
    """Who takes the evidence pack stands in the ledger before the first byte leaves."""
    threat = reads.locked(threat_id, by)
    ensure(policies.may_take_pack, by, threat)
    announce(threat, ThreatPacked(threat.pk, threat.case_id, count), by=by, at=at)
    return threat


@transaction.atomic
def flag_for_threat(*, threat_id: int, at: datetime, by: Actor) -> CautionFlag:
    """The next colleague is prepared: a caution flag with the threat as its evidence, for a time."""
    threat = reads.locked(threat_id, by)
    return customers.flag(
        customer_id=threat.case.customer_id,
        reason=f"{threat.get_kind_display()} · {threat.case.reference}",
        evidence=f"{threat.case.reference} {threat.happened_at:%Y-%m-%d} · {threat.words[:300]}",
        review_on=(at + REVIEW).date(),
        expires_at=at + EXPIRY,
        at=at,
        by=by,
    )
