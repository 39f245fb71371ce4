"""Kinds of cases with their own fields, and the rules that read a new contact: made, changed, put in order."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import IntakeRuleChanged, KindChanged
from shouwen.cases.models import CaseKind, IntakeRule
from shouwen.cases.queries.kinds import forget
from shouwen.cases.queries.labels import CHANNELS
from shouwen.cases.rules import kind_fields, states
from shouwen.kernel.errors import Invalid, NotFound
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus

STEP = 10


@transaction.atomic
def save_kind(
    *,
    kind_id: int | None,
    name: str,
    name_en: str,
    icon: str,
    active: bool,
    fields: Iterable[Mapping[str, Any]],
    code: str = "",
    at: datetime,
    by: Actor,
) -> CaseKind:
    """A new kind, or a changed one. The code of a kind never changes: cases carry it."""
    ensure(policies.may_configure, by)
    kind = _locked_kind(kind_id) if kind_id is not None else CaseKind(code=_new_code(code))
    before = _kind_as_it_is(kind) if kind_id is not None else None
    kind.name = states.text(name, "name", least=1, most=40)
    kind.name_en = states.text(name_en, "name_en", least=1, most=40)
    kind.icon, kind.active = icon[:40], active
    kind.fields = kind_fields.definitions(fields)
    if kind_id is not None and not active and not _others_active(kind.pk):
        raise Invalid(_("One kind at least stays in use."), field="active")
    if kind_id is None:
        kind.position = _last_position(CaseKind) + STEP
    kind.save()
    forget()
    after = _kind_as_it_is(kind)
    if after != before:
        _announce(KindChanged(kind.pk, kind.code), ("kind", kind.pk), before, after, at, by)
    return kind


def _new_code(code: str) -> str:
    kind_fields.check_code(code, "code")
    if CaseKind.objects.filter(code=code).exists():
        raise Invalid(_("This code is taken."), field="code")
    return code


def _others_active(kind_id: int) -> bool:
    return CaseKind.objects.filter(active=True).exclude(pk=kind_id).exists()


def _kind_as_it_is(kind: CaseKind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "name_en": kind.name_en,
        "icon": kind.icon,
        "active": kind.active,
        "fields": kind.fields,
    }


def _locked_kind(kind_id: int) -> CaseKind:
    found = CaseKind.objects.select_for_update().filter(pk=kind_id).first()
    if found is None:
        raise NotFound(_("There is no such kind of case."))
    return found


def _locked_rule(rule_id: int) -> IntakeRule:
    found = IntakeRule.objects.select_for_update(of=("self",)).filter(pk=rule_id).first()
    if found is None:
        raise NotFound(_("There is no such rule."))
    return found


def _last_position(model: Any) -> int:
    return model.objects.order_by("-position").values_list("position", flat=True).first() or 0


def _announce(fact: Any, subject: tuple[str, int], before: Any, after: Any, at: datetime, by: Actor) -> None:
    bus.announce(fact, subjects=[subject], by=by, at=at, before=before, after=after)


@transaction.atomic
def save_rule(
    *,
    rule_id: int | None,
    name: str,
    active: bool,
    words: str = "",
    channels: Iterable[str] = (),
    tiers: Iterable[str] = (),
    kind: str = "",
    impact: int | None = None,
    urgency: int | None = None,
    team_id: int | None = None,
    tags: str = "",
    at: datetime,
    by: Actor,
) -> IntakeRule:
    """A new rule, or a changed one with the next version number. Cases already open are not touched."""
    ensure(policies.may_configure, by)
    rule = _locked_rule(rule_id) if rule_id is not None else IntakeRule(version=0)
    before = _rule_as_it_is(rule) if rule_id is not None else None
    rule.name = states.text(name, "name", least=1, most=80)
    rule.active = active
    fill_rule(
        rule,
        words=words,
        channels=channels,
        tiers=tiers,
        kind=kind,
        impact=impact,
        urgency=urgency,
        team_id=team_id,
        tags=tags,
    )
    after = _rule_as_it_is(rule)
    if after == before:
        return rule
    rule.version += 1
    if rule_id is None:
        rule.position = _last_position(IntakeRule) + STEP
    rule.save()
    forget()
    fact = IntakeRuleChanged(rule.pk, rule.name, rule.version)
    _announce(fact, ("intake_rule", rule.pk), before, after, at, by)
    return rule


def fill_rule(
    rule: IntakeRule,
    *,
    words: str,
    channels: Iterable[str],
    tiers: Iterable[str],
    kind: str,
    impact: int | None,
    urgency: int | None,
    team_id: int | None,
    tags: str,
) -> IntakeRule:
    """What a rule looks at and what it proposes, checked; not saved here."""
    rule.words = kind_fields.listed(words, kind_fields.MOST_WORDS, "words")
    rule.channels = [code for code in CHANNELS if code in set(channels)]
    rule.tiers = [letter for letter in "ABCD" if letter in set(tiers)]
    if kind and kind not in queries.kinds():
        raise Invalid(_("There is no such kind of case."), field="kind")
    for field, level in (("impact", impact), ("urgency", urgency)):
        if level not in (None, 1, 2, 3):
            raise Invalid(_("Choose 1, 2 or 3."), field=field)
    if team_id is not None and team_id not in {team.pk for team in people.teams()}:
        raise Invalid(_("There is no such team."), field="team")
    rule.kind, rule.impact, rule.urgency, rule.team_id = kind, impact, urgency, team_id
    rule.tags = kind_fields.listed(tags, 10, "tags")
    if not (kind or impact or urgency or team_id or rule.tags):
        raise Invalid(_("Say what the rule proposes: a kind, an urgency, a team or a tag."), field="kind")
    return rule


def draft(rule_id: int | None) -> IntakeRule:
    """A rule to try something with; it is never saved."""
    return IntakeRule(pk=rule_id)


def _rule_as_it_is(rule: IntakeRule) -> dict[str, Any]:
    names = (
        "name", "active", "words", "channels", "tiers", "kind", "impact", "urgency", "team_id", "tags",
    )  # fmt: skip
    return {name: getattr(rule, name) for name in names}


@transaction.atomic
def move_kind(*, kind_id: int, up: bool, at: datetime, by: Actor) -> None:
    """One place up or down in every list of kinds."""
    ensure(policies.may_configure, by)
    _locked_kind(kind_id)
    _move(CaseKind, kind_id, up)


@transaction.atomic
def move_rule(*, rule_id: int, up: bool, at: datetime, by: Actor) -> None:
    """One place earlier or later: of several rules that fit, the first decides."""
    ensure(policies.may_configure, by)
    _locked_rule(rule_id)
    _move(IntakeRule, rule_id, up)


def _move(model: Any, pk: int, up: bool) -> None:
    order = list(model.objects.select_for_update().order_by("position", "id").values_list("pk", flat=True))
    place = order.index(pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for number, one in enumerate(order, 1):
        model.objects.filter(pk=one).update(position=number * STEP)
    forget()
