"""Perception minus expectation over many answers: by customer, service item and team, with how many (PRO-8)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Avg, Count, F, FloatField, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from shouwen.customers import queries as customers
from shouwen.kernel.statistics import Share, mean, share_with_interval
from shouwen.people import queries as people
from shouwen.platform.access import Actor
from shouwen.promises import policies
from shouwen.promises.models import Perception, ServiceItem
from shouwen.promises.rules.satisfaction import DIMENSIONS, LABELS

BY: Final = ("item", "team", "customer")
MOST_ANSWERS: Final = 5000
"""The newest answers that the dimensions are computed from: they stand in JSON, so they are read."""
GROUPS: Final = 200


@dataclass(frozen=True)
class Wanted:
    """Which answers. `without` names what the answers have none of (item, team, customer); `dimension` leaves
    those that speak of it, with `short` those where it fell short of what was expected."""

    since: datetime
    item_id: int | None = None
    team_id: int | None = None
    customer_id: int | None = None
    state: str = ""
    without: str = ""
    dimension: str = ""
    short: bool = False


@dataclass(frozen=True)
class DimensionGap:
    """Means over the `n` answers that speak of the dimension; `below` is the share that fell short."""

    dimension: str
    label: str
    n: int
    perceived: float
    expected: float
    difference: float
    below: Share


@dataclass(frozen=True)
class Group:
    key: int | None
    name: str
    n: int
    mean: float
    below: Share


def perceptions(actor: Actor, wanted: Wanted) -> QuerySet[Perception]:
    """The answers the actor may see: everybody's, or one's teams'."""
    found = Perception.objects.filter(at__gte=wanted.since)
    if not (actor.is_system or actor.can(policies.SEE_ALL)):
        found = found.filter(team_id__in=list(actor.team_ids)) if actor.can(policies.SEE) else found.none()
    exact = {
        "item_id": wanted.item_id,
        "team_id": wanted.team_id,
        "customer_id": wanted.customer_id,
        "state": wanted.state,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.without:
        found = found.filter(**{f"{wanted.without}_id": None})
    return _spoken_of(found, wanted.dimension, wanted.short) if wanted.dimension else found


def _spoken_of(rows: QuerySet[Perception], dimension: str, short: bool) -> QuerySet[Perception]:
    """Answers that speak of `dimension`: the levels stand in JSON, so they are read as numbers to be compared."""
    found = rows.filter(perceived__has_key=dimension)
    if not short:
        return found
    level, wish = (Cast(KT(f"{side}__{dimension}"), FloatField()) for side in ("perceived", "expected"))
    return found.alias(level=level, wish=wish).filter(level__lt=F("wish"))


def by_dimension(actor: Actor, wanted: Wanted) -> list[DimensionGap]:
    """One line for each dimension that anybody spoke of."""
    rows = perceptions(actor, wanted).order_by("-at", "-id").values_list("perceived", "expected")
    return gaps(rows[:MOST_ANSWERS])


def gaps(rows: Iterable[tuple[dict[str, float], dict[str, float]]]) -> list[DimensionGap]:
    """The dimensions of pairs of perceived and expected levels; "below" is any difference under nothing."""
    pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for perceived, expected in rows:
        for dimension, level in perceived.items():
            pairs[dimension].append((level, expected.get(dimension, level)))
    found = []
    for dimension in DIMENSIONS:
        known = pairs.get(dimension)
        if not known:
            continue
        seen, hoped = [pair[0] for pair in known], [pair[1] for pair in known]
        short = sum(level < wish for level, wish in known)
        seen_mean, hoped_mean = mean(seen) or 0.0, mean(hoped) or 0.0
        found.append(
            DimensionGap(
                dimension,
                LABELS[dimension],
                len(known),
                seen_mean,
                hoped_mean,
                seen_mean - hoped_mean,
                share_with_interval(short, len(known)),
            )
        )
    return found


def grouped(actor: Actor, wanted: Wanted, by: str) -> list[Group]:
    """The mean difference of each item, team or customer, the most answers first; at most 200 of them."""
    column = f"{by}_id"
    rows = perceptions(actor, wanted).order_by().values(column)
    counted = rows.annotate(n=Count("id"), mean=Avg("mean"), below=Count("id", filter=Q(state="below")))
    found = list(counted.order_by("-n", column)[:GROUPS])
    names = _names(by, [row[column] for row in found if row[column]])
    return [
        Group(
            row[column],
            names.get(row[column] or 0, ""),
            row["n"],
            row["mean"],
            share_with_interval(row["below"], row["n"]),
        )
        for row in found
    ]


def overall_satisfaction(actor: Actor, wanted: Wanted) -> dict[str, Any]:
    """How many answers, their mean difference, and how many were above, equal, below."""
    found = perceptions(actor, wanted).aggregate(
        n=Count("id"),
        mean=Avg("mean"),
        above=Count("id", filter=Q(state="above")),
        equal=Count("id", filter=Q(state="equal")),
        below=Count("id", filter=Q(state="below")),
    )
    return {**found, "below_share": share_with_interval(found["below"], found["n"])}


def name_of_group(by: str, key: int) -> str:
    return _names(by, [key]).get(key, "")


def _names(by: str, ids: list[int]) -> dict[int, str]:
    if by == "item":
        return {
            one.pk: one.local_name for one in ServiceItem.objects.filter(pk__in=ids).only("name", "name_en")
        }
    if by == "team":
        return dict(people.teams(active_only=False).filter(pk__in=ids).values_list("pk", "name"))
    return customers.names(ids)
