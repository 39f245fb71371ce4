"""Reads on expectations, and satisfaction as perception minus expectation."""

from collections.abc import Mapping

from shouwen.platform import db
from shouwen.platform.preferences import get as preference
from shouwen.promises.models import Expectation
from shouwen.promises.rules.satisfaction import Satisfaction, satisfaction
from shouwen.promises.rules.words import Subject

EXPECTED = db.Read(
    lambda kind, pk: Expectation.objects.filter(subject_kind=kind, subject_id=pk).order_by("-id")
)


def expectations_for(subject: Subject) -> list[Expectation]:
    """Newest first; the newest one counts."""
    kind, pk = subject
    return EXPECTED.all(kind=kind, pk=pk)


def expected_levels(subject: Subject) -> dict[str, int]:
    """The newest recorded level of each dimension; dimensions nobody recorded are left out."""
    found: dict[str, int] = {}
    for expectation in reversed(expectations_for(subject)):
        found |= expectation.levels
    return found


def satisfaction_of(subject: Subject, perceived: Mapping[str, int]) -> Satisfaction | None:
    """Perception minus expectation of a subject, with the organisation's default level and band (PRO-8)."""
    return satisfaction(
        perceived,
        expected_levels(subject),
        default=preference("promises.expected_level"),
        band=preference("promises.equal_band"),
    )
