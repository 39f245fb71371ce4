"""Reads of the telephone: calls, who is calling, whose extension it is."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import quote

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.channels.models import Call, CallEvent, Extension, Line, PhoneSystem
from shouwen.customers import queries as customers
from shouwen.customers.models import Customer
from shouwen.customers.rules import normalise
from shouwen.kernel.errors import Invalid, NotFound
from shouwen.platform.access import Actor

# A call whose end was never reported is not shown as going on for longer than this.
LONGEST = timedelta(hours=4)
MOST_CALLERS = 6
Row = TypeVar("Row", bound=Model)
# By view, what of incoming calls a figure counts.
COUNTED = {
    "incoming": Q(),
    "answered": Q(answered_at__isnull=False),
    "lost": Q(missed=True),
    "reached": Q(missed=True, called_back_at__isnull=False),
}


def system(system_id: int) -> PhoneSystem:
    return _one(PhoneSystem.objects.filter(pk=system_id), _("There is no such telephone system."))


def system_of_key(key: str) -> PhoneSystem:
    """The telephone system that reports to this address; NotFound when there is none or it is switched off."""
    return _one(PhoneSystem.objects.filter(key=key, active=True), _("There is no such telephone system."))


def systems() -> list[PhoneSystem]:
    return list(PhoneSystem.objects.all())


def line(line_id: int) -> Line:
    return _one(Line.objects.filter(pk=line_id), _("There is no such line."))


def line_at(number: str) -> Line:
    return _one(Line.objects.filter(number=number), _("There is no such line."))


def lines() -> list[Line]:
    return list(Line.objects.all())


def extension(extension_id: int) -> Extension:
    return _one(Extension.objects.filter(pk=extension_id), _("There is no such extension."))


def extension_at(number: str) -> Extension:
    return _one(Extension.objects.filter(number=number), _("There is no such extension."))


def extensions() -> list[Extension]:
    return list(Extension.objects.all())


def call(call_id: int) -> Call:
    return _one(Call.objects.select_related("line", "system").filter(pk=call_id), _("There is no such call."))


def get(call_id: int, actor: Actor) -> Call:
    """The call, for who may see it; to everybody else it does not exist."""
    return _one(visible_to(actor).filter(pk=call_id), _("There is no such call."))


def visible_to(actor: Actor) -> QuerySet[Call]:
    """All calls for supervisors; one's own, those of one's teams' lines and missed ones for who answers calls."""
    found = Call.objects.select_related("line", "system")
    if actor.is_system or actor.can("channels.see_calls"):
        return found
    if not actor.can("channels.answer_calls"):
        return found.none()
    mine = Q(staff_id=actor.user_id) | Q(missed=True) | Q(line__team_id__in=actor.team_ids)
    return found.filter(mine)


def listed(
    actor: Actor, view: str, at: datetime, *, since: datetime | None = None, until: datetime | None = None
) -> QuerySet[Call]:
    """Missed calls that wait for a call back, my calls, my calls without a note, or all; the rest are what the
    figures of a period count."""
    found = visible_to(actor)
    found = found.filter(started_at__gte=since) if since else found
    found = found.filter(started_at__lt=until) if until else found
    if view in COUNTED:
        return found.filter(COUNTED[view], direction="incoming")
    if view == "missed":
        return found.filter(missed=True, called_back_at=None)
    if view == "mine":
        return found.filter(staff_id=actor.user_id)
    if view == "unwritten":
        since = at - timedelta(days=7)
        mine = found.filter(staff_id=actor.user_id, answered_at__isnull=False, subject_id=None)
        return mine.filter(started_at__gte=since)
    return found


def going_on(actor: Actor, at: datetime) -> list[Call]:
    """What rings at this person's desk or is being talked about there, and what just ended without a note."""
    live = Call.objects.filter(ended_at=None, started_at__gt=at - LONGEST).select_related("line", "system")
    return [one for one in live.order_by("started_at") if actor.user_id in one.staff_ids]


def events_of(call: Call) -> list[CallEvent]:
    """What was reported of a call, in the order it happened."""
    return list(call.events.order_by("at", "id"))


def of_customer(customer_id: int, limit: int = 5) -> list[Call]:
    return list(Call.objects.filter(customer_id=customer_id).order_by("-started_at")[:limit])


def of_subject(subject: tuple[str, int], limit: int = 10) -> list[Call]:
    found = Call.objects.filter(subject_kind=subject[0], subject_id=subject[1]).select_related("line")
    return list(found.order_by("-started_at")[:limit])


def owed_to(number: str, *, but: int) -> Call | None:
    """The newest missed call of a number that has a request already and waits for the call back."""
    owed = Call.objects.filter(number=number, missed=True, called_back_at=None, subject_id__isnull=False)
    return owed.exclude(pk=but).order_by("-id").first()


def called_back_about(call: Call) -> tuple[str, int] | None:
    """What a call is about that reached somebody who had not got through."""
    done = Call.objects.filter(number=call.number, missed=True, called_back_at__gte=call.started_at)
    newest = done.exclude(number="").filter(subject_id__isnull=False).order_by("-id").first()
    return newest.subject if newest else None


def staff_at(numbers: Iterable[str]) -> dict[str, int]:
    """Whose extensions these are, by number."""
    wanted = {number for number in numbers if number}
    found = Extension.objects.filter(number__in=wanted) if wanted else Extension.objects.none()
    return dict(found.values_list("number", "staff_id"))


def some_numbers(limit: int = 60) -> list[str]:
    """Numbers of customers, for the simulator."""
    return customers.numbers(limit)


def known_as(number: str) -> str:
    """A number as customers' numbers are stored, so that each way to write it is the same; else as it came."""
    try:
        return normalise("phone", number)
    except Invalid:
        return number.strip()[:40]


def callers(number: str) -> list[Customer]:
    """Who may be calling: the one whose number it is, with the people of an organisation; else those whose
    number ends like it (a caller without area code). Several are offered, never guessed."""
    exact = _of_number(number)
    if exact is not None:
        return [exact, *customers.people_of(exact.pk, limit=MOST_CALLERS)]
    if sum(character.isdigit() for character in number) < 7:
        return []
    # "+86" stands before a number without area code too, and belongs to no customer's number then
    return customers.lookup(number.removeprefix("+86").lstrip("+"), MOST_CALLERS)


def _of_number(number: str) -> Customer | None:
    try:
        found = customers.of_contact("phone", number)
    except Invalid:
        return None
    return customers.current(found.pk) if found else None


def dial_pattern() -> str:
    """The link that calls a number: of the first telephone system, else of the computer's own telephone."""
    first = PhoneSystem.objects.filter(active=True).values_list("dial", flat=True).first()
    return first or "tel:{number}"


def dial_with(pattern: str, number: str) -> str:
    return pattern.replace("{number}", quote(number, safe="+"))


def _one(rows: QuerySet[Row], sentence: object) -> Row:
    found = rows.first()
    if found is None:
        raise NotFound(sentence)
    return found
