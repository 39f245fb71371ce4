"""A fact, and what rules make of it. Where no rule listens this asks the database nothing."""

from datetime import datetime
from typing import Any

from django.utils import translation

from shouwen.cases import queries
from shouwen.cases.models import Case
from shouwen.cases.queries.automation.book import book
from shouwen.cases.queries.automation.seen import Seen, holds, moment_of
from shouwen.cases.rules import automation as rules
from shouwen.cases.rules.automation import Rule
from shouwen.cases.services.automation import hours, running
from shouwen.platform.jobs import enqueue
from shouwen.platform.ledger.bus import Context

LATER = "cases.rule_later"
SPOKEN = "zh-hans"  # what a rule writes down is read by all, so it speaks the organisation's language


def hear(fact: Any, ctx: Context) -> None:
    """Let every rule act that listens to `fact` and whose conditions hold, in their order."""
    known = book()
    if not (known.by_event or known.by_time):
        return
    events = rules.heard(fact.wire, fact.data())
    listening = {rule.id: rule for event in events for rule in known.by_event.get(event, ())}
    case_id = next((pk for kind, pk in ctx.subjects if kind == "case"), None)
    if case_id is None or not (listening or known.by_time):
        return
    with translation.override(SPOKEN):
        if listening:
            chain = running.chain_before(ctx.by_kind, ctx.by_id)
            _let_act(list(listening.values()), case_id, f"event:{ctx.event_id}", chain, ctx.at)
        if known.by_time:
            look_at_times(known.by_time, case_id, ctx.at)


def _let_act(wanted: list[Rule], case_id: int, cause: str, chain: list[int], at: datetime) -> None:
    order = list(book().by_id)
    seen = Seen(queries.locked(case_id), at)
    held = {rule.id for rule in wanted if holds(rule, seen)}
    acted: list[int] = []
    for rule in sorted(wanted, key=lambda one: order.index(one.id)):
        if not holds(rule, seen):
            continue
        if put_off(rule, seen.case, cause, at):
            continue
        # what holds only since another one acted was led to by it, and must not lead back to it
        led = chain if rule.id in held else [*chain, *acted]
        run = running.act(rule, seen.case, cause=cause, chain=led, at=at)
        if run is not None and run.did:
            acted.append(rule.id)
            seen = Seen(queries.locked(case_id), at)
        if rule.last:
            return


def put_off(rule: Rule, case: Case, cause: str, at: datetime) -> bool:
    """Whether the rule waits for service hours. What is urgent does not."""
    if not rule.in_hours or hours.is_emergency(case):
        return False
    opens = hours.next_open(case.team_id, at)
    if opens <= at:
        return False
    args = {"rule_id": rule.id, "case_id": case.pk, "cause": cause}
    enqueue(LATER, args, at=opens, key=f"{LATER}:{rule.id}:{case.pk}:{cause}"[:200])
    return True


def act_later(*, rule_id: int, case_id: int, cause: str, at: datetime) -> None:
    """Service hours have begun: the rule acts if it is still in use and still holds."""
    rule, case = book().by_id.get(rule_id), queries.by_pk(case_id)
    if rule is None or case is None:
        return
    with translation.override(SPOKEN):
        act_if_so(rule, case_id, cause, at)


def act_if_so(rule: Rule, case_id: int, cause: str, at: datetime) -> bool:
    """Act on the case when the conditions hold; a time rule only while it counts from the same moment."""
    seen = Seen(queries.locked(case_id), at)
    moment = moment_of(rule, seen.case) if rule.moment else None
    if rule.moment and (moment is None or rules.cause(rule, moment) != cause):
        return False
    return holds(rule, seen) and running.act(rule, seen.case, cause=cause, chain=[], at=at) is not None


def look_at_times(timed: tuple[Rule, ...], case_id: int, at: datetime) -> None:
    """Something happened to a case: a time that has come long ago may count now that other conditions hold, and a
    moment may have moved to where the clock has passed already."""
    case = queries.locked(case_id)
    due = [
        (rule, rules.cause(rule, moment))
        for rule in timed
        if (moment := moment_of(rule, case)) is not None and rules.is_due(rule, moment, at)
    ]
    if not due:
        return
    known = running.known_causes(case_id, [rule.id for rule, _cause in due])
    for rule, cause in due:
        if (rule.id, cause) in known or not holds(rule, Seen(case, at)):
            continue
        if not put_off(rule, case, cause, at) and act_if_so(rule, case_id, cause, at):
            case = queries.locked(case_id)
