"""Threats: for whom they exist, the register, one threat with its course, what the page of a case shows (ESC-6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.cases.models import Case
from shouwen.complaints import policies
from shouwen.complaints.models import (
    Approval,
    Complaint,
    Remedy,
    StepSort,
    Threat,
    ThreatEvidence,
    ThreatKind,
    ThreatOutcome,
    ThreatSetting,
    ThreatState,
    ThreatStep,
    ThreatTold,
)
from shouwen.complaints.queries.authority import SHOWN, Decider, deciders, may_decide
from shouwen.complaints.queries.one import of_case
from shouwen.kernel.errors import NotFound
from shouwen.people import queries as people
from shouwen.platform import db
from shouwen.platform.access import Actor
from shouwen.platform.files import queries as files

ORDER = ("-id",)
SEE_CASES = "cases.see"
KINDS = list(ThreatKind.choices)
STATES = list(ThreatState.choices)
OUTCOMES = list(ThreatOutcome.choices)
STEPS = list(StepSort.choices)
RUNNING = db.Read(
    lambda case: Threat.objects.filter(case_id=case).exclude(state=ThreatState.ENDED).order_by("-id")[:5]
)
REMEDIES = [one for one in Remedy.choices if one[0] != "apology"]
TONES = {"open": "bad", "acknowledged": "warn", "ended": "neutral"}
WITH = ("case__customer", "case__owner")


def visible_to(actor: Actor) -> QuerySet[Threat]:
    """All threats of cases that exist for who holds the right; else those one registered, was told of by name, or
    answers for as the owner of the case."""
    if actor.is_system:
        return Threat.objects.all()
    if not actor.is_staff or actor.user_id is None:
        return Threat.objects.none()
    told = ThreatTold.objects.filter(threat=OuterRef("pk"), staff_id=actor.user_id)
    mine = Q(registered_by=actor.user_id) | Q(case__owner_id=actor.user_id) | Q(Exists(told))
    if actor.can(policies.THREATS):
        everything = cases.in_sight(actor)
        if (
            not everything
        ):  # all of them: asked as a choice among four, each row would be looked up for nothing
            return Threat.objects.all()
        mine |= everything
    return Threat.objects.filter(mine)


def _found(threat: Threat | None) -> Threat:
    if threat is None:
        raise NotFound(_("There is no such threat."))
    return threat


def get(threat_id: int, actor: Actor) -> Threat:
    return _found(visible_to(actor).select_related(*WITH).filter(pk=threat_id).first())


def locked(threat_id: int, actor: Actor | None = None) -> Threat:
    """Held for this transaction; with `actor` only if it exists for them."""
    rows = Threat.objects.select_for_update(of=("self",)).select_related(*WITH)
    found = _found(rows.filter(pk=threat_id).first())
    if actor is not None:
        get(threat_id, actor)
    return found


@dataclass(frozen=True)
class ThreatFilter:
    """`state` "running" is what has not ended."""

    state: str = "running"
    kind: str = ""


def listed(actor: Actor, chosen: ThreatFilter) -> QuerySet[Threat]:
    """The register, newest first; page it by ORDER."""
    rows = visible_to(actor).select_related(*WITH)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.state == "running":
        return rows.exclude(state=ThreatState.ENDED)
    return rows if chosen.state in {"", "all"} else rows.filter(state=chosen.state)


@dataclass(frozen=True)
class Beside:
    """A running threat on the page of its case; `opens`: whether the viewer may open its own page."""

    threat: Threat
    opens: bool


def beside(case: Case, actor: Actor) -> list[Beside]:
    """The running threats of a case that is on the viewer's page already. One statement, and one more while there
    are any."""
    rows = RUNNING.all(case=case.pk)
    if not rows:
        return []
    owns = actor.can(policies.THREATS) or case.owner_id == actor.user_id
    told = ThreatTold.objects.filter(threat__in=rows, staff_id=actor.user_id or 0)
    known = set(told.values_list("threat_id", flat=True))
    return [Beside(one, owns or one.registered_by == actor.user_id or one.pk in known) for one in rows]


def told_ids(threat_id: int) -> list[int]:
    return list(
        ThreatTold.objects.filter(threat_id=threat_id).order_by("pk").values_list("staff_id", flat=True)
    )


def recently(case_id: int, by: int, kind: str, words: str, since: datetime) -> Threat | None:
    """The same words registered a moment ago by the same person: a second click, not a second threat."""
    rows = Threat.objects.filter(case_id=case_id, registered_by=by, kind=kind, registered_at__gte=since)
    return rows.filter(words=words).exclude(state=ThreatState.ENDED).first()


def due_reminders(at: datetime, limit: int = 100) -> list[int]:
    rows = Threat.objects.filter(remind_at__lte=at).order_by("remind_at")
    return list(rows.values_list("pk", flat=True)[:limit])


def setting_of(kind: str) -> ThreatSetting:
    found = ThreatSetting.objects.filter(kind=kind).first()
    if found is None:
        raise NotFound(_("There is no such kind of threat."))
    return found


def settings() -> list[ThreatSetting]:
    known = {one.kind: one for one in ThreatSetting.objects.all()}
    return [known[kind] for kind in ThreatKind.values if kind in known]


def supervisors(case: Case) -> list[int]:
    """Who answers for the case's team; all supervisors where it has none."""
    if case.team_id is not None:
        found = [one.pk for one in people.supervisors_of(case.team_id)]
        if found:
            return found
    return people.users_with_role("supervisor")


