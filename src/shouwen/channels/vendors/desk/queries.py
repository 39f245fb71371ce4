"""Reads of the service desk: who waits, who is served, how long it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.channels import promising
from shouwen.channels.models.counter import AT_A_COUNTER, Counter, Hall, Matter, Visit, VisitState
from shouwen.channels.vendors.desk import rules
from shouwen.kernel.errors import NotFound
from shouwen.people import queries as people
from shouwen.platform.access import Actor

Row = TypeVar("Row", bound=Model)
MEASURED, MEASURED_FOR = 30, timedelta(days=60)
SHOWN_NOW, SHOWN_WAITING = 8, 200


def halls() -> list[Hall]:
    return list(Hall.objects.all())


def hall(hall_id: int) -> Hall:
    return _one(Hall.objects.filter(pk=hall_id), _("There is no such hall."))


def active_hall(hall_id: int) -> Hall:
    return _one(Hall.objects.filter(pk=hall_id, active=True), _("There is no such hall."))


def hall_of_key(key: str) -> Hall:
    return _one(Hall.objects.filter(key=key, active=True), _("There is no such hall."))


def matters(hall_id: int, *, active: bool = True) -> list[Matter]:
    found = Matter.objects.filter(hall_id=hall_id)
    return list(found.filter(active=True) if active else found)


def matter(matter_id: int) -> Matter:
    return _one(Matter.objects.select_related("hall").filter(pk=matter_id), _("There is no such matter."))


def matter_at(hall_id: int, letter: str) -> Matter:
    """The matter that is given numbers under this letter."""
    found = Matter.objects.filter(hall_id=hall_id, letter=letter.upper(), active=True)
    return _one(found, _("There is no such matter."))


def counters(hall_id: int) -> list[Counter]:
    return list(Counter.objects.filter(hall_id=hall_id, active=True))


def counter(counter_id: int) -> Counter:
    return _one(Counter.objects.select_related("hall").filter(pk=counter_id), _("There is no such counter."))


def counter_in(hall_id: int, counter_id: int) -> Counter:
    found = Counter.objects.filter(pk=counter_id, hall_id=hall_id, active=True)
    return _one(found, _("There is no such counter."))


def counter_of(staff_id: int | None) -> Counter | None:
    """Where somebody sits now."""
    return Counter.objects.select_related("hall").filter(staff_id=staff_id).first() if staff_id else None


def places() -> list[Counter]:
    """Counters one can sit down at."""
    found = Counter.objects.select_related("hall").filter(active=True, hall__active=True)
    return list(found.order_by("hall__name", "name"))


def visit(visit_id: int) -> Visit:
    return _one(_visits().filter(pk=visit_id), _("There is no such number."))


def visit_of_token(token: str) -> Visit:
    return _one(_visits().filter(token=token), _("There is no such number."))


def visit_at(staff_id: int | None) -> Visit | None:
    """Whom somebody serves or has called."""
    return _visits().filter(staff_id=staff_id, state__in=AT_A_COUNTER).first() if staff_id else None


def waiting(hall_id: int, day: date) -> list[Visit]:
    found = _visits().filter(hall_id=hall_id, state=VisitState.WAITING, day=day).order_by("queued_at", "id")
    return list(found[:SHOWN_WAITING])


def now_served(hall_id: int, day: date) -> list[Visit]:
    """What the screen shows: the newest call first."""
    found = _visits().filter(hall_id=hall_id, state__in=AT_A_COUNTER, day=day).order_by("-shouted_at")
    return list(found[:SHOWN_NOW])


def listed(
    hall_id: int | None,
    day: date | None,
    state: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Visit]:
    """The register of visits; `since` and `until` bound when the number was taken."""
    found = _visits()
    found = found.filter(hall_id=hall_id) if hall_id else found
    found = found.filter(day=day) if day else found
    found = found.filter(taken_at__gte=since) if since else found
    found = found.filter(taken_at__lt=until) if until else found
    return found.filter(state=state) if state else found


def of_subject(subject: tuple[str, int]) -> list[Visit]:
    found = _visits().filter(subject_kind=subject[0], subject_id=subject[1])
    return list(found.order_by("-taken_at")[:10])


def zone_of(hall: Hall) -> ZoneInfo:
    """Where the hall's day begins: at its team's calendar."""
    ledger = promising.keeper()
    return ledger.zone(hall.team_id) if ledger else ZoneInfo(settings.TIME_ZONE)


def today(hall: Hall, at: datetime) -> date:
    return rules.day_of(at, zone_of(hall))


def may_be_called(hall_id: int, by: Actor, day: date) -> list[int]:
    """Waiting visits this person may call, in order: who waits for them, then the longest waiting.

    Who waits for a colleague is offered only while that colleague is busy or away, so that nobody is turned away.
    """
    found = Visit.objects.filter(hall_id=hall_id, state=VisitState.WAITING, day=day)
    found = found.filter(Q(skill="") | Q(skill__in=skills_of(by.user_id)))
    rows = list(found.order_by("queued_at", "id").values_list("pk", "wanted_staff_id")[:SHOWN_WAITING])
    free = _free_now({wanted for _pk, wanted in rows if wanted} - {by.user_id or 0})
    mine = [pk for pk, wanted in rows if wanted == by.user_id]
    others = [pk for pk, wanted in rows if wanted != by.user_id and wanted not in free]
    return [*mine, *others]


def _free_now(staff_ids: Iterable[int]) -> set[int]:
    """Who of these sits at a counter, is on duty and serves nobody."""
    wanted = set(staff_ids)
    if not wanted:
        return set()
    at_work = set(Counter.objects.filter(staff_id__in=wanted).values_list("staff_id", flat=True))
    busy = set(
        Visit.objects.filter(staff_id__in=wanted, state__in=AT_A_COUNTER).values_list("staff_id", flat=True)
    )
    on_duty = {person.pk for person in people.active_staff().filter(pk__in=wanted) if person.is_free}
    return {pk for pk in wanted if pk in at_work and pk in on_duty and pk not in busy}


def skills_of(staff_id: int | None) -> list[str]:
    found = people.active_staff().filter(pk=staff_id).values_list("skills__code", flat=True)
    return [code for code in found if code]


@dataclass(frozen=True)
class Wait:
    """`seconds` is None when it is not known; `ahead` visitors come first."""

    ahead: int
    seconds: int | None

    @property
    def minutes(self) -> int | None:
        """Rounded up to whole minutes: a visitor who is called early is glad."""
        return None if self.seconds is None else -(-self.seconds // 60)


def waits(hall: Hall, at: datetime) -> dict[int, Wait]:
    """For each matter, how long somebody would wait who takes a number now."""
    queue = dict(
        Visit.objects.filter(hall=hall, state=VisitState.WAITING, day=today(hall, at))
        .values_list("matter_id")
        .annotate(n=Count("id"))
    )
    return {one.pk: _wait(one, queue.get(one.pk, 0), at) for one in matters(hall.pk)}


def wait_of(visit: Visit, at: datetime) -> Wait:
    before = Q(queued_at__lt=visit.queued_at) | Q(queued_at=visit.queued_at, id__lt=visit.pk)
    found = Visit.objects.filter(before, hall_id=visit.hall_id, matter_id=visit.matter_id, day=visit.day)
    return _wait(visit.matter, found.filter(state=VisitState.WAITING).count(), at)


def _wait(matter: Matter, ahead: int, at: datetime) -> Wait:
    seated = set(
        Counter.objects.filter(hall_id=matter.hall_id, staff_id__isnull=False).values_list(
            "staff_id", flat=True
        )
    )
    if matter.skill:
        seated &= set(
            people.active_staff()
            .filter(pk__in=seated, skills__code=matter.skill)
            .values_list("pk", flat=True)
        )
    busy = Visit.objects.filter(staff_id__in=seated, state__in=AT_A_COUNTER).count()
    seconds = rules.estimate(ahead=ahead, serving=busy, counters=len(seated), times=measured(matter.pk, at))
    return Wait(ahead, seconds)


def measured(matter_id: int, at: datetime) -> list[float]:
    """The newest service times of a matter, in seconds."""
    done = Visit.objects.filter(matter_id=matter_id, state=VisitState.DONE, ended_at__gt=at - MEASURED_FOR)
    rows = done.filter(served_at__isnull=False).order_by("-ended_at").values_list("served_at", "ended_at")
    return [(ended - served).total_seconds() for served, ended in rows[:MEASURED] if served and ended]


def _visits() -> QuerySet[Visit]:
    return Visit.objects.select_related("matter", "counter", "hall")


def _one(rows: QuerySet[Row], sentence: object) -> Row:
    found = rows.first()
    if found is None:
        raise NotFound(sentence)
    return found
