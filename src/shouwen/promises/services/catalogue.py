"""The service catalogue and its standards."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform import ways
from shouwen.platform.access import Actor, require
from shouwen.platform.ledger import bus
from shouwen.promises import policies, queries
from shouwen.promises.events import ServiceItemChanged, StandardEnded, StandardSet
from shouwen.promises.models import Calendar, ServiceItem, ServiceStandard, Tier
from shouwen.promises.rules.standards import check_targets
from shouwen.promises.services.editions import changed

LIMITS: Final = {
    name: most
    for text, most in {
        "name": 80,
        "description": 4000,
        "for_whom": 200,
        "price_note": 200,
        "covered": 4000,
        "not_covered": 4000,
        "evidence_needed": 4000,
        "expectation_notice": 4000,
    }.items()
    for name in (text, f"{text}_en")
}
"""The longest of each text, in Chinese and beside it in English."""


@transaction.atomic
def create_item(*, code: str, name: str, at: datetime, by: Actor, **words: str) -> ServiceItem:
    """A new entry of the catalogue. `words` are its other texts (see LIMITS)."""
    require(by, policies.CATALOGUE)
    said = _checked({"name": name, **words})
    item = ServiceItem.objects.create(code=_code(code), updated_at=at, **said)
    _announce_item(item, at, by, before=None, after={"code": item.code, **said})
    return item


@transaction.atomic
def change_item(
    *,
    item_id: int,
    active: bool | None = None,
    sends_notice: bool | None = None,
    public: bool | None = None,
    at: datetime,
    by: Actor,
    **words: str,
) -> ServiceItem:
    """Change texts or standing. The code stays: other programs know the item by it."""
    require(by, policies.CATALOGUE)
    item = queries.locked_item(item_id)
    said = _checked(words)
    flags = {"active": active, "sends_notice": sends_notice, "public": public}
    after: dict[str, Any] = {**said, **{name: flag for name, flag in flags.items() if flag is not None}}
    if after.get("sends_notice") and not (said.get("expectation_notice") or item.expectation_notice):
        raise Invalid(_("Write the notice before it is sent."), field="expectation_notice")
    before = {name: getattr(item, name) for name in after}
    for name, value in after.items():
        setattr(item, name, value)
    item.updated_at = at
    item.save()
    changed()
    _announce_item(item, at, by, before=before, after=after)
    return item


@transaction.atomic
def set_standard(
    *,
    item_id: int | None = None,
    case_kind: str = "",
    tier: str = "",
    channel: str = "",
    first_reply_seconds: int | None = None,
    next_reply_seconds: int | None = None,
    solution_seconds: int | None = None,
    calendar_id: int | None = None,
    valid_from: datetime | None = None,
    at: datetime,
    by: Actor,
) -> ServiceStandard:
    """State a standard from `valid_from` (now) on. The version before it ends there and stays on
    record: contacts that happened under it keep its targets. The past is never rewritten."""
    require(by, policies.CATALOGUE)
    start = valid_from or at
    if start < at:
        raise Invalid(_("A standard holds from now on or later, never backwards."), field="valid_from")
    targets = {
        "first_reply": first_reply_seconds,
        "next_reply": next_reply_seconds,
        "solution": solution_seconds,
    }
    check_targets(targets)
    key = _key(item_id, case_kind, tier, channel)
    if calendar_id is not None and not Calendar.objects.filter(pk=calendar_id, active=True).exists():
        raise Invalid(_("There is no such calendar."), field="calendar_id")
    replaced = _make_room(key, start)
    made = ServiceStandard.objects.create(
        **key,
        **{f"{sort}_seconds": seconds for sort, seconds in targets.items()},
        calendar_id=calendar_id,
        valid_from=start,
    )
    changed()
    fact = StandardSet(made.pk, replaced.pk if replaced else None)
    before = dict(replaced.targets) if replaced else None
    bus.announce(fact, subjects=_about(made), by=by, at=at, before=before, after=targets)
    return made


@transaction.atomic
def end_standard(*, standard_id: int, at: datetime, by: Actor) -> ServiceStandard:
    """From now on it no longer holds; the next less specific one does."""
    require(by, policies.CATALOGUE)
    standard = queries.locked_standard(standard_id)
    if standard.valid_to is not None and standard.valid_to <= at:
        raise Refused(_("This standard has already ended."))
    general = not (standard.item_id or standard.case_kind or standard.tier or standard.channel)
    if general and standard.valid_from <= at:
        raise Refused(_("The standard for all stays; state a new version instead."))
    standard.valid_to = max(at, standard.valid_from)
    standard.save(update_fields=["valid_to"])
    changed()
    bus.announce(StandardEnded(standard.pk), subjects=_about(standard), by=by, at=at)
    return standard


def _make_room(key: dict[str, Any], start: datetime) -> ServiceStandard | None:
    """End the version in force at `start`; versions planned for later give way to the new one."""
    same = ServiceStandard.objects.select_for_update().filter(**key)
    for planned in same.filter(valid_from__gte=start, valid_to__isnull=True):
        planned.valid_to = planned.valid_from
        planned.save(update_fields=["valid_to"])
    current = same.filter(valid_from__lt=start).order_by("-valid_from").first()
    if current is not None and (current.valid_to is None or current.valid_to > start):
        current.valid_to = start
        current.save(update_fields=["valid_to"])
        return current
    return None


def _key(item_id: int | None, case_kind: str, tier: str, channel: str) -> dict[str, Any]:
    if item_id is not None and not ServiceItem.objects.filter(pk=item_id).exists():
        raise Invalid(_("There is no such service item."), field="item_id")
    if tier and tier not in Tier.values:
        raise Invalid(_("A tier is A, B, C or D."), field="tier")
    for name, value, limit in (("case_kind", case_kind, 30), ("channel", channel, 20)):
        if len(value) > limit:
            raise Invalid(_("At most %(most)s characters.") % {"most": limit}, field=name)
    if channel.strip() and channel.strip() not in ways.WAYS:
        raise Invalid(_("There is no such channel."), field="channel")
    return {"item_id": item_id, "case_kind": case_kind.strip(), "tier": tier, "channel": channel.strip()}


def _about(standard: ServiceStandard) -> list[tuple[str, int]]:
    own = [("service_standard", standard.pk)]
    return [*own, ("service_item", standard.item_id)] if standard.item_id else own


def _announce_item(
    item: ServiceItem, at: datetime, by: Actor, *, before: dict[str, Any] | None, after: dict[str, Any]
) -> None:
    fact = ServiceItemChanged(item.pk, item.code)
    bus.announce(fact, subjects=[item.subject], by=by, at=at, before=before, after=after)


def _checked(words: dict[str, str]) -> dict[str, str]:
    errors: dict[str, Any] = {}
    said = {name: text.strip() for name, text in words.items()}
    for name, text in said.items():
        if name not in LIMITS:
            raise TypeError(f"a service item has no {name!r}")
        if len(text) > LIMITS[name]:
            errors[name] = _("At most %(most)s characters.") % {"most": LIMITS[name]}
    if "name" in said and not said["name"]:
        errors["name"] = _("Give it a name.")
    if errors:
        raise Invalid(_("Please look at the marked fields."), errors=errors)
    return said


def _code(code: str) -> str:
    said = code.strip().lower()
    good = said and len(said) <= 40 and said.isascii() and said.replace("-", "").replace("_", "").isalnum()
    if not good:
        raise Invalid(_("Use letters, digits and hyphens, at most 40."), field="code")
    if ServiceItem.objects.filter(code=said).exists():
        raise Invalid(_("Another service item has this code."), field="code")
    return said
