"""Rules made, changed, put in order, brought back to an earlier version. The ledger keeps every version."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shouwen.cases import policies
from shouwen.cases.events import RuleChanged
from shouwen.cases.models import AutomationRule
from shouwen.cases.queries.automation.book import forget
from shouwen.cases.rules import states
from shouwen.cases.rules.automation import EVENTS, MOMENTS
from shouwen.cases.services.automation import checking, timing
from shouwen.kernel.errors import Invalid, NotFound, Refused
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus
from shouwen.platform.ledger.queries import timeline

STEP = 10
MOST_RULES = 500
MOST_MINUTES = 60 * 24 * 366
PARTS = (
    "name", "active", "events", "moment", "minutes", "conditions", "actions", "last", "in_hours",
)  # fmt: skip
TIMED = ("active", "moment", "minutes")


def fill(
    row: AutomationRule,
    *,
    name: str,
    active: bool = True,
    events: Iterable[str] = (),
    moment: str = "",
    minutes: int = 0,
    conditions: Mapping[str, Any] | None = None,
    actions: Mapping[str, Any] | None = None,
    last: bool = False,
    in_hours: bool = False,
) -> AutomationRule:
    """What a rule listens to, asks and does, checked; not saved here."""
    wanted = list(events)
    row.name = states.text(name, "name", least=1, most=80)
    if any(event not in EVENTS for event in wanted):
        raise Invalid(_("There is no such event."), field="events")
    if moment and moment not in MOMENTS:
        raise Invalid(_("Choose one of the listed values."), field="moment")
    if bool(moment) == bool(wanted):
        raise Invalid(_("Say when it acts: on events, or some time after a moment."), field="events")
    least = 0 if moment in {"due_before", "due_after"} else 1
    if moment and not least <= minutes <= MOST_MINUTES:
        raise Invalid(_("Choose from one minute to a year."), field="minutes")
    row.active, row.last, row.in_hours = active, last, in_hours
    row.events = [event for event in EVENTS if event in wanted]
    row.moment, row.minutes = moment, minutes if moment else 0
    row.conditions = checking.conditions(conditions or {})
    row.actions = checking.actions(actions or {}, "rule")
    if not row.actions:
        raise Invalid(_("Say what the rule does."), field="actions")
    return row


def draft(rule_id: int | None = None) -> AutomationRule:
    """A rule to try something with; it is never saved."""
    return AutomationRule(pk=rule_id)


def parts_of(row: AutomationRule) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PARTS}


@transaction.atomic
def save_rule(
    *, rule_id: int | None, backlog: bool = False, at: datetime, by: Actor, **given: Any
) -> AutomationRule:
    """A new rule, or a changed one with the next version number. `backlog`: a time rule acts on what has come due
    before now as well."""
    ensure(policies.may_configure, by)
    row = _locked(rule_id) if rule_id is not None else AutomationRule(version=0)
    before = parts_of(row) if rule_id is not None else None
    fill(row, **given)
    after = parts_of(row)
    if after == before and not backlog:
        return row
    if rule_id is None:
        if AutomationRule.objects.count() >= MOST_RULES:
            raise Refused(_("At most %(most)s rules.") % {"most": MOST_RULES})
        row.position = _last_position() + STEP
    if before is None or backlog or any(before[name] != after[name] for name in TIMED):
        timing.begin(row, at=at, backlog=backlog)
    row.version += 1
    row.save()
    _forget()
    fact = RuleChanged(row.pk, row.name, row.version)
    bus.announce(fact, subjects=[row.subject], by=by, at=at, before=before, after=after)
    return row


@transaction.atomic
def restore_rule(*, rule_id: int, version: int, at: datetime, by: Actor) -> AutomationRule:
    """As it was in an earlier version, as a new version. What no room knows any more is refused by its name."""
    return save_rule(rule_id=rule_id, at=at, by=by, **version_of(("rule", rule_id), version))


def version_of(subject: tuple[str, int], version: int) -> dict[str, Any]:
    """The parts of a rule or macro as the ledger keeps them."""
    for row in timeline(subject, limit=1000, newest=True):
        if row.data.get("version") == version and row.after:
            return dict(row.after)
    raise NotFound(_("There is no such version."))


@transaction.atomic
def set_active(*, rule_id: int, active: bool, at: datetime, by: Actor) -> AutomationRule:
    """Switched on or off from the list; everything else stays as it is."""
    return save_rule(rule_id=rule_id, at=at, by=by, **{**parts_of(_locked(rule_id)), "active": active})


@transaction.atomic
def move_rule(*, rule_id: int, up: bool, at: datetime, by: Actor) -> None:
    """One place earlier or later among those that act in turn."""
    ensure(policies.may_configure, by)
    _locked(rule_id)
    order = list(AutomationRule.objects.select_for_update().values_list("pk", flat=True))
    place = order.index(rule_id)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for number, one in enumerate(order, 1):
        AutomationRule.objects.filter(pk=one).update(position=number * STEP)
    _forget()


def _locked(rule_id: int) -> AutomationRule:
    found = AutomationRule.objects.select_for_update().filter(pk=rule_id).first()
    if found is None:
        raise NotFound(_("There is no such rule."))
    return found


def _last_position() -> int:
    return AutomationRule.objects.order_by("-position").values_list("position", flat=True).first() or 0


def _forget() -> None:
    """At once for who goes on in this transaction, and again for everybody when it is committed."""
    forget()
    transaction.on_commit(forget)
