"""One rule acts on one case: once per cause, all in one transaction, as an actor with rights of its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.cases import permissions
from shouwen.cases.events import RuleRan
from shouwen.cases.models import Case, RuleRun
from shouwen.cases.rules.automation import HOUR, Rule, stopped
from shouwen.cases.services import recording
from shouwen.kernel.errors import Fault
from shouwen.platform import automation
from shouwen.platform.access import Actor
from shouwen.platform.automation import Deed
from shouwen.platform.web.faults import sentence

# No more than who may set rules holds anyway, and no person: what hangs on a person's own authority, no rule can do.
RIGHTS = frozenset(
    {
        permissions.SEE,
        permissions.SEE_ALL,
        permissions.SEE_RESTRICTED,
        permissions.WORK,
        permissions.SUPERVISE,
    }
)
KIND = "automation"


def actor_of(rule: Rule, run_id: int | None = None) -> Actor:
    return Actor(name=rule.name, kind=KIND, permissions=RIGHTS, run_id=run_id)


def chain_before(by_kind: str, by_id: int | None) -> list[int]:
    """The rules that led to a fact, by id, when a rule announced it."""
    if by_kind != KIND or by_id is None:
        return []
    found = RuleRun.objects.filter(pk=by_id).values_list("chain", flat=True).first()
    return list(found or [])


def known_causes(case_id: int, rule_ids: Sequence[int]) -> set[tuple[int, str]]:
    rows = RuleRun.objects.filter(case_id=case_id, rule_id__in=list(rule_ids))
    return set(rows.values_list("rule_id", "cause"))


@transaction.atomic
def act(rule: Rule, case: Case, *, cause: str, chain: Sequence[int], at: datetime) -> RuleRun | None:
    """Do what `rule` says to the locked `case`. None when it has acted for this cause before, or is stopped again
    within the hour and that has been written down."""
    if RuleRun.objects.filter(rule_id=rule.id, case=case, cause=cause).exists():
        return None
    lately = RuleRun.objects.filter(case=case, at__gt=at - HOUR)
    why = stopped(rule.id, chain, lately.filter(stopped="").count())
    if why == "limit" and lately.filter(rule_id=rule.id, stopped=why).exists():
        return None
    run = RuleRun.objects.create(
        rule_id=rule.id,
        version=rule.version,
        case=case,
        cause=cause,
        at=at,
        stopped=why,
        chain=[*chain, rule.id],
    )
    if not why:
        _do_all(rule, run, at)
        run.save(update_fields=["did", "refused"])
    by = actor_of(rule, run.pk)
    fact = RuleRan(case.pk, rule.id, rule.name, rule.version, run.pk, run.did, run.refused, why)
    recording.announce(case, fact, by=by, at=at)
    return run


def _do_all(rule: Rule, run: RuleRun, at: datetime) -> None:
    """Every action by itself: what one is refused keeps none of the others, and stands in the log."""
    deed = Deed(run.case_id, at, actor_of(rule, run.pk), f"rule:{run.pk}")
    known, given = automation.actions("rule"), dict(rule.actions)
    for code in known:  # in the order of the registry, whatever the order they were written down in
        if code not in given:
            continue
        done, why = attempt(known[code], deed, given[code])
        run.did += done
        run.refused += [{"code": code, "why": why}] if why else []


def attempt(
    action: automation.Action, deed: Deed, given: Mapping[str, Any]
) -> tuple[list[dict[str, str]], str]:
    """What an action changed, and why it could not ("" when it could)."""
    try:
        with transaction.atomic():
            changes = action.act(deed, given)
    except Fault as fault:
        return [], sentence(fault.sentence)
    shown = [{"code": action.code, "label": one.label, "was": one.was, "now": one.now} for one in changes]
    return [{name: value[:300] for name, value in one.items()} for one in shown], ""
