"""What the clock lets rules do: each run looks only at cases whose time has come since the run before.

A rule remembers how far it has looked; between that and now lies one range of an index. What was handled before a
crash is known by its cause and is not done again.
"""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import translation

from shouwen.cases.models import AutomationRule, Case
from shouwen.cases.queries.automation import ranges
from shouwen.cases.queries.automation.book import as_rule, book
from shouwen.cases.queries.automation.seen import Seen, holds
from shouwen.cases.rules import automation as rules
from shouwen.cases.rules.automation import Rule
from shouwen.cases.services.automation import hearing, running

BATCH = 200
MOST_BATCHES = 5  # of one rule in one run; the next run goes on where this one stopped
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
LAST_ID = 2**62


def run(*, at: datetime) -> int:
    """Let every time rule act on what has come due. How many times one acted."""
    timed = book().by_time
    with translation.override(hearing.SPOKEN):
        return sum(_run_one(rule, at) for rule in timed)


def _run_one(rule: Rule, at: datetime) -> int:
    acted = 0
    for _turn in range(MOST_BATCHES):
        count, more = _batch(rule, at)
        acted += count
        if not more:
            break
    return acted


def _batch(rule: Rule, at: datetime) -> tuple[int, bool]:
    """The next cases in line. How many were acted on, and whether there may be more."""
    row = AutomationRule.objects.filter(pk=rule.id, active=True, version=rule.version).first()
    if row is None:
        return 0, False
    until = at - rule.offset
    found = list(ranges.due_between(rule.moment, row.looked_at or LONG_AGO, row.looked_id, until)[:BATCH])
    acted = 0
    if found:
        acted = _act_on(rule, found, at)
    full = len(found) == BATCH
    column = ranges.RANGES[rule.moment][0]
    looked: tuple[Any, int] = (getattr(found[-1], column), found[-1].pk) if full else (until, LAST_ID)
    if row.looked_at is None or looked[0] >= row.looked_at:
        mine = AutomationRule.objects.filter(pk=rule.id, version=rule.version)
        mine.update(looked_at=looked[0], looked_id=looked[1])
    return acted, full


def _act_on(rule: Rule, found: list[Case], at: datetime) -> int:
    """Each in its own transaction. What does not hold now is looked at again when something happens to it."""
    acted = 0
    for case in found:
        moment = getattr(case, ranges.RANGES[rule.moment][0])
        if not rules.is_due(rule, moment, at) or not holds(rule, Seen(case, at)):
            continue
        cause = rules.cause(rule, moment)
        if (rule.id, cause) in running.known_causes(case.pk, [rule.id]):
            continue
        with transaction.atomic():
            if not hearing.put_off(rule, case, cause, at):
                acted += hearing.act_if_so(rule, case.pk, cause, at)
    return acted


def begin(row: AutomationRule, *, at: datetime, backlog: bool) -> None:
    """From when on a rule acts: what has come due before is left alone, unless it is wanted too. Not saved here."""
    rule = as_rule(row)
    row.starts_at = None if backlog else at
    begins = at if rule.moment == "due_before" else at - rule.offset
    row.looked_at = None if backlog or not rule.moment else begins
    row.looked_id = 0 if row.looked_at is None else LAST_ID
