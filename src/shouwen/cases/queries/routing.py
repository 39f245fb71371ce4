"""What the routing rule is told: the team's plan, its people as they are, what a contact asks for."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import Count, Max
from django.utils import timezone

from shouwen.cases.models import Case, Notice, Offer, RoutingPlan
from shouwen.cases.rules import routing as rules
from shouwen.cases.rules.ladder import HARD
from shouwen.channels import lines
from shouwen.people import queries as people
from shouwen.people.models import Staff
from shouwen.platform import db, preferences
from shouwen.platform.ledger import bus

FRESH_SECONDS = 5.0
OWNED = 20  # of a customer's newest cases: who owned one of them knows the customer
OF_CUSTOMER = db.Read(
    lambda customer: (
        Case.objects.filter(customer_id=customer)
        .order_by("-last_at", "-id")
        .values_list("id", "owner_id")[: OWNED + 1]  # the case itself is one of them
    )
)
SHOWN_TO = db.Read(
    lambda case: Offer.objects.filter(case_id=case, ended_at=None).order_by().values_list("staff_id")
)
RECENT_OFFERS = 500  # who is in none of them has waited longest for a turn
USUAL = rules.Plan()
_kept: dict[str, tuple[float, dict[int, rules.Plan]]] = {}


def forget() -> None:
    """Read the plans again at the next question (somebody changed one in this process)."""
    _kept.clear()


def as_plan(row: RoutingPlan) -> rules.Plan:
    return rules.Plan(
        tuple(row.order), frozenset(row.only), row.offer_to, row.limits, row.skills, row.levels,
        row.back, row.up, row.service_hours,
    )  # fmt: skip


def plan_of(team_id: int) -> rules.Plan:
    """From memory, for a few seconds: plans are few and asked for on every contact."""
    found = _kept.get("plans")
    if found is None or time.monotonic() - found[0] > FRESH_SECONDS:
        found = (time.monotonic(), {row.pk: as_plan(row) for row in RoutingPlan.objects.all()})
        _kept["plans"] = found
    return found[1].get(team_id, USUAL)


def row_of(team_id: int) -> RoutingPlan | None:
    return RoutingPlan.objects.filter(pk=team_id).first()


def rows() -> dict[int, RoutingPlan]:
    return RoutingPlan.objects.in_bulk()


def locked_row(team_id: int) -> RoutingPlan:
    """The team's stored plan, locked; a new one like the usual where there is none."""
    found = RoutingPlan.objects.select_for_update(of=("self",)).filter(pk=team_id).first()
    return found or RoutingPlan(team_id=team_id, order=list(USUAL.order), only=sorted(USUAL.only))


def loads() -> dict[int, int]:
    """Active cases per owner."""
    rows = Case.objects.filter(active=True, owner__isnull=False).values_list("owner_id")
    return dict(rows.annotate(n=Count("id")))


def staff_of(team_id: int) -> list[Staff]:
    """The team's people; of many new cases at once they are asked for only once."""
    return bus.once(("cases.staff", team_id), lambda: list(people.members(team_id)))


def most(plan: rules.Plan) -> int:
    """To how many at once."""
    return plan.offer_to or int(preferences.get("cases.offer_to"))


def verdicts(case: Case, plan: rules.Plan, at: datetime) -> list[rules.Verdict]:
    """On everybody of the case's team, as things are now. Beside the case two questions of a whole batch."""
    staff = staff_of(case.team_id or 0)
    demand = lines.demand(case.channel, case.subject, [one.id for one in staff])
    wish, held = wish_of(case, plan, demand), _on_channel(case, plan, demand)
    carried = bus.once("cases.loads", loads)
    enough = had_enough(staff, at) if wish.hard else frozenset()
    facts = [person(one, at, held=carried.get(one.id, 0), had_enough=one.id in enough) for one in staff]
    return named(rules.decide(_told(case, plan, wish, held, facts), wish, plan, most(plan)), wish)


def wish_of(case: Case, plan: rules.Plan, demand: lines.Demand | None) -> rules.Wish:
    """What the contact asks for, as far as the plan wants to know."""
    return rules.Wish(
        case.channel,
        case.customer.language if plan.uses(rules.LANGUAGE) else "",
        case.tier,
        (demand.skill if demand else "") or plan.skills.get(case.kind, ""),
        demand.at_once if demand else None,
        demand is not None,
        case.emotion in HARD,
    )


def _on_channel(case: Case, plan: rules.Plan, demand: lines.Demand | None) -> Mapping[int, int]:
    """How many of the case's channel each holds, where that matters."""
    if demand is not None:
        return demand.held
    if case.channel not in plan.limits:
        return {}
    return bus.once(("cases.channel", case.channel), lambda: holding(case.channel))


