"""Who can decide now in any case, what was asked there and what was granted (ESC-2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.complaints import policies
from shouwen.complaints.models import Approval, Grant, Remedy
from shouwen.complaints.queries import authority
from shouwen.complaints.queries.authority import Decider
from shouwen.complaints.queries.one import of_case
from shouwen.complaints.rules.authority import Room
from shouwen.kernel.errors import NotFound
from shouwen.kernel.money import Money
from shouwen.people import queries as people
from shouwen.platform.access import Actor

NAMED = 3
WITH_AMOUNT = [(code, label) for code, label in Remedy.choices if code != "apology"]


@dataclass(frozen=True)
class Standing:
    """A remedy: what the viewer may still grant of it, and who else can decide now."""

    code: str
    label: Any
    mine: Money
    deciders: list[Decider]


@dataclass(frozen=True)
class CaseGrants:
    case: Any
    complaint: Any
    standings: list[Standing]
    questions: list[tuple[Approval, bool]]
    grants: list[Grant]
    names: dict[int, str]
    may_ask: bool
    may_work: bool

    @property
    def own(self) -> bool:
        """Whether the viewer may grant anything alone."""
        return any(one.mine for one in self.standings)


def standings(actor: Actor, at: datetime) -> list[Standing]:
    """Those on duty first, of them who may grant most."""
    matrix, holders = authority.limits(), people.role_holders()
    found = []
    for code, label in WITH_AMOUNT:
        who = authority.deciders(code, 1, at, but=[actor.user_id], matrix=matrix, holders=holders)
        who.sort(key=lambda one: (not one.reachable, -one.most.amount, one.staff.name))
        room: Room = authority.room_of(actor, code, at, rows=[one for one in matrix if one.remedy == code])
        found.append(Standing(code, label, Money(room.most), who[:NAMED]))
    return found


def case_grants(case: Any, actor: Actor, at: datetime) -> CaseGrants:
    """`case` exists for the actor already."""
    asked = list(
        Approval.objects.filter(case=case, complaint=None).prefetch_related("signatures").order_by("-id")[:20]
    )
    grants = list(Grant.objects.filter(case=case, complaint=None).select_related("approval")[:20])
    complaint = of_case(case.pk)
    in_complaint = complaint is not None and complaint.is_active
    ids = {one.asked_by for one in asked} | {one.granted_by for one in grants}
    ids |= {sign.by for one in asked for sign in one.signatures.all()}
    may_work = actor.can(policies.WORK)
    return CaseGrants(
        case=case,
        complaint=complaint if in_complaint else None,
        standings=standings(actor, at),
        questions=[
            (one, one.state == "asked" and authority.may_decide(actor, None, one, at)) for one in asked
        ],
        grants=grants,
        names=people.names({pk for pk in ids if pk}),
        may_ask=may_work and case.active and not in_complaint,
        may_work=may_work,
    )


def question_in(case: Any, approval_id: int) -> Approval:
    """A question of this case and of no other."""
    found = Approval.objects.filter(case=case, complaint=None, pk=approval_id).first()
    if found is None:
        raise NotFound(_("There is no such question."))
    return found
