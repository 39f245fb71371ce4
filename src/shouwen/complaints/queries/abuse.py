"""Abuse of our people: what is on record about a customer, what may come next, the figures (ESC-7)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.cases.models import Case
from shouwen.complaints import policies
from shouwen.complaints.models import (
    AbuseRecord,
    AbuseStep,
    AbuseTemplate,
    AbuseVerdict,
    AbuseWay,
    Threat,
    ThreatKind,
)
from shouwen.complaints.rules import abuse as rules
from shouwen.kernel.errors import NotFound
from shouwen.people import queries as people
from shouwen.platform.access import Actor

ORDER = ("-id",)
STEPS = list(AbuseStep.choices)
WAYS = list(AbuseWay.choices)
VERDICTS = list(AbuseVerdict.choices)
TONES = {"notice": "info", "warning": "warn", "ending": "bad"}
WITH = ("case__customer", "case__owner")
HEARINGS: dict[str, dict[str, Any]] = {
    "waiting": {"objected_at__isnull": False, "reviewed_at": None},
    "objected": {"objected_at__isnull": False},
    "overturned": {"verdict": AbuseVerdict.OVERTURNED},
}


def visible_to(actor: Actor) -> QuerySet[AbuseRecord]:
    """Records of cases that exist for who works on complaints."""
    if actor.is_system:
        return AbuseRecord.objects.all()
    if not actor.is_staff or not actor.can(policies.SEE):
        return AbuseRecord.objects.none()
    return AbuseRecord.objects.filter(cases.in_sight(actor))


def _found(record: AbuseRecord | None) -> AbuseRecord:
    if record is None:
        raise NotFound(_("There is no such notice."))
    return record


def get(record_id: int, actor: Actor) -> AbuseRecord:
    return _found(visible_to(actor).select_related(*WITH).filter(pk=record_id).first())


def locked(record_id: int, actor: Actor) -> AbuseRecord:
    get(record_id, actor)
    rows = AbuseRecord.objects.select_for_update(of=("self",)).select_related(*WITH)
    return _found(rows.filter(pk=record_id).first())


@dataclass(frozen=True)
class AbuseFilter:
    """`hearing`: objected to, waiting for a review, or taken back; `since`: given from then on."""

    step: str = ""
    hearing: str = ""
    since: datetime | None = None


def listed(actor: Actor, chosen: AbuseFilter) -> QuerySet[AbuseRecord]:
    """Newest first; page it by ORDER."""
    rows = visible_to(actor).select_related(*WITH)
    if chosen.step:
        rows = rows.filter(step=chosen.step)
    if chosen.since is not None:
        rows = rows.filter(given_at__gte=chosen.since)
    return rows.filter(**HEARINGS[chosen.hearing]) if chosen.hearing else rows


def of_customer(customer_id: int, limit: int = 20) -> list[AbuseRecord]:
    """What is on record about a customer over all their cases, newest first."""
    rows = AbuseRecord.objects.filter(case__customer_id=customer_id).select_related("case")
    return list(rows.order_by("-id")[:limit])


def standing(customer_id: int, at: datetime) -> list[str]:
    """The steps in force: not taken back, not run out."""
    rows = AbuseRecord.objects.filter(case__customer_id=customer_id, expires_at__gt=at)
    return list(rows.exclude(verdict=AbuseVerdict.OVERTURNED).values_list("step", flat=True))


def recently(case_id: int, by: int, step: str, words: str, since: datetime) -> AbuseRecord | None:
    """The same step with the same words a moment ago by the same person: a second click."""
    rows = AbuseRecord.objects.filter(case_id=case_id, given_by=by, step=step, given_at__gte=since)
    return rows.filter(words=words).first()


def personal_threat(case: Case) -> Threat | None:
    """A running threat to a person, or somebody held, by this customer."""
    rows = Threat.objects.filter(case__customer_id=case.customer_id).exclude(state="ended")
    return rows.filter(kind__in=[ThreatKind.PERSONAL, ThreatKind.DETENTION]).order_by("-id").first()


def template(template_id: int) -> AbuseTemplate:
    found = AbuseTemplate.objects.filter(pk=template_id).first()
    if found is None:
        raise NotFound(_("There is no such template."))
    return found


def templates() -> list[AbuseTemplate]:
    return list(AbuseTemplate.objects.all())


def filled(case: Case, language: str, ways: str) -> dict[str, str]:
    """The words of each step for this case, in the wanted language, else in the other."""
    rows = templates()
    known = {
        "{customer}": case.customer.name,
        "{reference}": case.reference,
        "{agent}": case.owner.name if case.owner else "—",
        "{ways}": ways,
    }
    said: dict[str, str] = {}
    if not ways:
        known.pop("{ways}")  # filled in with what is named when the step is recorded
    for step in rules.STEPS:
        of_step = [one for one in rows if one.step == step]
        best = next((one for one in of_step if one.language.startswith(language[:2])), None)
        text = best.text if best else of_step[0].text if of_step else ""
        for gap, value in known.items():
            text = text.replace(gap, value)
        said[step] = text
    return said


@dataclass(frozen=True)
class AbuseFigures:
    notices: int
    warnings: int
    endings: int
    objections: int
    overturned: int


def figures(since: datetime) -> AbuseFigures:
    """How often each step was taken since, how many were objected to and taken back. One statement."""
    row = AbuseRecord.objects.filter(given_at__gte=since).aggregate(
        notices=Count("pk", filter=Q(step="notice")),
        warnings=Count("pk", filter=Q(step="warning")),
        endings=Count("pk", filter=Q(step="ending")),
        objections=Count("pk", filter=Q(objected_at__isnull=False)),
        overturned=Count("pk", filter=Q(verdict="overturned")),
    )
    return AbuseFigures(**row)


@dataclass(frozen=True)
class AbusePage:
    record: AbuseRecord
    others: list[AbuseRecord]
    names: dict[int, str]
    stands: bool
    may_object: bool
    may_review: bool


def page(record_id: int, actor: Actor, at: datetime) -> AbusePage:
    record = get(record_id, actor)
    others = [one for one in of_customer(record.case.customer_id) if one.pk != record.pk]
    visible = set(visible_to(actor).filter(pk__in=[one.pk for one in others]).values_list("pk", flat=True))
    ids = {record.given_by, record.objection_by, record.reviewed_by, *(one.given_by for one in others)}
    works = policies.may_record_abuse(actor, record.case)
    return AbusePage(
        record=record,
        others=[one for one in others if one.pk in visible],
        names=people.names(pk for pk in ids if pk is not None),
        stands=record.stands(at),
        may_object=works and record.objected_at is None and record.verdict != AbuseVerdict.OVERTURNED,
        may_review=record.awaits_review
        and policies.may_review_abuse(actor, record)
        and actor.user_id != record.given_by,
    )
