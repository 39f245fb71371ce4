"""What a supervisor looks at: what was raised, broken, is about to break, is nobody's, and who carries how much."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from shouwen.cases.models import Case, Escalation, Handoff
from shouwen.cases.queries.because import in_words
from shouwen.cases.queries.one import in_sight, visible_to
from shouwen.people import queries as people
from shouwen.people.models import Staff
from shouwen.platform.access import Actor
from shouwen.promises import queries as promises
from shouwen.promises.models import Promise

ROWS: Final = 30
FRONT: Final = frozenset({"agent", "desk", "supervisor", "account_manager", "chief"})
NEAR: Final = timedelta(hours=1)
SOON: Final = timedelta(hours=4)
LATELY: Final = timedelta(days=7)


@dataclass(frozen=True)
class Load:
    """What one person carries now."""

    staff: Staff
    cases: int = 0
    waiting: int = 0
    today: int = 0


@dataclass(frozen=True)
class Board:
    escalations: list[Escalation]
    broken: list[promises.Shown]
    risky: list[promises.Shown]
    clocks: list[Case]
    unowned: list[Case]
    handoffs: list[Handoff]
    untold: list[Handoff]
    untold_times: list[promises.Shown]
    loads: list[Load]
    calls: list[Any] = field(default_factory=list)


def team_choices(actor: Actor) -> list[tuple[str, str]]:
    return [(str(team.pk), team.name) for team in people.teams()]


def board(actor: Actor, team_ids: Iterable[int] | None, at: datetime) -> Board:
    """`team_ids` None: all teams. A dozen questions, each from one index, at most ROWS rows each."""
    teams = None if team_ids is None else frozenset(team_ids)
    cases = _of_teams(visible_to(actor), teams, "")
    active = cases.filter(active=True).select_related("customer", "owner", "team")
    return Board(
        escalations=_escalations(actor, teams),
        broken=promises.shown(_broken(actor, teams, at), actor, at),
        risky=promises.shown(_risky(actor, teams, at), actor, at),
        clocks=list(
            active.filter(due_at__lte=at + SOON).exclude(due_sort="promise").order_by("due_at", "id")[:ROWS]
        ),
        unowned=list(active.filter(owner=None).order_by("opened_at", "id")[:ROWS]),
        handoffs=list(_handoffs(actor, teams).filter(state="asked").order_by("asked_at")[:ROWS]),
        untold=list(
            _handoffs(actor, teams)
            .filter(state="accepted", customer_told_at=None, case__active=True)
            .order_by("decided_at")[:ROWS]
        ),
        untold_times=promises.shown(_untold_times(actor, teams), actor, at),
        loads=_loads(cases, teams, at),
        calls=people.waiting_calls(),
    )


def _of_teams(rows: QuerySet[Any], teams: frozenset[int] | None, prefix: str) -> QuerySet[Any]:
    return rows if teams is None else rows.filter(**{f"{prefix}team_id__in": teams})


def _escalations(actor: Actor, teams: frozenset[int] | None) -> list[Escalation]:
    rows = Escalation.objects.filter(in_sight(actor), settled_at=None)
    rows = _of_teams(rows, teams, "case__").select_related("case__owner", "case__customer", "raised_by")
    return [in_words(row) for row in rows.order_by("-level", "-id")[:ROWS]]


def escalation(escalation_id: int, actor: Actor) -> Escalation | None:
    rows = Escalation.objects.filter(in_sight(actor), pk=escalation_id)
    found = rows.select_related("case__owner", "case__customer", "raised_by").first()
    return found and in_words(found)


def _handoffs(actor: Actor, teams: frozenset[int] | None) -> QuerySet[Handoff]:
    rows = Handoff.objects.filter(in_sight(actor))
    return _of_teams(rows, teams, "case__").select_related("case__customer", "to", "by")


def _ledger(actor: Actor, teams: frozenset[int] | None, **chosen: Any) -> QuerySet[Promise]:
    return _of_teams(promises.ledger(actor, promises.Filter(whose="all", **chosen)), teams, "")


def _broken(actor: Actor, teams: frozenset[int] | None, at: datetime) -> list[Promise]:
    """Broken and still owed, or broken lately and not explained."""
    owed = Q(owed=True) | Q(settled_at__gte=at - LATELY, reason="")
    return list(_ledger(actor, teams, state="broken").filter(owed).order_by("-due_at", "-id")[:ROWS])


def _risky(actor: Actor, teams: frozenset[int] | None, at: datetime) -> list[Promise]:
    rows = _ledger(actor, teams, state="open", due_before=at + NEAR)
    return list(rows.order_by("due_at", "id")[:ROWS])


def _untold_times(actor: Actor, teams: frozenset[int] | None) -> list[Promise]:
    """New times for old promises that the customer has not heard of."""
    rows = _ledger(actor, teams, state="open").filter(previous__isnull=False, customer_told_at=None)
    return list(rows.order_by("due_at", "id")[:ROWS])


def _loads(cases: QuerySet[Case], teams: frozenset[int] | None, at: datetime) -> list[Load]:
    """Who answers to customers, with what they carry; the fullest first."""
    midnight = timezone.localtime(at).replace(hour=23, minute=59, second=59)
    rows = cases.filter(active=True, owner__isnull=False).values_list("owner_id")
    carried = {
        owner: (every, waiting, today)
        for owner, every, waiting, today in rows.annotate(
            every=Count("id"),
            waiting=Count("id", filter=Q(awaiting="us")),
            today=Count("id", filter=Q(due_at__lte=midnight)),
        ).order_by()
    }
    staff = people.active_staff().filter(provider=None).select_related("user")
    if teams is not None:
        staff = staff.filter(Q(memberships__team_id__in=teams) | Q(pk__in=list(carried))).distinct()
    found = [Load(person, *carried.get(person.id, (0, 0, 0))) for person in staff[:200]]
    kept = [load for load in found if load.cases or FRONT & set(load.staff.user.roles)]
    return sorted(kept, key=lambda load: (-load.cases, load.staff.name))
