"""The way of a complaint (CMP-1): ten stages, each with the records that must be there before it is passed.

The records are those that ISO 10002 and GB/T 19012 ask for: receipt with the remedy sought, acknowledgement,
assessment, investigation free of conflicts of interest, response, decision with reasons, closing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shouwen.kernel.errors import N_, Invalid, Refused, Sentence

STAGES: Final = (
    "received",
    "acknowledged",
    "facts",
    "nature",
    "explained",
    "proposed",
    "agreed",
    "carried_out",
    "confirmed",
    "reviewed",
)
# what must be there before the stage can be passed
REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    "received": ("remedy_sought",),
    "acknowledged": ("acknowledgement", "assessment"),
    "facts": ("investigator", "customer_account", "our_account", "evidence", "customer_asked"),
    "nature": ("finding",),
    "explained": ("explanation",),
    "proposed": ("options",),
    "agreed": ("agreement",),
    "carried_out": ("performance",),
    "confirmed": ("customers_word",),
    "reviewed": ("review",),
}
NEEDS: Final = tuple(code for codes in REQUIRED.values() for code in codes)
LEVELS: Final = (1, 2, 3)


@dataclass(frozen=True)
class Held:
    """What is on record of a complaint, counted.

    options_wanted  two where a plain refusal would stand, else one
    principle_held  we stay with our decision by a written basis, though the customer does not agree
    ways_named      the customer was told which outside bodies they may turn to
    """

    remedy_sought: bool = False
    acknowledged: bool = False
    assessed: bool = False
    investigator: bool = False
    anonymous: bool = False
    accounts: frozenset[str] = frozenset()
    evidence: int = 0
    no_evidence_reason: bool = False
    customer_asked: bool = False
    finding: bool = False
    explained: bool = False
    options: int = 0
    options_wanted: int = 1
    chosen: bool = False
    approved: bool = False
    principle_held: bool = False
    carried_out: bool = False
    confirmed: bool = False
    ways_named: bool = False
    reviewed: bool = False


def there(held: Held) -> frozenset[str]:
    """Which of the required records there are."""
    found = {
        "remedy_sought": held.remedy_sought,
        "acknowledgement": held.acknowledged or held.anonymous,
        "assessment": held.assessed,
        "investigator": held.investigator,
        "customer_account": "customer" in held.accounts,
        "our_account": bool(held.accounts - {"customer"}),
        "evidence": held.evidence > 0 or held.no_evidence_reason,
        "customer_asked": held.customer_asked or held.anonymous,
        "finding": held.finding,
        "explanation": held.explained or held.anonymous,
        "options": held.options >= held.options_wanted,
        "agreement": (held.chosen and held.approved) or held.principle_held,
        "performance": held.carried_out or held.principle_held,
        "customers_word": held.confirmed or held.ways_named,
        "review": held.reviewed,
    }
    return frozenset(code for code, present in found.items() if present)


def missing(stage: str, held: Held) -> list[str]:
    """What the stage still needs, in the order it is worked on."""
    present = there(held)
    return [code for code in REQUIRED[stage] if code not in present]


def after(stage: str) -> str | None:
    """The stage that follows; None after the last."""
    place = STAGES.index(stage)
    return STAGES[place + 1] if place + 1 < len(STAGES) else None


def check_pass(state: str, stage: str, held: Held) -> None:
    must_be_active(state)
    if missing(stage, held):
        raise Refused(Sentence(N_("This stage cannot be passed yet: records are missing.")))


def must_be_active(state: str) -> None:
    if state != "active":
        raise Refused(Sentence(N_("This complaint is closed or withdrawn. Reopen it first.")))


def check_return(stage: str, to: str) -> None:
    if to not in STAGES or STAGES.index(to) >= STAGES.index(stage):
        raise Invalid(Sentence(N_("Choose a stage that lies before this one.")), field="to")


def check_levels(**levels: int) -> None:
    """Severity, complexity and impact are 1 (small), 2 or 3 (great)."""
    wrong = {name: Sentence(N_("Choose 1, 2 or 3.")) for name, level in levels.items() if level not in LEVELS}
    if wrong:
        raise Invalid(Sentence(N_("Please look at the marked fields.")), errors=wrong)


def weight(severity: int, complexity: int, impact: int, *, safety: bool, immediate: bool) -> int:
    """How much a complaint weighs, 1 (light) to 5: the largest of the three levels, one more for danger, one more
    where something must be done at once. Complexity alone never makes it heavier than 2."""
    base = max(severity, impact, min(complexity, 2))
    return base + int(safety) + int(immediate)


def reopened_at(stage: str) -> str:
    """Where a closed complaint goes on: with the facts; one that never got so far, where it was."""
    return stage if STAGES.index(stage) < STAGES.index("facts") else "facts"


def spent(visits: Iterable[tuple[str, datetime, datetime | None]], until: datetime) -> dict[str, float]:
    """Seconds by the wall clock in each stage, over every time it was there: [(stage, from, to or None)]."""
    found: dict[str, float] = {}
    for stage, start, end in visits:
        found[stage] = found.get(stage, 0.0) + max(0.0, ((end or until) - start).total_seconds())
    return found
