"""What a service item covers for an asset on a day, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from shouwen.platform.series import clauses
from shouwen.platform.web.faults import sentence
from shouwen.promises.models import CoverageRule, CoverageSort, SpanUnit, reads_chinese
from shouwen.promises.queries import policy
from shouwen.promises.rules import coverage as rules

VERDICTS: Final[dict[str, Any]] = {
    rules.COVERED: _("Covered"),
    rules.NOT_COVERED: _("Not covered"),
    rules.UNKNOWN: _("Unknown"),
}
VERDICT_TONES: Final = {rules.COVERED: "good", rules.NOT_COVERED: "bad", rules.UNKNOWN: "warn"}
SORT_LABELS: Final[dict[str, Any]] = dict(CoverageSort.choices)
TERMS: Final[dict[str, Any]] = {
    "condition": _("On condition that"),
    "evidence": _("Evidence asked for"),
    "source": _("Source"),
}
UNIT_CHOICES: Final = list(SpanUnit.choices)


@dataclass(frozen=True)
class Covered:
    """A finding in the reader's words."""

    finding: rules.Finding
    label: str
    verdict: str
    tone: str
    why: str
    condition: str
    evidence: str
    source: str


def coverage_of(item_id: int | None, asset: Any, on: date, repair_days: int = 0) -> list[Covered]:
    """What each rule of the item says of the asset (None: nothing is known of it) on a day. No question: the
    rules are kept in memory."""
    stated = policy.current().coverages.get(item_id or 0, ())
    thing = rules.Thing(
        getattr(asset, "bought_on", None), getattr(asset, "warranty_until", None), repair_days
    )
    return [_shown(rules.judge(rule, thing, on)) for rule in stated]


def coverage_rules(item_id: int) -> list[CoverageRule]:
    return list(CoverageRule.objects.filter(item_id=item_id))


def coverage_sorts() -> list[tuple[str, Any]]:
    return list(CoverageSort.choices)


def coverage_said(stated: Any) -> str:
    """One sort of coverage as the history of changes shows it."""
    if not isinstance(stated, dict):
        return str(stated)
    units = dict(UNIT_CHOICES)
    span = f"{stated['span']} {units.get(stated['unit'], stated['unit'])}" if stated.get("span") else ""
    parts = [f"{label}: {stated[name]}" for name, label in TERMS.items() if stated.get(name)]
    return clauses([span, *parts] if span else parts) or str(VERDICTS[rules.COVERED])


def _shown(found: rules.Finding) -> Covered:
    return Covered(
        found,
        str(SORT_LABELS[found.sort]),
        str(VERDICTS[found.verdict]),
        VERDICT_TONES[found.verdict],
        sentence(found.why),
        *(_said(found.rule, name) for name in ("condition", "evidence", "source")),
    )


def _said(rule: rules.Rule, name: str) -> str:
    own: str = getattr(rule, name)
    return own if reads_chinese() else getattr(rule, f"{name}_en") or own
