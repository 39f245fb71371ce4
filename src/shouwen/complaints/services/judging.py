"""The verdict and how the customer is told (CMP-3, CMP-4)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import services as cases
from shouwen.complaints import policies, queries
from shouwen.complaints.events import NatureDecided, NatureExplained
from shouwen.complaints.models import Basis, Complaint, Explanation, ExplanationSort, Finding, Ground
from shouwen.complaints.rules import facts, nature
from shouwen.complaints.services import recording
from shouwen.complaints.services.telling_others import forget_telling
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import Actor, ensure

HOWS = ("message", "phone", "desk")


@transaction.atomic
def decide_nature(
    *,
    complaint_id: int,
    validity: str,
    demand: str,
    liability: str,
    our_share: int | None = None,
    bases: Mapping[str, Sequence[int]],
    reasons: str,
    at: datetime,
    by: Actor,
) -> Finding:
    """Valid or not, how far the demand goes, who answers for it; each with what it rests on. Never before the
    facts, never by whom the complaint is about. An earlier verdict stays on record as replaced."""
    complaint = recording.opened(complaint_id, by)
    ensure(policies.is_independent, by, complaint)
    ensure(policies.may_pass, by, complaint, queries.stage_setting("nature").roles)
    parts = queries.parts(complaint)
    facts.check_verdict(
        evidence=len(parts.evidence),
        no_evidence_reason=complaint.no_evidence_reason,
        accounts=frozenset(one.party for one in parts.accounts),
    )
    share = nature.check(validity=validity, demand=demand, liability=liability, our_share=our_share)
    nature.check_bases(bases)
    grounds = _grounds(complaint, bases)
    reasons = facts.text(reasons, "reasons", most=4000)
    complaint.findings.filter(replaced_at=None).update(replaced_at=at)
    made = Finding.objects.create(
        complaint=complaint,
        validity=validity,
        demand=demand,
        liability=liability,
        our_share=share,
        reasons=reasons,
        decided_by=by.user_id,
        decided_at=at,
    )
    Ground.objects.bulk_create(
        [
            Ground(finding=made, aspect=aspect, basis=one, title=f"{one} · {one.source}"[:260], text=one.text)
            for aspect, one in grounds
        ]
    )
    complaint.validity, complaint.demand, complaint.liability = validity, demand, liability
    complaint.save(update_fields=["validity", "demand", "liability"])
    fact = NatureDecided(complaint.pk, complaint.case_id, made.pk, validity, demand, liability)
    recording.announce(complaint, fact, by=by, at=at)
    return made


def _grounds(complaint: Complaint, bases: Mapping[str, Sequence[int]]) -> list[tuple[str, Basis]]:
    """The named entries, which must have held on the day it happened (else on the day it was complained of)."""
    on = complaint.happened_on or complaint.opened_at.date()
    wanted = {pk for ids in bases.values() for pk in ids}
    known = {one.pk: one for one in Basis.objects.filter(pk__in=wanted, active=True)}
    found: list[tuple[str, Basis]] = []
    errors: dict[str, Any] = {}
    for aspect in nature.ASPECTS:
        for pk in dict.fromkeys(bases.get(aspect, ())):
            one = known.get(pk)
            if one is None:
                errors[f"basis_{aspect}"] = _("Choose from the list.")
            elif not nature.in_force(one.valid_from, one.valid_to, on):
                errors[f"basis_{aspect}"] = _("“%(title)s” did not hold on %(day)s.") % {
                    "title": one.title,
                    "day": on.isoformat(),
                }
            else:
                found.append((aspect, one))
    if errors:
        raise Invalid(_("Please look at the marked fields."), errors=errors)
    return found


@transaction.atomic
def explain(*, complaint_id: int, sort: str, text: str, how: str, at: datetime, by: Actor) -> Explanation:
    """Tell the customer the decision with its reasons: as a message on the case, or by word of mouth."""
    complaint = recording.opened(complaint_id, by)
    finding = complaint.findings.filter(replaced_at=None).first()
    if finding is None:
        raise Refused(_("First the nature has to be decided; then it can be explained."))
    errors: dict[str, Any] = {}
    if sort not in ExplanationSort.values:
        errors["sort"] = _("Choose one of the listed values.")
    if how not in HOWS:
        errors["how"] = _("Choose one of the listed values.")
    if errors:
        raise Invalid(_("Please look at the marked fields."), errors=errors)
    text = facts.text(text, "text")
    message = (
        cases.reply(case_id=complaint.case_id, text=text, at=at, by=by)
        if how == "message"
        else cases.record_contact(
            case_id=complaint.case_id, direction="outbound", channel=how, text=text, at=at, by=by
        )
    )
    made = Explanation.objects.create(
        complaint=complaint,
        finding=finding,
        sort=sort,
        text=text,
        how=how,
        message_id=message.pk,
        told_by=by.user_id,
        told_at=at,
    )
    forget_telling(complaint)
    recording.announce(complaint, NatureExplained(complaint.pk, complaint.case_id, sort), by=by, at=at)
    return made
