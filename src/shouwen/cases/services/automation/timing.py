"""What the clock lets rules do: each run looks only at cases whose time has come since the run before.

A rule remembers how far it has looked; between that and now lies one range of an index. What was handled before a
crash is known by its cause and is not done again.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation

from shouwen.cases.models import AutomationRule, Case
from shouwen.cases.queries.automation import ranges
from shouwen.cases.queries.automation.book import as_rule, book
from shouwen.cases.queries.automation.seen import Seen, holds, moment_of
from shouwen.cases.rules import automation as rules
from shouwen.cases.rules.automation import Rule
from shouwen.cases.services.automation import hearing, running

BATCH = 100  # of one rule in one turn
MOST_ACTS = 200  # in one run, a few seconds' worth: the other schedules wait behind it
FAR = timedelta(hours=1)  # a rule that has not found anything remembers how far it looked only now and then
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
LAST_ID = 2**62


def run(*, at: datetime) -> int:
    """Let every time rule act on what has come due, in turns. How many times one acted; what is left is taken up by
    the next run, which begins with another rule."""
    timed = book().by_time
    first = int(at.timestamp() // 60) % len(timed) if timed else 0
    waiting, acted = [*timed[first:], *timed[:first]], 0
    with translation.override(hearing.SPOKEN):
        while waiting and acted < MOST_ACTS:
            more = []
            rows = AutomationRule.objects.filter(active=True).in_bulk([rule.id for rule in waiting])
            for rule in waiting:
                count, left = _turn(rule, rows.get(rule.id), at, MOST_ACTS - acted)
                acted += count
                if left:
                    more.append(rule)
            waiting = more
    return acted


def _turn(rule: Rule, row: AutomationRule | None, at: datetime, most: int) -> tuple[int, bool]:
    """The next cases in line. How many were acted on, and whether there may be more."""
    if row is None or row.version != rule.version or most <= 0:
        return 0, False
    until = at - rule.offset
    column = ranges.RANGES[rule.moment][0]
    found = list(ranges.due_between(rule.moment, row.looked_at or LONG_AGO, row.looked_id, until)[:BATCH])
    acted, seen = 0, 0
    for case in found:
        if acted >= most:
            break
        acted += _act_on(rule, case, at)
        seen += 1
    left = seen < len(found) or len(found) == BATCH
    looked: tuple[Any, int] = (until, LAST_ID)
    if left:
        looked = (getattr(found[seen - 1], column), found[seen - 1].pk)
    if not found and row.looked_at is not None and until - row.looked_at < FAR:
        return 0, False  # nothing came: nothing is written, and the next look begins where this one did
    if row.looked_at is None or looked[0] >= row.looked_at:
        mine = AutomationRule.objects.filter(pk=rule.id, version=rule.version)
        mine.update(looked_at=looked[0], looked_id=looked[1])
    return acted, left


def _act_on(rule: Rule, case: Case, at: datetime) -> bool:
    """In a transaction of its own. What does not hold now is looked at again when something happens to the case."""
    moment = moment_of(rule, case)
    if moment is None or not rules.is_due(rule, moment, at) or not holds(rule, Seen(case, at)):
        return False
    cause = rules.cause(rule, moment)
    if (rule.id, cause) in running.known_causes(case.pk, [rule.id]):
        return False
    with transaction.atomic():
        return not hearing.put_off(rule, case, cause, at) and hearing.act_if_so(rule, case.pk, cause, at)


def begin(row: AutomationRule, *, at: datetime, backlog: bool) -> None:
    """From when on a rule acts: what has come due before is left alone, unless it is wanted too. Not saved here."""
    rule = as_rule(row)
    row.starts_at = None if backlog else at
    begins = at if rule.moment == "due_before" else at - rule.offset
    row.looked_at = None if backlog or not rule.moment else begins
    row.looked_id = 0 if row.looked_at is None else LAST_ID
