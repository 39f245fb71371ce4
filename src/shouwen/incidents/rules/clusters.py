"""When new cases look like one incident: many, close together, in one place or of one model, in the same words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shouwen.incidents.rules.words import spelled
from shouwen.kernel.statistics import poisson_tail

LEAST = 4  # customers; fewer are a coincidence nobody needs to hear of
SURPRISE = 2e-3  # by chance less than once in five hundred looks
WINDOW = timedelta(hours=2)
SHARED = 2  # terms that a new case must share with an incident of its area or model


@dataclass(frozen=True)
class Seen:
    """What is kept of a new case to compare it: where, what, in which words."""

    case_id: int
    customer_id: int
    at: datetime
    area: str
    model: str
    terms: frozenset[str]


@dataclass(frozen=True)
class Cluster:
    """Cases that may have one cause, and why we think so.

    `usual` is how many of this kind are to be expected in the window from the time before it, `chance` the
    probability of at least so many by chance.
    """

    sort: str  # area or model: what they have in common beside the words
    value: str
    case_ids: tuple[int, ...]
    customers: int
    terms: tuple[str, ...]
    words: tuple[tuple[str, int], ...]
    first_at: datetime
    last_at: datetime
    usual: float
    chance: float


def clusters(
    seen: Sequence[Seen], at: datetime, *, window: timedelta = WINDOW, least: int = LEAST
) -> list[Cluster]:
    """All clusters among what was seen within `window` before `at`; what was seen before it says what is usual.

    Largest first; a case stands in one cluster only.
    """
    start = at - window
    recent = [one for one in seen if start < one.at <= at]
    before = [one for one in seen if one.at <= start]
    past = max((start - min((one.at for one in before), default=start)) / window, 1.0)
    found = [
        cluster
        for sort in ("area", "model")
        for value, group in _grouped(recent, sort).items()
        if (cluster := _of_group(sort, value, group, before, past, least)) is not None
    ]
    found.sort(key=lambda cluster: (-cluster.customers, cluster.chance, cluster.sort))
    taken: set[int] = set()
    kept = []
    for cluster in found:
        if taken.isdisjoint(cluster.case_ids):
            kept.append(cluster)
            taken |= set(cluster.case_ids)
    return kept


def _grouped(seen: Iterable[Seen], sort: str) -> dict[str, list[Seen]]:
    groups: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        value = one.area if sort == "area" else one.model
        if value:
            groups[value].append(one)
    return groups


def _of_group(
    sort: str, value: str, group: list[Seen], before: list[Seen], past: float, least: int
) -> Cluster | None:
    if len({one.customer_id for one in group}) < least:
        return None
    usual_of = _usual(_grouped(before, sort).get(value, []), past)
    counts = _customers_of_terms(group)
    telling = {
        term: count
        for term, count in counts.items()
        if count >= least and poisson_tail(count, usual_of(term)) < SURPRISE
    }
    if not telling:
        return None
    lead, customers = max(telling.items(), key=lambda pair: (pair[1], pair[0]))
    # other telling words count only where they come together with the leading one: two causes are two clusters
    beside = _customers_of_terms(one for one in group if lead in one.terms)
    same = {term for term in telling if 2 * beside[term] >= counts[term]}
    members = sorted((one for one in group if same & one.terms), key=lambda one: (one.at, one.case_id))
    customers = len({one.customer_id for one in members})
    words = spelled(Counter({term: counts[term] for term in same}))
    usual = usual_of(lead)
    return Cluster(
        sort=sort,
        value=value,
        case_ids=tuple(one.case_id for one in members),
        customers=customers,
        terms=tuple(sorted(same, key=lambda term: (-counts[term], term))[:12]),
        words=tuple(words),
        first_at=members[0].at,
        last_at=members[-1].at,
        usual=round(usual, 2),
        chance=poisson_tail(counts[lead], usual),
    )


def _customers_of_terms(group: Iterable[Seen]) -> Counter[str]:
    """In how many customers' words each term stands: one who writes five times counts once."""
    who: dict[str, set[int]] = defaultdict(set)
    for one in group:
        for term in one.terms:
            who[term].add(one.customer_id)
    return Counter({term: len(customers) for term, customers in who.items()})


class _usual:  # noqa: N801  a function that remembers its counts
    """How many customers with a term come in one window usually. Half a case is added: nothing seen is not never."""

    def __init__(self, before: list[Seen], windows: float) -> None:
        self.counts, self.windows = Counter(term for one in before for term in one.terms), windows

    def __call__(self, term: str) -> float:
        return (self.counts[term] + 0.5) / self.windows


@dataclass(frozen=True)
class Profile:
    """What the cases of an incident have in common."""

    areas: frozenset[str]
    model: str
    terms: frozenset[str]


@dataclass(frozen=True)
class Fit:
    """Why a case fits an incident: the area or model they share and the terms."""

    area: str
    model: str
    terms: tuple[str, ...]


def fit(area: str, model: str, terms: frozenset[str], profile: Profile) -> Fit | None:
    """Whether a case looks like one of an incident: it shares the area or the model, and words.

    One shared word is enough where both area and model are shared; an incident without any words takes nothing.
    """
    here = area if area and area in profile.areas else ""
    sort = model if model and model.casefold() == profile.model.casefold() else ""
    common = sorted(terms & profile.terms)
    least = 1 if here and sort else SHARED
    if not (here or sort) or len(common) < min(least, max(1, len(profile.terms))):
        return None
    return Fit(here, sort, tuple(common))
