"""Trying a rule on what happened since a day, before it does anything: which cases would it have hit?

Whether its time came or its event happened is read from what was; the conditions are held against the cases as they
are now, because nobody kept what they were at every moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from shouwen.cases.models import AutomationRule, Case
from shouwen.cases.queries.automation import ranges
from shouwen.cases.queries.automation.book import as_rule
from shouwen.cases.queries.automation.seen import Seen, holds, moment_of, newest_words, oldest_owed
from shouwen.cases.queries.one import visible_to
from shouwen.cases.rules.automation import EVENTS, Rule, heard
from shouwen.platform.access import Actor
from shouwen.platform.ledger.models import EventSubject

MOST_CASES = 3_000  # the newest; more would make a person wait longer than they look
PART = 500
SHOWN = 50


@dataclass(frozen=True)
class Tried:
    """`came`: cases whose event happened or whose time came; `hits`: those it would have acted on, newest first."""

    since: datetime
    looked_at: int
    came: int
    hits: list[Case] = field(default_factory=list)

    @property
    def sample(self) -> list[Case]:
        return self.hits[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.hits) - SHOWN)


def tried(row: AutomationRule, actor: Actor, *, since: datetime, at: datetime) -> Tried:
    rule = as_rule(row)
    if rule.moment:
        asked = ranges.due_between(rule.moment, since - rule.offset, 0, at - rule.offset)
        cases = list(
            asked.filter(pk__in=visible_to(actor).values("pk")).select_related("customer")[:MOST_CASES]
        )
        looked_at, came = len(cases), [case for case in cases if moment_of(rule, case) is not None]
    else:
        newest = visible_to(actor).select_related("customer").order_by("-last_at", "-id")
        cases = list(newest[:MOST_CASES])
        happened = _happened(rule, [case.pk for case in cases], since)
        looked_at, came = len(cases), [case for case in cases if case.pk in happened]
    wanted = {code for code, _wanted in rule.conditions}
    ids = [case.pk for case in came]
    said = newest_words(ids) if wanted & {"words", "message_words"} else {}
    owed = oldest_owed(ids) if "overdue_least" in wanted else {}
    hits = [case for case in came if holds(rule, Seen(case, at, said=said, owed=owed))]
    return Tried(since, looked_at, len(came), sorted(hits, key=lambda case: case.last_at, reverse=True))


def _happened(rule: Rule, case_ids: list[int], since: datetime) -> set[int]:
    """Those of the cases to which something happened that the rule listens to."""
    names = {name for event in rule.events for name in EVENTS[event]}
    found: set[int] = set()
    for part in _parts(case_ids):
        rows = EventSubject.objects.filter(
            kind="case", subject_id__in=part, event__name__in=names, event__at__gte=since
        ).values_list("subject_id", "event__name", "event__data")
        found |= {pk for pk, name, data in rows if rule.events & set(heard(name, data))}
    return found


def _parts(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + PART] for start in range(0, len(ids), PART))
