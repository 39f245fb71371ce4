"""How many promises were kept, by person, team, department and provider (PRO-4)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.kernel.statistics import Share, share_with_interval
from shouwen.people import queries as people
from shouwen.platform.access import SYSTEM, Actor
from shouwen.promises.models import PromiseState
from shouwen.promises.queries.ledger import visible_to

BY: Final = ("staff", "team", "department", "provider")


@dataclass(frozen=True)
class Rate:
    """`kept` says how many of the kept and broken ones were kept, with its 95 % interval (Wilson).

    A renegotiated promise counts neither way: the customer was told before, and the new one counts.
    """

    key: int | None
    name: str
    kept: Share
    broken: int
    renegotiated: int
    withdrawn: int


Counts = Mapping[str, int]


def keep_rate(*, by: str, since: datetime, actor: Actor) -> list[Rate]:
    """The rates since a moment, of what the actor may see; most promises first."""
    if by not in BY:
        raise Invalid(_("Choose person, team, department or provider."), field="by")
    counts = _counts("team_id" if by == "team" else "made_by", since, actor)
    if by in ("department", "provider"):
        counts = _regrouped(counts, by)
    names = _names(by, [key for key in counts if key is not None])
    rates = [_rate(key, names.get(key or 0, ""), found) for key, found in counts.items()]
    return sorted(rates, key=lambda rate: (-rate.kept.n, rate.name))


def keep_rate_of(staff_id: int, since: datetime, actor: Actor) -> Rate:
    """One person's rate."""
    found = _counts("made_by", since, actor, staff_id).get(staff_id, {})
    return _rate(staff_id, people.name_of(staff_id), found)


def overall(since: datetime, actor: Actor) -> Rate:
    total: dict[str, int] = defaultdict(int)
    for found in _counts("made_by", since, actor).values():
        for state, count in found.items():
            total[state] += count
    return _rate(None, "", total)


def _counts(group: str, since: datetime, actor: Actor, only: int | None = None) -> dict[int | None, Counts]:
    settled = visible_to(actor).filter(settled_at__gte=since)
    if only is not None:
        settled = settled.filter(**{group: only})
    grouped: dict[int | None, dict[str, int]] = defaultdict(dict)
    for key, state, count in settled.order_by().values_list(group, "state").annotate(count=Count("id")):
        grouped[key][state] = count
    return dict(grouped)


def _regrouped(counts: Mapping[int | None, Counts], by: str) -> dict[int | None, Counts]:
    ids = [pk for pk in counts if pk is not None]
    rows = people.visible_to(SYSTEM).filter(pk__in=ids).values_list("pk", "department_id", "provider_id")
    place = {pk: (department, provider) for pk, department, provider in rows}
    grouped: dict[int | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for staff_id, found in counts.items():
        department_id, provider_id = place.get(staff_id or 0, (None, None))
        key = department_id if by == "department" else provider_id
        for state, count in found.items():
            grouped[key][state] += count
    return dict(grouped)


def _names(by: str, ids: Iterable[int]) -> dict[int, str]:
    if by == "staff":
        return people.names(ids)
    if by == "team":
        return dict(people.teams(active_only=False).values_list("pk", "name"))
    if by == "department":
        return dict(people.departments().values_list("pk", "name"))
    return dict(people.providers().values_list("pk", "name"))


def _rate(key: int | None, name: str, found: Counts) -> Rate:
    kept, broken = found.get(PromiseState.KEPT, 0), found.get(PromiseState.BROKEN, 0)
    return Rate(
        key,
        name,
        share_with_interval(kept, kept + broken),
        broken,
        found.get(PromiseState.RENEGOTIATED, 0),
        found.get(PromiseState.WITHDRAWN, 0),
    )
