"""Kinds and intake rules: few rows, read on every contact, kept in memory for a few seconds."""

import time
from typing import Any

from django.utils.translation import get_language

from shouwen.cases.models import CaseKind, IntakeRule
from shouwen.cases.rules.intake import Rule

FRESH_SECONDS = 5.0
_kept: dict[str, tuple[float, Any]] = {}


def forget() -> None:
    """Read the tables again at the next question (somebody changed them in this process)."""
    _kept.clear()


def kinds() -> dict[str, CaseKind]:
    """All kinds by code, in their order."""
    found = _kept.get("kinds")
    if found is None or time.monotonic() - found[0] > FRESH_SECONDS:
        found = (time.monotonic(), {kind.code: kind for kind in CaseKind.objects.all()})
        _kept["kinds"] = found
    return found[1]


def active_kinds() -> list[CaseKind]:
    return [kind for kind in kinds().values() if kind.active]


def kind_label(code: str) -> str:
    kind = kinds().get(code)
    if kind is None:
        return code
    return kind.name if (get_language() or "zh").startswith("zh") else kind.name_en


def intake_rules() -> list[Rule]:
    found = _kept.get("rules")
    if found is None or time.monotonic() - found[0] > FRESH_SECONDS:
        rows = IntakeRule.objects.filter(active=True).order_by("position", "id")
        rules = [
            Rule(
                row.pk,
                tuple(word.lower() for word in row.words),
                frozenset(row.channels),
                frozenset(row.tiers),
                row.kind,
                row.impact,
                row.urgency,
                row.team_id,
                tuple(row.tags),
            )
            for row in rows
        ]
        found = (time.monotonic(), rules)
        _kept["rules"] = found
    return found[1]
