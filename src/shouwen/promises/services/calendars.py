"""Working calendars: create, change, choose the default."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import Actor, require
from shouwen.platform.ledger import bus
from shouwen.promises import policies, queries
from shouwen.promises.events import CalendarChanged
from shouwen.promises.models import Calendar
from shouwen.promises.rules import hours
from shouwen.promises.services import recomputing
from shouwen.promises.services.editions import changed

NAME_LIMIT = 80


@transaction.atomic
def create_calendar(
    *, name: str, definition: dict[str, Any], default: bool = False, at: datetime, by: Actor
) -> Calendar:
    """A new calendar from the JSON of working time; Invalid names the field that is wrong."""
    require(by, policies.CALENDARS)
    read = hours.checked(definition)
    chosen = _name(name, None)
    if default:
        _no_default()
    made = Calendar.objects.create(
        name=chosen, zone=read["zone"], definition=read, default=default, updated_at=at
    )
    _say(made, at, by, before=None)
    return made


@transaction.atomic
def change_calendar(
    *,
    calendar_id: int,
    name: str | None = None,
    definition: dict[str, Any] | None = None,
    default: bool | None = None,
    active: bool | None = None,
    at: datetime,
    by: Actor,
) -> Calendar:
    """Change hours, days, name or standing. Due times already given stay: a clock keeps the due time
    that was in force when it started; only provisional ones, which wait for a notice, are computed again."""
    require(by, policies.CALENDARS)
    calendar = queries.locked_calendar(calendar_id)
    before = {"name": calendar.name, "definition": calendar.definition}
    if name is not None:
        calendar.name = _name(name, calendar.pk)
    if definition is not None:
        calendar.definition = hours.checked(definition)
        calendar.zone = calendar.definition["zone"]
    if active is not None:
        calendar.active = active
    if default and not calendar.default:
        _no_default()
        calendar.default = True
    if calendar.default and (default is False or not calendar.active):
        raise Refused(_("Choose another default calendar first."), field="default")
    calendar.version += 1
    calendar.updated_at = at
    calendar.save()
    _say(calendar, at, by, before=before)
    recomputing.provisional_dues(at=at, by=by)
    return calendar


def _say(calendar: Calendar, at: datetime, by: Actor, before: dict[str, Any] | None) -> None:
    changed()
    after = {"name": calendar.name, "definition": calendar.definition}
    fact = CalendarChanged(calendar.pk, calendar.version)
    bus.announce(fact, subjects=[calendar.subject], by=by, at=at, before=before, after=after)


def _no_default() -> None:
    Calendar.objects.filter(default=True).update(default=False)


def _name(name: str, own_id: int | None) -> str:
    said = name.strip()
    if not said:
        raise Invalid(_("Give it a name."), field="name")
    if len(said) > NAME_LIMIT:
        raise Invalid(_("At most %(most)s characters.") % {"most": NAME_LIMIT}, field="name")
    if Calendar.objects.filter(name=said).exclude(pk=own_id or 0).exists():
        raise Invalid(_("Another calendar has this name."), field="name")
    return said
