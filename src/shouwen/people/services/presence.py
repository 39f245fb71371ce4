"""On duty, busy, on a break, offline; and away on leave."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Refused
from shouwen.people import policies, queries, rules
from shouwen.people.events import LeaveNoted, PresenceChanged
from shouwen.people.models import Staff
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus


@transaction.atomic
def set_presence(*, staff_id: int, presence: str, at: datetime, by: Actor, note: str = "") -> Staff:
    """Say whether somebody can take contacts now. Saying the same again changes nothing."""
    staff = queries.locked(staff_id)
    ensure(policies.may_set_presence, by, staff)
    wanted, was = rules.presence(presence), staff.presence
    if not staff.active:
        raise Refused(_("%(name)s has left already.") % {"name": staff.name})
    if (wanted, note) == (was, staff.presence_note):
        return staff
    if wanted != was:
        staff.presence_since = at
    staff.presence, staff.presence_note = wanted, note[:80]
    staff.save(update_fields=["presence", "presence_since", "presence_note"])
    bus.announce(
        PresenceChanged(staff_id=staff.id, presence=wanted, was=was),
        subjects=[staff.subject],
        by=by,
        at=at,
        before={"presence": was},
        after={"presence": wanted},
        topics=["presence", *(f"team:{team_id}" for team_id in queries.team_ids_of(staff.id))],
    )
    return staff


@transaction.atomic
def note_leave(*, staff_id: int, first: date | None, last: date | None, at: datetime, by: Actor) -> Staff:
    """Note from which day to which somebody is away; without days the leave is taken back.

    Nothing is offered on these days, whatever the presence says.
    """
    staff = queries.locked(staff_id)
    ensure(policies.may_set_presence, by, staff)
    first, last = rules.leave(first, last)
    before = (staff.leave_from, staff.leave_until)
    if (first, last) == before:
        return staff
    staff.leave_from, staff.leave_until = first, last
    staff.save(update_fields=["leave_from", "leave_until"])
    bus.announce(
        LeaveNoted(staff_id=staff.id, first=_day(first), last=_day(last)),
        subjects=[staff.subject],
        by=by,
        at=at,
        before={"first": _day(before[0]), "last": _day(before[1])},
        after={"first": _day(first), "last": _day(last)},
        topics=["presence", *(f"team:{team_id}" for team_id in queries.team_ids_of(staff.id))],
    )
    return staff


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