def enough_key(staff_id: int, at: datetime) -> str:
    """What the notice of that day's limit goes by: it is left once a day."""
    return f"enough:{staff_id}:{timezone.localdate(at)}"


def had_enough(staff: Iterable[Staff], at: datetime) -> frozenset[int]:
    """Who reached their own limit of hard contacts today and was told so."""
    keys = {enough_key(one.id, at): one.id for one in staff if one.hard_limit is not None}
    if not keys:
        return frozenset()
    told = Notice.objects.filter(user_id__in=keys.values(), cause_key__in=keys)
    return frozenset(told.filter(kind="limit_reached").values_list("user_id", flat=True))


def person(one: Staff, at: datetime, *, held: int, had_enough: bool = False) -> rules.Person:
    return rules.Person(
        one.id,
        presence=one.presence,
        on_leave=one.on_leave(timezone.localdate(at)),
        outside=one.provider_id is not None,
        held=held,
        capacity=one.capacity,
        languages=frozenset(one.languages),
        level=one.authority_level,
        had_enough=had_enough,
    )


def _told(
    case: Case, plan: rules.Plan, wish: rules.Wish, held: Mapping[int, int], facts: Iterable[rules.Person]
) -> list[rules.Person]:
    """The same people with what this plan asks besides; what it does not ask costs nothing."""
    skilled = holders(wish.skill) if wish.skill else frozenset()
    known = owners_before(case) if rules.KNOWS in plan.order else {}
    turn = bus.once("cases.turns", turns) if rules.TURN in plan.order else {}
    alone = bus.once("cases.alone", shown_to) if plan.offer_to == 1 else {}
    return [
        replace(
            one,
            held=one.held + alone.get(one.id, 0),
            on_channel=held.get(one.id, 0),
            skills=frozenset({wish.skill}) if one.id in skilled else frozenset(),
            knows=known.get(one.id, 0),
            turn=turn.get(one.id, 0),
        )
        for one in facts
    ]


def holders(skill: str) -> frozenset[int]:
    return bus.once(("cases.skill", skill), lambda: frozenset(people.with_skill(skill)))


def holding(channel: str) -> dict[int, int]:
    """Active cases of a channel per owner."""
    rows = Case.objects.filter(active=True, owner__isnull=False, channel=channel).values_list("owner_id")
    return dict(rows.annotate(n=Count("id")))


def owners_before(case: Case) -> Counter[int]:
    """Who owned the customer's newest cases, and how many of them."""
    others = [owner for pk, owner in OF_CUSTOMER.all(customer=case.customer_id) if pk != case.pk]
    return Counter(owner for owner in others[:OWNED] if owner is not None)


def shown(case: Case) -> set[int]:
    """Who is shown the case now."""
    return {staff for (staff,) in SHOWN_TO.all(case=case.pk)}


def turns() -> dict[int, int]:
    """The newest offer to each, as far as there was one lately: the higher, the later their turn."""
    recent = Offer.objects.order_by("-id").values("staff_id", "id")[:RECENT_OFFERS]
    rows = Offer.objects.filter(pk__in=[row["id"] for row in recent]).values_list("staff_id")
    return dict(rows.annotate(newest=Max("id")))


def shown_to() -> dict[int, int]:
    """How many untaken cases each is shown now: what waits for one alone is a load, too."""
    rows = Offer.objects.filter(ended_at=None, case__active=True, case__owner=None).values_list("staff_id")
    return dict(rows.annotate(n=Count("case_id", distinct=True)))


def remember(plan: rules.Plan, written: Iterable[Offer]) -> None:
    """What was just offered counts for the next case of the same batch, where the plan counts it."""
    for row in written:
        if rules.TURN in plan.order:
            bus.once("cases.turns", turns)[row.staff_id] = row.pk
        if plan.offer_to == 1:
            alone = bus.once("cases.alone", shown_to)
            alone[row.staff_id] = alone.get(row.staff_id, 0) + 1


def named(found: Iterable[rules.Verdict], wish: rules.Wish) -> list[rules.Verdict]:
    """With the skill's name in the reasons instead of its code: reasons are kept as they are read."""
    verdicts_ = list(found)
    if not wish.skill:
        return verdicts_
    names: dict[str, str] = bus.once("cases.skills", lambda: {one.code: one.name for one in people.skills()})

    def say(reason: rules.Reason) -> rules.Reason:
        if reason and reason[0] == rules.SKILL:
            return (rules.SKILL, names.get(wish.skill, wish.skill))
        return reason

    return [replace(one, why=tuple(map(say, one.why)), why_not=say(one.why_not)) for one in verdicts_]


def offers_of(case_id: int) -> list[Offer]:
    return list(Offer.objects.filter(case_id=case_id).select_related("staff").order_by("id")[:200])
