"""How a team's last cases would have been offered by a plan, and why: presence and loads as they were then."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from shouwen.cases.models import Case
from shouwen.cases.queries import reasons, routing
from shouwen.cases.queries.one import visible_to
from shouwen.cases.rules import routing as rules
from shouwen.channels import lines
from shouwen.people import queries as people
from shouwen.people.models import Staff
from shouwen.platform.access import Actor

LAST = 50
LOOKED_THROUGH = 20_000  # of the newest cases of all teams
MOST_OWNED = 20_000
MOST_KNOWN = 2_000


@dataclass(frozen=True)
class Line:
    """One colleague: the place when chosen (0: not), and the reason in words."""

    name: str
    place: int
    words: str


@dataclass(frozen=True)
class Tried:
    case: Case
    lines: list[Line]

    @property
    def chosen(self) -> list[Line]:
        return [line for line in self.lines if line.place]


@dataclass(frozen=True)
class Trial:
    """`first`: how often each name came first; `nobody`: cases nobody could have been offered."""

    tried: list[Tried]
    nobody: int
    first: list[tuple[str, int]]
    everybody: bool = False


@dataclass(frozen=True)
class _Past:
    """Who was there, who carried what and who knew whom, at any moment since the oldest case looked at."""

    presences: dict[int, list[tuple[datetime, str]]]
    owned: dict[int, list[tuple[datetime, datetime | None, str]]]
    known: dict[int, list[tuple[datetime, int]]]
    everybody: bool = False

    def presence(self, one: Staff, at: datetime) -> str:
        """What it was before the first change after `at`; without one, what it is."""
        if self.everybody:
            return "on_duty"
        changes = self.presences.get(one.id, [])
        place = bisect_right(changes, at, key=lambda change: change[0])
        return changes[place][1] if place < len(changes) else one.presence

    def held(self, staff_id: int, at: datetime, channel: str = "") -> int:
        return sum(
            since < at and (until is None or until > at) and channel in ("", by)
            for since, until, by in self.owned.get(staff_id, [])
        )

    def knows(self, case: Case) -> Counter[int]:
        before = [who for opened, who in self.known.get(case.customer_id, []) if opened < case.opened_at]
        return Counter(before[: routing.OWNED])


def trial(team_id: int, plan: rules.Plan, actor: Actor, *, everybody: bool = False) -> Trial:
    """The newest LAST cases of the team. Skills, languages and leave are taken as they stand now.

    `everybody`: as if all had been on duty, for a team whose presence nobody has kept yet.
    """
    cases = _cases(team_id, actor)
    staff = list(people.members(team_id).order_by("pk"))
    past = _past(cases, staff, everybody=everybody)
    names = {one.id: one.name for one in staff}
    turn: dict[int, int] = {}
    tried = []
    for number, case in enumerate(reversed(cases), 1):
        found = _verdicts(case, plan, staff, past, turn)
        turn.update({one.id: number for one in found if one.chosen})
        tried.append(Tried(case, _lines(found, names)))
    tried.reverse()
    heads = Counter(one.chosen[0].name for one in tried if one.chosen)
    return Trial(tried, sum(not one.chosen for one in tried), heads.most_common(12), everybody)


def _lines(found: Sequence[rules.Verdict], names: dict[int, str]) -> list[Line]:
    return [
        Line(names[one.id], place if one.chosen else 0, reasons.why(one.why) if one.chosen else reasons.why_not(one.why_not))
        for place, one in enumerate(found, 1)
    ]  # fmt: skip


def _verdicts(
    case: Case, plan: rules.Plan, staff: Sequence[Staff], past: _Past, turn: dict[int, int]
) -> list[rules.Verdict]:
    at = case.opened_at
    wish = routing.wish_of(case, plan, lines.demand(case.channel, case.subject, ()))
    known = past.knows(case) if rules.KNOWS in plan.order else Counter[int]()
    skilled = routing.holders(wish.skill) if wish.skill else frozenset[int]()
    enough = routing.had_enough(staff, at) if wish.hard else frozenset[int]()
    facts = [
        replace(
            routing.person(one, at, held=past.held(one.id, at)),
            presence=past.presence(one, at),
            on_channel=past.held(one.id, at, case.channel) if wish.live or case.channel in plan.limits else 0,
            skills=frozenset({wish.skill}) if one.id in skilled else frozenset(),
            knows=known[one.id],
            turn=turn.get(one.id, 0),
            had_enough=one.id in enough,
        )
        for one in staff
    ]
    return routing.named(rules.decide(facts, wish, plan, routing.most(plan)), wish)


def _cases(team_id: int, actor: Actor) -> list[Case]:
    newest = Case.objects.order_by("-id").values_list("id", flat=True).first() or 0
    rows = visible_to(actor).filter(team_id=team_id, id__gt=newest - LOOKED_THROUGH)
    return list(rows.select_related("customer").order_by("-id")[:LAST])


def _past(cases: Sequence[Case], staff: Sequence[Staff], *, everybody: bool) -> _Past:
    if not cases or not staff:
        return _Past({}, {}, {})
    since, ids = min(case.opened_at for case in cases), [one.id for one in staff]
    changes: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for who, at, was in people.presence_changes(ids, since):
        changes[who].append((at, was))
    return _Past(changes, _owned(ids, since), _known(cases), everybody)


def _owned(ids: Sequence[int], since: datetime) -> dict[int, Any]:
    """What each carried since then: (from, until, channel), as the last owner of it."""
    rows = Case.objects.filter(Q(active=True) | Q(last_at__gte=since), owner_id__in=ids)
    spans: dict[int, Any] = defaultdict(list)
    columns = rows.order_by("-id").values_list(
        "owner_id", "owned_since", "resolved_at", "closed_at", "channel"
    )
    for owner, start, resolved, closed, channel in columns[:MOST_OWNED]:
        until = min((one for one in (resolved, closed) if one is not None), default=None)
        if start is not None:
            spans[owner].append((start, until, channel))
    return spans


def _known(cases: Sequence[Case]) -> dict[int, list[tuple[datetime, int]]]:
    """Who owned which customers' cases: (opened, owner), the newest first."""
    rows = Case.objects.filter(customer_id__in={case.customer_id for case in cases}, owner__isnull=False)
    found: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    columns = rows.order_by("-last_at").values_list("customer_id", "opened_at", "owner_id")
    for customer, opened, owner in columns[:MOST_KNOWN]:
        found[customer].append((opened, owner))
    return found
