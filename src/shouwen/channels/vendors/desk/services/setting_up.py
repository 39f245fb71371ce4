"""Halls, their matters and their counters."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shouwen.channels import policies
from shouwen.channels.models.counter import Counter, Hall, Matter
from shouwen.channels.vendors.desk import queries, rules
from shouwen.channels.vendors.desk.events import HallChanged
from shouwen.kernel.errors import Invalid, Refused
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus


@transaction.atomic
def add_hall(*, name: str, team_id: int | None, at: datetime, by: Actor) -> Hall:
    """A hall; its key is what the tablet and the screen are opened with."""
    ensure(policies.may_set_up, by)
    hall = Hall(name=_named(name, 80), key=secrets.token_urlsafe(12), team_id=_team(team_id))
    _save(hall, _("There is a hall of this name already."), "name")
    _say(hall, "added", hall.name, at, by)
    return hall


@transaction.atomic
def change_hall(
    *, hall_id: int, name: str, team_id: int | None, active: bool, new_key: bool, at: datetime, by: Actor
) -> Hall:
    """`new_key`: the old addresses of tablet and screen stop working."""
    ensure(policies.may_set_up, by)
    hall = queries.hall(hall_id)
    hall.name, hall.team_id, hall.active = _named(name, 80), _team(team_id), active
    hall.key = secrets.token_urlsafe(12) if new_key else hall.key
    _save(hall, _("There is a hall of this name already."), "name")
    _say(hall, "changed", hall.name, at, by)
    return hall


@transaction.atomic
def set_matter(
    *, hall_id: int, letter: str, name: str, name_en: str, skill: str, at: datetime, by: Actor
) -> Matter:
    """Add a matter, or change the one with this letter."""
    ensure(policies.may_set_up, by)
    hall = queries.hall(hall_id)
    if skill and skill not in {one.code for one in people.skills()}:
        raise Invalid(_("There is no such skill."), field="skill")
    matter, _is_new = Matter.objects.update_or_create(
        hall=hall,
        letter=rules.letter(letter),
        defaults={"name": _named(name, 60), "name_en": name_en.strip()[:60], "skill": skill, "active": True},
    )
    _say(hall, "matter", matter.name, at, by)
    return matter


@transaction.atomic
def remove_matter(*, matter_id: int, at: datetime, by: Actor) -> None:
    """No numbers are given out for it any more; those that wait are served."""
    ensure(policies.may_set_up, by)
    matter = queries.matter(matter_id)
    matter.active = False
    matter.save(update_fields=["active"])
    _say(matter.hall, "matter_removed", matter.name, at, by)


@transaction.atomic
def set_counter(*, hall_id: int, name: str, at: datetime, by: Actor) -> Counter:
    ensure(policies.may_set_up, by)
    hall = queries.hall(hall_id)
    counter, _is_new = Counter.objects.update_or_create(
        hall=hall, name=_named(name, 30), defaults={"active": True}
    )
    _say(hall, "counter", counter.name, at, by)
    return counter


@transaction.atomic
def remove_counter(*, counter_id: int, at: datetime, by: Actor) -> None:
    ensure(policies.may_set_up, by)
    counter = queries.counter(counter_id)
    if counter.staff_id is not None:
        raise Refused(_("Somebody sits at this counter."))
    counter.active = False
    counter.save(update_fields=["active"])
    _say(counter.hall, "counter_removed", counter.name, at, by)


def _named(name: str, most: int) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid(_("Give it a name."), field="name")
    if len(name) > most:
        raise Invalid(_("The name is too long."), field="name")
    return name


def _team(team_id: int | None) -> int | None:
    return people.team(team_id).pk if team_id else None


def _save(hall: Hall, sentence: object, field: str) -> None:
    try:
        with transaction.atomic():
            hall.save()
    except IntegrityError:
        raise Invalid(sentence, field=field) from None


def _say(hall: Hall, what: str, name: str, at: datetime, by: Actor) -> None:
    bus.announce(HallChanged(hall.pk, what, name), subjects=[("hall", hall.pk)], by=by, at=at)
