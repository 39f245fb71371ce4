"""How many promises were kept, by person, team, department, provider and kind, and why others were not (PRO-4)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Count
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.kernel.statistics import Share, share_with_interval
from shouwen.people import queries as people
from shouwen.platform.access import SYSTEM, Actor
from shouwen.promises import policies
from shouwen.promises.models import PromiseState
from shouwen.promises.queries.ledger import UNEXPLAINED, visible_to
from shouwen.promises.queries.wording import CAUSE_LABELS, WORK_LABELS

BY: Final = ("staff", "team", "department", "provider", "work")


@dataclass(frozen=True)
class Rate:
    """`kept` says how many of the kept and broken ones were kept, with its 95 % interval (Wilson).

    A renegotiated promise counts neither way: the customer was told before, and the new one counts.
    """

    key: int | str | None
    name: str
    kept: Share
    broken: int
    renegotiated: int
    withdrawn: int


Counts = Mapping[str, int]
Key = int | str | None


@dataclass(frozen=True)
class Settled:
    """How many promises were settled in the same way by the same person and team."""

    made_by: int | None
    team_id: int | None
    work: str
    state: str
    cause: str
    n: int


COLUMNS: Final = ("made_by", "team_id", "work", "state", "cause")
LONG_DAYS: Final = 31
FRESH_SECONDS: Final = 600


def settled(since: datetime, actor: Actor) -> list[Settled]:
    """What the figures are made of, of what the actor may see: one statement, read from one index."""
    rows = visible_to(actor).filter(settled_at__gte=since).order_by().values_list(*COLUMNS)
    return [Settled(*row) for row in rows.annotate(n=Count("id"))]


def settled_in(days: int, at: datetime, actor: Actor) -> list[Settled]:
    """The same of the last `days`. Over more than a month it is counted anew every ten minutes: a year of a big
    house is a million promises, and ten minutes do not change its figures."""
    since = at - timedelta(days=days)
    if days <= LONG_DAYS:
        return settled(since, actor)
    everybody = actor.is_system or actor.can(policies.SEE_ALL)
    sight = "all" if everybody else f"{actor.user_id}:{sorted(actor.team_ids)}"
    key = "promises.settled:" + blake2b(f"{days}:{sight}".encode(), digest_size=12).hexdigest()
    found: list[Settled] | None = cache.get(key)
    if found is None:
        found = settled(since, actor)
        cache.set(key, found, FRESH_SECONDS)
    return found


def keep_rate(*, by: str, since: datetime, actor: Actor, rows: Iterable[Settled] | None = None) -> list[Rate]:
    """The rates since a moment, of what the actor may see; most promises first. `rows` where they are known."""
    if by not in BY:
        raise Invalid(_("Choose person, team, department, provider or kind."), field="by")
    known = settled(since, actor) if rows is None else rows
    counts = _counts(known, {"team": "team_id", "work": "work"}.get(by, "made_by"))
    if by in ("department", "provider"):
        counts = _regrouped(counts, by)
    names = _names(by, [key for key in counts if key is not None])
    rates = [
        _rate(key, names.get(key, "") if key is not None else "", found) for key, found in counts.items()
    ]
    return sorted(rates, key=lambda rate: (-rate.kept.n, rate.name))


def keep_rate_of(staff_id: int, since: datetime, actor: Actor) -> Rate:
    """One person's rate."""
    rows = visible_to(actor).filter(settled_at__gte=since, made_by=staff_id).order_by()
    found = dict(rows.values_list("state").annotate(count=Count("id")))
    return _rate(staff_id, people.name_of(staff_id), found)


def overall(since: datetime, actor: Actor, rows: Iterable[Settled] | None = None) -> Rate:
    total: dict[str, int] = defaultdict(int)
    for row in settled(since, actor) if rows is None else rows:
        total[row.state] += row.n
    return _rate(None, "", total)


@dataclass(frozen=True)
class Cause:
    """How many of the `broken` promises were broken for this reason, with its 95 % interval (Wilson)."""

    code: str
    label: str
    share: Share


def causes(*, since: datetime, actor: Actor, rows: Iterable[Settled] | None = None) -> list[Cause]:
    """Why promises were broken since a moment, the commonest first; those not explained yet stand last. Service
    gap 4 (what we said against what we did) counts these (PRO-4)."""
    counted: dict[str, int] = defaultdict(int)
    for row in settled(since, actor) if rows is None else rows:
        if row.state == PromiseState.BROKEN:
            counted[row.cause] += row.n
    whole = sum(counted.values())
    found = [
        Cause(code, str(CAUSE_LABELS.get(code, code)), share_with_interval(count, whole))
        for code, count in counted.items()
        if code
    ]
    found.sort(key=lambda cause: (-cause.share.successes, cause.code))
    if counted.get(""):
        share = share_with_interval(counted[""], whole)
        found.append(Cause(UNEXPLAINED, gettext("Not explained yet"), share))
    return found


def _counts(rows: Iterable[Settled], group: str) -> dict[Key, Counts]:
    grouped: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        grouped[getattr(row, group)][row.state] += row.n
    return dict(grouped)


def _regrouped(counts: Mapping[Key, Counts], by: str) -> dict[Key, Counts]:
    ids = [pk for pk in counts if pk is not None]
    rows = (
        people.visible_to(SYSTEM)
        .filter(pk__in=[int(pk) for pk in ids])
        .values_list("pk", "department_id", "provider_id")
    )
    place = {pk: (department, provider) for pk, department, provider in rows}
    grouped: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for staff_id, found in counts.items():
        department_id, provider_id = place.get(int(staff_id or 0), (None, None))
        key = department_id if by == "department" else provider_id
        for state, count in found.items():
            grouped[key][state] += count
    return dict(grouped)


def _names(by: str, keys: Iterable[int | str]) -> Mapping[Any, str]:
    if by == "work":
        return {code: str(label) for code, label in WORK_LABELS.items()}
    ids = [int(key) for key in keys]
    if by == "staff":
        return people.names(ids)
    if by == "team":
        return dict(people.teams(active_only=False).values_list("pk", "name"))
    if by == "department":
        return dict(people.departments().values_list("pk", "name"))
    return dict(people.providers().values_list("pk", "name"))


def _rate(key: Key, name: str, found: Counts) -> Rate:
    kept, broken = found.get(PromiseState.KEPT, 0), found.get(PromiseState.BROKEN, 0)
    return Rate(
        key,
        name,
        share_with_interval(kept, kept + broken),
        broken,
        found.get(PromiseState.RENEGOTIATED, 0),
        found.get(PromiseState.WITHDRAWN, 0),
    )
