"""A visitor takes a number."""

import secrets
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.channels.models.counter import Hall, Matter, NumberRound, Visit
from shouwen.channels.vendors.desk import queries, rules
from shouwen.channels.vendors.desk.events import VisitChanged
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import ANONYMOUS, Actor
from shouwen.platform.ledger import bus


def take_number(
    *, hall: Hall, matter_id: int, phone: str = "", network: str = "", at: datetime, by: Actor = ANONYMOUS
) -> Visit:
    """The next number of a matter today. Numbers begin with 1 on each day of the hall's calendar's zone."""
    number = rules.phone(phone)
    if _taken_this_hour(network, at) >= rules.MOST_AN_HOUR:
        raise Refused(_("Many numbers were taken from here this hour. Please ask at a counter."))
    return _take(hall, matter_id, number, at, by)


@transaction.atomic
def _take(hall: Hall, matter_id: int, phone: str, at: datetime, by: Actor) -> Visit:
    found = Matter.objects.filter(pk=matter_id, hall=hall, active=True)
    matter = found.select_for_update().first()  # held: two numbers are given out one after the other
    if matter is None:
        raise Invalid(_("There is no such matter."), field="matter")
    day = queries.today(hall, at)
    counted, _is_new = NumberRound.objects.get_or_create(matter=matter, day=day)
    counted.last += 1
    counted.save(update_fields=["last"])
    visit = Visit.objects.create(
        hall=hall,
        matter=matter,
        day=day,
        number=counted.last,
        token=secrets.token_urlsafe(16),
        phone=phone,
        skill=matter.skill,
        taken_at=at,
        queued_at=at,
    )
    say(visit, by, at)
    return visit


def say(visit: Visit, by: Actor, at: datetime) -> None:
    """The hall's screen, the tablets and the agents hear of it."""
    place = visit.counter.name if visit.counter else ""
    bus.announce(
        VisitChanged(visit.pk, visit.label, visit.state, place),
        subjects=[("visit", visit.pk)],
        by=by,
        at=at,
        topics=[f"hall:{visit.hall_id}"],
    )


def _taken_this_hour(network: str, at: datetime) -> int:
    """How many numbers went to this address this hour before this one; counts this one."""
    if not network:
        return 0
    key = f"desk:{network[:60]}:{at:%Y%m%d%H}"
    cache.add(key, 0, timeout=3700)
    try:
        return int(cache.incr(key)) - 1
    except ValueError:  # the cache has just forgotten it
        return 0