def active(staff_ids: Iterable[int]) -> list[int]:
    return [one.pk for one in people.some_staff(staff_ids)]


@dataclass(frozen=True)
class Shown:
    """A piece of evidence with the address of its file."""

    evidence: ThreatEvidence
    link: str


@dataclass(frozen=True)
class ThreatPage:
    threat: Threat
    guidance: list[str]
    told: list[int]
    steps: list[ThreatStep]
    evidence: list[Shown]
    names: dict[int, str]
    deciders: list[Decider]
    approvals: list[tuple[Approval, bool]]
    sees_case: bool
    may_ask: bool
    may_acknowledge: bool
    may_end: bool
    may_pack: bool


def steps_of(threat: Threat) -> list[ThreatStep]:
    return list(threat.steps.all())


def evidence_of(threat: Threat) -> list[ThreatEvidence]:
    return list(threat.evidence.select_related("file"))


def _shown(one: ThreatEvidence) -> Shown:
    there = one.file is not None and one.file.gone_at is None
    return Shown(one, files.link(one.file_id) if there and one.file_id else "")


def page(threat_id: int, actor: Actor, at: datetime, *, remedy: str, language: str) -> ThreatPage:
    threat = get(threat_id, actor)
    told, steps, evidence = told_ids(threat.pk), steps_of(threat), evidence_of(threat)
    complaint = of_case(threat.case_id) if actor.can(policies.SEE) else None
    about = complaint.about_staff_id if complaint else None
    ids = {threat.registered_by, threat.acknowledged_by, threat.ended_by, *told}
    ids |= {one.recorded_by for one in steps} | {one.added_by for one in evidence}
    asked = _approvals(threat, complaint, actor, at)
    ids |= {one.asked_by for one, _may in asked} | {s.by for one, _may in asked for s in one.signatures.all()}
    return ThreatPage(
        threat=threat,
        guidance=setting_of(threat.kind).guidance(language),
        told=told,
        steps=steps,
        evidence=[_shown(one) for one in evidence],
        names=people.names(pk for pk in ids if pk is not None),
        deciders=_deciders(remedy, at, about) if threat.is_open else [],
        approvals=asked,
        sees_case=cases.may_see(actor, threat.case_id),
        may_ask=threat.is_open and threat.case.active and policies.may_ask_on_site(actor, threat),
        may_acknowledge=threat.state == ThreatState.OPEN and actor.user_id in told,
        may_end=threat.is_open and policies.may_end_threat(actor, told),
        may_pack=policies.may_take_pack(actor, threat),
    )


def _deciders(remedy: str, at: datetime, about: int | None) -> list[Decider]:
    """Those on duty first, and who may grant most before the others: on site nobody asks twice."""
    found = deciders(remedy, 1, at, but=[about])
    return sorted(found, key=lambda one: (not one.reachable, -one.most.amount, one.staff.name))[:SHOWN]


def _approvals(
    threat: Threat, complaint: Complaint | None, actor: Actor, at: datetime
) -> list[tuple[Approval, bool]]:
    """What was asked for since the threat was registered, newest first, and whether the viewer may sign it."""
    rows = Approval.objects.filter(case=threat.case_id, asked_at__gte=threat.registered_at)
    if (
        complaint is None
    ):  # of a complaint the viewer may not open, nothing is shown here but their own questions
        rows = rows.filter(Q(complaint=None) | Q(asked_by=actor.user_id))
    rows = rows.exclude(state="withdrawn")
    found = rows.prefetch_related("signatures").order_by("-id")[:10]
    return [(one, one.state == "asked" and _may_sign(actor, complaint, one, at)) for one in found]


def _may_sign(actor: Actor, complaint: Complaint | None, one: Approval, at: datetime) -> bool:
    return may_decide(actor, complaint if one.complaint_id else None, one, at)
