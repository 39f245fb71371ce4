"""The rules in use: few rows, asked for by every fact, kept in memory for a few seconds."""

import time

from shouwen.cases.models import AutomationRule
from shouwen.cases.rules.automation import Book, Rule, bound

FRESH_SECONDS = 5.0
_kept: list[tuple[float, Book]] = []


def forget() -> None:
    """Read the table again at the next question (somebody changed it in this process)."""
    _kept.clear()


def as_rule(row: AutomationRule) -> Rule:
    return Rule(
        row.pk or 0,
        row.name,
        row.version,
        frozenset(row.events),
        tuple(row.conditions.items()),
        tuple(row.actions.items()),
        row.last,
        row.in_hours,
        row.moment,
        row.minutes,
        row.starts_at,
    )


def book() -> Book:
    """No query while what is kept is fresh."""
    if not _kept or time.monotonic() - _kept[0][0] > FRESH_SECONDS:
        rows = AutomationRule.objects.filter(active=True).order_by("position", "id")
        _kept[:] = [(time.monotonic(), bound(as_rule(row) for row in rows))]
    return _kept[0][1]
