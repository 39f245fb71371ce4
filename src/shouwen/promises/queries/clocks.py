"""Reads on clocks."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.kernel import worktime
from shouwen.kernel.errors import NotFound
from shouwen.platform import db
from shouwen.platform.access import Actor
from shouwen.promises import subjects
from shouwen.promises.models import Clock, ClockState, Promise, PromiseState
from shouwen.promises.queries import policy
from shouwen.promises.rules import clocks as rules
from shouwen.promises.rules.words import Subject

PROMISE = "promise"


class NextDue(NamedTuple):
    due_at: datetime
    sort: str


class Deadline(NamedTuple):
    """One clock, as lists of them need it."""

    id: int
    sort: str
    state: str
    due_at: datetime
    provisional: bool


DEADLINES = db.Read(
    lambda kind, pk: (
        Clock.objects.filter(subject_kind=kind, subject_id=pk).order_by().values_list(*Deadline._fields)
    )
)
LIVE = db.Read(
    lambda kind, pk: Clock.objects.filter(
        subject_kind=kind, subject_id=pk, state__in=[ClockState.RUNNING, ClockState.PAUSED]
    ).order_by("due_at", "id")
)
RUNNING = db.Read(
    lambda kind, pk: (
        Clock.objects.filter(subject_kind=kind, subject_id=pk, state=ClockState.RUNNING)
        .order_by("due_at")
        .values_list("due_at", "sort")[:1]
    )
)
PROMISED = db.Read(
    lambda kind, pk: (
        Promise.objects.filter(subject_kind=kind, subject_id=pk, state=PromiseState.OPEN)
        .order_by("due_at")
        .values_list("due_at")[:1]
    )
)


def of(subject: Subject) -> QuerySet[Clock]:
    kind, pk = subject
    return Clock.objects.filter(subject_kind=kind, subject_id=pk)


def clocks_for(subject: Subject) -> list[Clock]:
    """All clocks of a subject with their pauses, the running ones first."""
    found = of(subject).prefetch_related("pauses")
    return sorted(found, key=lambda clock: (not clock.is_live, clock.due_at, clock.pk))


def deadlines_of(subject: Subject) -> list[Deadline]:
    """The same in plain columns and without their pauses."""
    found = DEADLINES.all(kind=subject[0], pk=subject[1])
    live = (ClockState.RUNNING, ClockState.PAUSED)
    return sorted(map(Deadline._make, found), key=lambda one: (one.state not in live, one.due_at, one.id))


def live_clocks(subject: Subject) -> list[Clock]:
    """The clocks of one subject that run or stand still, nearest due first."""
    return LIVE.all(kind=subject[0], pk=subject[1])


def clocks_of_many(kind: str, ids: Iterable[int]) -> list[Clock]:
    """Live clocks of several subjects of one kind, for instance the tasks of a case."""
    live = [ClockState.RUNNING, ClockState.PAUSED]
    return list(Clock.objects.filter(subject_kind=kind, subject_id__in=list(ids), state__in=live))


def next_due(subject: Subject, *, with_promises: bool = False) -> NextDue | None:
    """The nearest deadline that still runs; with promises, an open promise may be the nearest."""
    kind, pk = subject
    given = {"kind": kind, "pk": pk}
    if not with_promises:
        row = RUNNING.first(**given)
        return NextDue(*row) if row else None
    clock, promise = db.firsts([(RUNNING, given), (PROMISED, given)])
    found = [NextDue(*clock)] if clock else []
    if promise:
        found.append(NextDue(promise[0], PROMISE))
    return min(found, default=None)


def next_look(subject: Subject) -> datetime | None:
    """The next moment at which somebody is warned about the subject's running clocks and open promises, or at
    which one of them falls due."""
    kind, pk = subject
    looks = [
        clock.look_at or clock.due_at for clock in live_clocks(subject) if clock.state == ClockState.RUNNING
    ]
    open_ones = Promise.objects.filter(subject_kind=kind, subject_id=pk, state=PromiseState.OPEN)
    looks += [look or due for look, due in open_ones.values_list("look_at", "due_at")]
    return min(looks, default=None)


def looked_at_by(kind: str, until: datetime) -> set[int]:
    """Subjects of one kind that the tick looks at by `until`: a warning, or something falls due. Few: it is the
    tick's own index, of which all before now is done."""
    asked = {"subject_kind": kind, "look_at__lte": until}
    found = Promise.objects.filter(**asked).values_list("subject_id", flat=True)
    return {*found, *Clock.objects.filter(**asked).values_list("subject_id", flat=True)}


def locked_live(subject: Subject, sorts: Iterable[str] | None = None) -> list[Clock]:
    """Running and paused clocks of a subject, locked, with their pauses."""
    found = of(subject).filter(state__in=[ClockState.RUNNING, ClockState.PAUSED])
    if sorts is not None:
        found = found.filter(sort__in=list(sorts))
    return list(found.select_for_update().prefetch_related("pauses"))


def get(clock_id: int, actor: Actor) -> Clock:
    """One clock, if its subject is for this actor's eyes."""
    found = Clock.objects.select_related("calendar", "standard").filter(pk=clock_id).first()
    if found is None or found.subject not in subjects.lines([found.subject], actor):
        raise NotFound(_("There is no such clock."))
    return found


def explain(clock: Clock, at: datetime) -> rules.Reading:
    """How the due time came about, step by step; an open pause counts up to `at`."""
    return rules.read(
        policy.current().calendar(clock.calendar_id),
        clock.counted_from,
        clock.target_seconds,
        used_before=clock.used_before,
        pauses=[(pause.from_at, pause.to_at) for pause in clock.pauses.all()],
        at=at,
    )


def used(clock: Clock, at: datetime) -> int:
    """Open seconds the clock has used up to `at` (or up to when it was settled)."""
    return rules.used_seconds(
        policy.current().calendar(clock.calendar_id),
        clock.counted_from,
        clock.used_before,
        [(pause.from_at, pause.to_at) for pause in clock.pauses.all()],
        min(at, clock.settled_at) if clock.settled_at else at,
    )


def due_for(calendar_id: int | None, start: datetime, seconds: int) -> worktime.Due:
    """When `seconds` of open time have passed since `start`, on a calendar (None: the default one)."""
    return worktime.due(policy.current().calendar(calendar_id), start, seconds)


def due_for_team(team_id: int | None, start: datetime, seconds: int) -> datetime:
    """When `seconds` of a team's service hours have passed since `start`."""
    known = policy.current()
    return worktime.due(known.calendar(known.calendar_id(None, team_id)), start, seconds).due


def service_from(team_id: int | None, at: datetime) -> datetime:
    """`at` itself within a team's service hours; outside of them, when they begin again."""
    return max(at, due_for_team(team_id, at, 1) - timedelta(seconds=1))
