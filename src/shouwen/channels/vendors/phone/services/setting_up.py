"""Telephone systems, their lines and the extensions of staff. A secret is shown once, when it is made."""

import re
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.channels import policies
from shouwen.channels.models import Extension, Line, PhoneSystem
from shouwen.channels.vendors.phone import queries
from shouwen.channels.vendors.phone.events import PhoneChanged
from shouwen.kernel.errors import Invalid
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus
from shouwen.platform.secrets import seal

DIAL = re.compile(r"(?:tel|sip|sips|callto|https?):[^\s\"'<>]*\{number\}[^\s\"'<>]*")
MOST_MINUTES = 7 * 24 * 60


@transaction.atomic
def add_system(*, name: str, dial: str, at: datetime, by: Actor) -> tuple[PhoneSystem, str]:
    """A telephone system with its address and its secret, which is told this once."""
    ensure(policies.may_set_up, by)
    secret = secrets.token_urlsafe(32)
    system = PhoneSystem.objects.create(
        name=_named(name), dial=_dial(dial), key=secrets.token_hex(12), secret=seal(secret)
    )
    _announce("system", system.name, None, at, by)
    return system, secret


@transaction.atomic
def change_system(
    *, system_id: int, name: str, dial: str, active: bool, at: datetime, by: Actor
) -> PhoneSystem:
    ensure(policies.may_set_up, by)
    system = queries.system(system_id)
    before = {"name": system.name, "dial": system.dial, "active": system.active}
    system.name, system.dial, system.active = _named(name), _dial(dial), active
    system.save(update_fields=["name", "dial", "active"])
    _announce("system", system.name, before, at, by)
    return system


@transaction.atomic
def new_secret(*, system_id: int, at: datetime, by: Actor) -> str:
    """Another secret; the old one is worth nothing from now on."""
    ensure(policies.may_set_up, by)
    system, secret = queries.system(system_id), secrets.token_urlsafe(32)
    system.secret = seal(secret)
    system.save(update_fields=["secret"])
    _announce("secret", system.name, None, at, by)
    return secret


@transaction.atomic
def set_line(
    *, number: str, name: str, team_id: int | None, call_back_minutes: int, at: datetime, by: Actor
) -> Line:
    """Add a line, or change the one with this number."""
    ensure(policies.may_set_up, by)
    number = _number(number, 40)
    if not 0 <= call_back_minutes <= MOST_MINUTES:
        raise Invalid(_("0 to 10080 minutes."), field="call_back_minutes")
    if team_id is not None:
        people.team(team_id)
    line, _is_new = Line.objects.update_or_create(
        number=number,
        defaults={"name": _named(name), "team_id": team_id, "call_back_minutes": call_back_minutes},
    )
    _announce("line", line.name, None, at, by)
    return line


@transaction.atomic
def remove_line(*, line_id: int, at: datetime, by: Actor) -> None:
    """Its calls stay, without a line."""
    ensure(policies.may_set_up, by)
    line = queries.line(line_id)
    _announce("line_removed", line.name, None, at, by)
    line.delete()


@transaction.atomic
def set_extension(*, number: str, staff_id: int, at: datetime, by: Actor) -> Extension:
    """Whose telephone it is from now on."""
    ensure(policies.may_set_up, by)
    if not people.is_staff(staff_id):
        raise Invalid(_("There is no such person."), field="staff")
    extension, _is_new = Extension.objects.update_or_create(
        number=_number(number, 20), defaults={"staff_id": staff_id}
    )
    _announce("extension", extension.number, None, at, by)
    return extension


@transaction.atomic
def remove_extension(*, extension_id: int, at: datetime, by: Actor) -> None:
    ensure(policies.may_set_up, by)
    extension = queries.extension(extension_id)
    _announce("extension_removed", extension.number, None, at, by)
    extension.delete()


def _named(name: str) -> str:
    name = name.strip()
    if not name:
        raise Invalid(_("Give it a name."), field="name")
    if len(name) > 80:
        raise Invalid(_("The name is longer than 80 characters."), field="name")
    return name


def _number(number: str, most: int) -> str:
    number = re.sub(r"[\s-]", "", number)
    if not re.fullmatch(r"[+*#0-9A-Za-z._]+", number) or len(number) > most:
        raise Invalid(_("Give a number as the telephone system reports it."), field="number")
    return number


def _dial(dial: str) -> str:
    """An address that a browser may open: never a script."""
    dial = dial.strip() or "tel:{number}"
    if len(dial) > 200 or not DIAL.fullmatch(dial):
        raise Invalid(
            _(
                "Give an address with {number} in it, such as tel:{number} or https://pbx.example/call?to={number}."
            ),
            field="dial",
        )
    return dial


def _announce(what: str, name: str, before: dict[str, Any] | None, at: datetime, by: Actor) -> None:
    bus.announce(PhoneChanged(what, name), subjects=[("phone", 0)], by=by, at=at, before=before)
