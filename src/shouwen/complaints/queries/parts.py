"""All records of one complaint, and what of the required ones there is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from shouwen.complaints.models import (
    Account,
    Approval,
    Complaint,
    DeadlockMove,
    Evidence,
    Explanation,
    Finding,
    Grant,
    Interest,
    Member,
    Option,
    OutsideMatter,
    Recovery,
    StageVisit,
)
from shouwen.complaints.rules import nature
from shouwen.complaints.rules.path import Held

READ: Final[dict[str, Callable[[Complaint], Iterable[Any]]]] = {
    "visits": lambda one: one.visits.all(),
    "interests": lambda one: one.interests.all(),
    "accounts": lambda one: one.accounts.all(),
    "evidence": lambda one: one.evidence.select_related("file"),
    "findings": lambda one: one.findings.prefetch_related("grounds__basis"),
    "explanations": lambda one: one.explanations.all(),
    "options": lambda one: one.options.all(),
    "approvals": lambda one: one.approvals.prefetch_related("signatures"),
    "grants": lambda one: one.grants.all(),
    "moves": lambda one: one.moves.select_related("basis", "option"),
    "recoveries": lambda one: one.recoveries.all(),
    "outside": lambda one: one.outside.all(),
    "members": lambda one: one.members.select_related("case"),
}
# by which of them the needs of a stage are told, beside the complaint itself
TOLD_BY: Final = {
    "facts": ("accounts", "evidence"),
    "nature": ("findings",),
    "explained": ("findings", "explanations"),
    "proposed": ("findings", "options"),
    "agreed": ("options", "approvals", "moves"),
    "carried_out": ("moves",),
}


@dataclass(frozen=True)
class Parts:
    visits: list[StageVisit]
    interests: list[Interest]
    accounts: list[Account]
    evidence: list[Evidence]
    findings: list[Finding]
    explanations: list[Explanation]
    options: list[Option]
    approvals: list[Approval]
    grants: list[Grant]
    moves: list[DeadlockMove]
    recoveries: list[Recovery]
    outside: list[OutsideMatter]
    members: list[Member]

    @property
    def finding(self) -> Finding | None:
        """The verdict in force."""
        return next((one for one in self.findings if one.replaced_at is None), None)

    @property
    def chosen(self) -> Option | None:
        return next((one for one in self.options if one.chosen_at is not None), None)

    @property
    def principle(self) -> DeadlockMove | None:
        """The move by which we hold to our decision, unless it failed."""
        held = (one for one in self.moves if one.sort == "hold_principle" and one.outcome != "failed")
        return next(held, None)

    def granted(self, option: Option) -> bool:
        return any(one.option_id == option.pk and one.state == "granted" for one in self.approvals)

    def approval_of(self, option: Option) -> Approval | None:
        """The newest question about an option."""
        return next((one for one in self.approvals if one.option_id == option.pk), None)


def parts(complaint: Complaint, *, stage: str = "") -> Parts:
    """All records; with a `stage` only those that tell whether what it needs is there."""
    wanted = TOLD_BY.get(stage, ()) if stage else tuple(READ)
    found: dict[str, Any] = {
        name: list(rows(complaint)) if name in wanted else [] for name, rows in READ.items()
    }
    return Parts(**found)


def held(complaint: Complaint, has: Parts) -> Held:
    """The complaint as the rules of the path see it."""
    finding, chosen = has.finding, has.chosen
    refused = finding is not None and nature.refusal_stands(
        demand=finding.demand, liability=finding.liability
    )
    return Held(
        remedy_sought=bool(complaint.remedy_sought),
        acknowledged=complaint.acknowledged_at is not None,
        assessed=complaint.assessed_at is not None,
        investigator=complaint.investigator_id is not None,
        anonymous=complaint.anonymous,
        accounts=frozenset(one.party for one in has.accounts),
        evidence=len(has.evidence),
        no_evidence_reason=bool(complaint.no_evidence_reason),
        customer_asked=complaint.customer_asked_at is not None,
        finding=finding is not None,
        explained=finding is not None and any(e.finding_id == finding.pk for e in has.explanations),
        options=len(has.options),
        options_wanted=2 if refused else 1,
        chosen=chosen is not None,
        approved=chosen is not None and (not chosen.amount or has.granted(chosen)),
        principle_held=has.principle is not None,
        carried_out=complaint.performed_at is not None,
        confirmed=complaint.confirmed_at is not None,
        ways_named=complaint.ways_named_at is not None,
        reviewed=complaint.reviewed_at is not None,
    )
