"""Abuse of our people (ESC-7): notices, warnings, ended contacts, and the customer's right to be heard.

No step closes the case or takes it from its owner.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.cases import services as case_services
from shouwen.cases.models import Case
from shouwen.cases.services.noticing import notify
from shouwen.channels import lines
from shouwen.complaints import policies
from shouwen.complaints.events import AbuseObjected, AbuseRecorded, AbuseReviewed
from shouwen.complaints.models import AbuseRecord, AbuseVerdict
from shouwen.complaints.queries import abuse as reads
from shouwen.complaints.rules import abuse as rules
from shouwen.complaints.rules import facts
from shouwen.customers import queries as flags
from shouwen.customers import services as customers
from shouwen.customers.models import CautionFlag
from shouwen.kernel.errors import Refused
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus

SAME = timedelta(minutes=5)
REVIEW = timedelta(days=30)
CHANNELS = {"call": "phone", "counter": "desk", "chat": "chat"}


def _announce(record: AbuseRecord, fact: Any, *, by: Actor, at: datetime) -> None:
    case = record.case
    subjects = [record.subject, ("case", case.pk), ("customer", case.customer_id)]
    bus.announce(fact, subjects=subjects, by=by, at=at, topics=["complaints"])


@transaction.atomic
def record_abuse(
    *,
    case_id: int,
    step: str,
    way: str,
    words: str,
    told: str,
    ways: str = "",
    days: int = 90,
    at: datetime,
    by: Actor,
) -> AbuseRecord:
    """One step: what the customer said, what they were told, how long it counts. Ending a contact is a step of its
    own, after the warning, by a person at the screen."""
    case = cases.locked(case_id, by)
    ensure(policies.may_record_abuse, by, case)
    person = by.is_staff and by.scopes is None and by.run_id is None
    rules.check_giver(step=step, staff_id=by.user_id, person=person)
    words, told = (
        facts.text(words, "words"),
        facts.text(told.replace("{ways}", ways.strip()), "told", most=4000),
    )
    known = reads.recently(case.pk, by.user_id or 0, step, words, at - SAME)
    if known is not None:
        return known
    standing = reads.standing(case.customer_id, at)
    threat = reads.personal_threat(case) if rules.needs_threat(step, standing) else None
    rules.check_step(step=step, standing=standing, personal_threat=threat is not None)
    rules.check_way(step=step, way=way, ways=ways)
    record = AbuseRecord.objects.create(
        case=case,
        step=step,
        way=way,
        words=words,
        told=told,
        ways=facts.text(ways, "ways", least=0, most=2000) if step == "ending" else "",
        threat=threat,
        message_id=_say(case, way, told, at, by),
        given_by=by.user_id or 0,
        given_at=at,
        expires_at=rules.expiry(at, days),
    )
    if step == "ending" and way in ("chat", "message"):
        lines.hang_up(case.subject, at=at)
    _announce(record, AbuseRecorded(record.pk, case.pk, step), by=by, at=at)
    return record


def _say(case: Case, way: str, told: str, at: datetime, by: Actor) -> int:
    """On the case's own timeline, as everything that was said to the customer; in a chat that goes on it is said by
    being written."""
    if way == "message" or (way == "chat" and lines.is_here("chat", case.subject)):
        return int(case_services.reply(case_id=case.pk, text=told, at=at, by=by).pk)
    channel = CHANNELS[way]
    made = case_services.record_contact(
        case_id=case.pk, direction="outbound", channel=channel, text=told, at=at, by=by
    )
    return int(made.pk)


@transaction.atomic
def object_to_abuse(*, record_id: int, text: str, at: datetime, by: Actor) -> AbuseRecord:
    """The customer says it was not so: on record, and supervisors who did not take the step hear of it."""
    record = reads.locked(record_id, by)
    ensure(policies.may_record_abuse, by, record.case)
    rules.check_objects(
        objected=record.objected_at is not None, overturned=record.verdict == AbuseVerdict.OVERTURNED
    )
    record.objection = facts.text(text, "text", most=4000)
    record.objected_at, record.objection_by = at, by.user_id
    record.save(update_fields=["objection", "objected_at", "objection_by"])
    for pk in people.users_with_role("supervisor")[:20]:
        if pk != record.given_by:
            key = f"abuse:{record.pk}"
            notify(user_id=pk, kind="abuse_objected", case=record.case, at=at, cause_key=key)
    _announce(record, AbuseObjected(record.pk, record.case_id, record.step), by=by, at=at)
    return record


@transaction.atomic
def review_abuse(*, record_id: int, verdict: str, why: str, at: datetime, by: Actor) -> AbuseRecord:
    """Somebody else looks at it: it stays, or it is taken back and counts no more."""
    record = reads.locked(record_id, by)
    ensure(policies.may_review_abuse, by, record)
    rules.check_review(
        objected=record.objected_at is not None,
        reviewed=record.reviewed_at is not None,
        given_by=record.given_by,
        reviewer=by.user_id,
        verdict=verdict,
    )
    record.verdict, record.verdict_why = verdict, facts.text(why, "why", most=4000)
    record.reviewed_by, record.reviewed_at = by.user_id, at
    record.save(update_fields=["verdict", "verdict_why", "reviewed_by", "reviewed_at"])
    if verdict == "overturned" and record.flag_id:
        _end_flag(record, at, by)
    params = {"name": by.name, "reason": record.verdict_why}
    notify(user_id=record.given_by, kind="abuse_reviewed", case=record.case, at=at, params=params)
    _announce(record, AbuseReviewed(record.pk, record.case_id, record.step, verdict), by=by, at=at)
    return record


def _end_flag(record: AbuseRecord, at: datetime, by: Actor) -> None:
    """A flag that rested on it goes with it, where it is still there and the reviewer may."""
    known = {one.pk for one in flags.active_flags(record.case.customer_id, at)}
    if record.flag_id in known and by.can("customers.flag"):
        customers.end_flag(flag_id=record.flag_id, reason=record.verdict_why[:200], at=at, by=by)


@transaction.atomic
def flag_for_abuse(*, record_id: int, at: datetime, by: Actor) -> CautionFlag:
    """The next colleague is prepared: a caution flag with this as its evidence, as long as it counts."""
    record = reads.locked(record_id, by)
    if not record.stands(at):
        raise Refused(_("This is no longer in force; no flag rests on it."))
    if record.flag_id:
        raise Refused(_("A flag rests on it already."))
    reference = record.case.reference
    made = customers.flag(
        customer_id=record.case.customer_id,
        reason=f"{record.get_step_display()} · {reference}",
        evidence=f"{reference} {record.given_at:%Y-%m-%d} · {record.words[:300]}",
        review_on=min(at + REVIEW, record.expires_at).date(),
        expires_at=record.expires_at,
        at=at,
        by=by,
    )
    record.flag_id = made.pk
    record.save(update_fields=["flag_id"])
    return made
