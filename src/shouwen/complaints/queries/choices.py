"""What forms offer to choose from."""

from datetime import date
from typing import Any

from shouwen.complaints.models import (
    Acceptance,
    BasisSort,
    Body,
    Cause,
    Demand,
    EntryState,
    EvidenceSort,
    ExplanationSort,
    Liability,
    Move,
    Party,
    Period,
    RecoverySort,
    Remedy,
    Trigger,
    Validity,
)
from shouwen.complaints.queries.settings import bases
from shouwen.people import queries as people
from shouwen.platform.access.permissions import ROLES

Choices = list[tuple[Any, Any]]

PARTIES: Choices = list(Party.choices)
EVIDENCE: Choices = list(EvidenceSort.choices)
VALIDITY: Choices = list(Validity.choices)
DEMAND: Choices = list(Demand.choices)
LIABILITY: Choices = list(Liability.choices)
EXPLANATIONS: Choices = list(ExplanationSort.choices)
REMEDIES: Choices = list(Remedy.choices)
ACCEPTANCE: Choices = list(Acceptance.choices)
MOVES: Choices = list(Move.choices)
RECOVERIES: Choices = list(RecoverySort.choices)
BODIES: Choices = list(Body.choices)
CAUSES: Choices = list(Cause.choices)
PERIODS: Choices = list(Period.choices)
ENTRY_STATES: Choices = list(EntryState.choices)
TRIGGERS: Choices = list(Trigger.choices)
BASIS_SORTS: Choices = list(BasisSort.choices)


def colleagues() -> Choices:
    """Our own people who are here; providers look into nothing."""
    rows = people.active_staff().filter(provider=None).order_by("name")
    return [
        (pk, f"{name} · {title}" if title else name)
        for pk, name, title in rows.values_list("pk", "name", "title")
    ]


def bases_on(on: date) -> Choices:
    """Entries of the policy library that held on a day."""
    return [(one.pk, f"{one} · {one.source}") for one in bases(on=on)]


def roles() -> Choices:
    return [(code, label) for code, label in ROLES.items() if code not in {"provider", "administrator"}]
