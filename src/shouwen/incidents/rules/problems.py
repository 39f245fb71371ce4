"""The course of a problem: candidate, recorded, cause known, fixed and watched, closed; or open again."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shouwen.incidents.rules.words import spelled
from shouwen.kernel.errors import N_, Invalid, Refused, Sentence
from shouwen.kernel.statistics import Drop, poisson_tail, rate_drop

CANDIDATE, OPEN, CAUSE_KNOWN, WATCHING, CLOSED, DISMISSED = (
    "candidate",
    "open",
    "cause_known",
    "watching",
    "closed",
    "dismissed",
)
LIVE = (OPEN, CAUSE_KNOWN, WATCHING)
PATH = (CANDIDATE, OPEN, CAUSE_KNOWN, WATCHING, CLOSED)
NEXT = {
    CANDIDATE: {OPEN, DISMISSED},
    OPEN: {CAUSE_KNOWN, DISMISSED},
    CAUSE_KNOWN: {CAUSE_KNOWN, WATCHING},
    WATCHING: {CLOSED, OPEN},
    CLOSED: {OPEN},
    DISMISSED: {OPEN},
}
WHYS = 5
WHY_LENGTH = 400
LEAST_CASES = 5
BEFORE = 6  # periods before the fix
MOST_SHOWN = 61  # periods since the fix
LEAST_DAYS = 3  # so many different days: what all came on one day is an incident
SURPRISE = 1e-3
_REFUSALS = {
    CANDIDATE: N_("Take it on as a problem first."),
    OPEN: N_("Write down the cause first: a fix without a cause is a guess."),
    CAUSE_KNOWN: N_("Say first what was done against it."),
    WATCHING: N_("It is being watched."),
    CLOSED: N_("This problem is closed."),
    DISMISSED: N_("This was dismissed."),
}


def must_go(state: str, to: str) -> None:
    if to not in NEXT[state]:
        raise Refused(Sentence(_REFUSALS[state]))


def whys(given: Iterable[str]) -> list[str]:
    """The chain of whys, each the answer to why the one before is so: one at least, five at most, without gaps."""
    said = [text.strip() for text in given]
    while said and not said[-1]:
        said.pop()
    if not said:
        raise Invalid(Sentence(N_("Answer at least the first why.")), field="whys")
    if len(said) > WHYS:
        raise Invalid(Sentence(N_("Five whys at most.")), field="whys")
    if "" in said:
        raise Invalid(Sentence(N_("Answer the whys one after another, without a gap.")), field="whys")
    if any(len(text) > WHY_LENGTH for text in said):
        raise Invalid(Sentence(N_("At most %(most)s characters."), {"most": WHY_LENGTH}), field="whys")
    return said


@dataclass(frozen=True)
class Period:
    """A stretch of time and how many cases of the problem were opened in it; `after`: since the fix."""

    start: datetime
    end: datetime
    count: int
    after: bool


@dataclass(frozen=True)
class Watch:
    """Cases per period before and since the fix, and whether the drop could be chance."""

    periods: tuple[Period, ...]
    drop: Drop | None


@dataclass(frozen=True)
class Span:
    """A stretch of time from `start` until before `end`; `after`: since the fix."""

    start: datetime
    end: datetime
    after: bool


def spans(fixed_at: datetime, at: datetime, *, days: int, before: int = BEFORE) -> list[Span]:
    """The periods of `days` to count in: `before` of them before the fix and every one since, the last unfinished.

    Past a year or so of weeks (MOST_SHOWN) what remains is one long span.
    """
    length = timedelta(days=days)
    last = -((fixed_at - at) // length)  # so many periods have begun since the fix
    starts = [fixed_at + n * length for n in range(-before, max(last, 0))]
    found = [Span(start, min(start + length, at), start >= fixed_at) for start in starts]
    kept = before + MOST_SHOWN
    return found if len(found) <= kept else [*found[:kept], Span(found[kept].start, at, True)]


def watch(counts: Sequence[int], spans: Sequence[Span], fixed_at: datetime, at: datetime) -> Watch:
    """What the counts of the spans say. The drop is None until a whole day has passed since the fix."""
    counted = list(zip(spans, counts, strict=True))
    shown = [one for one in counted if one[0].after][:MOST_SHOWN]
    periods = [Period(span.start, span.end, n, span.after) for span, n in counted if not span.after]
    periods += [Period(span.start, span.end, n, span.after) for span, n in shown]
    since = (at - fixed_at) / timedelta(days=1)
    if since < 1:
        return Watch(tuple(periods), None)
    earlier = sum(n for span, n in counted if not span.after)
    days_before = (fixed_at - spans[0].start) / timedelta(days=1)
    return Watch(tuple(periods), rate_drop(earlier, days_before, sum(counts) - earlier, since))


@dataclass(frozen=True)
class Past:
    """What is kept of a closed case to look for what recurs."""

    case_id: int
    customer_id: int
    at: datetime
    model: str
    kind: str
    terms: frozenset[str]


@dataclass(frozen=True)
class Recurring:
    """Closed cases that come again and again: what they share and how often that would be by chance."""

    sort: str  # model or kind
    value: str
    case_ids: tuple[int, ...]
    days: int
    terms: tuple[str, ...]
    words: tuple[tuple[str, int], ...]
    usual: float
    chance: float


def recurring(past: Sequence[Past], *, least: int = LEAST_CASES) -> list[Recurring]:
    """Groups of closed cases of one model (or one kind) whose words come more often than elsewhere.

    A term counts where so many cases of the group would have it less than once in a thousand times if the group
    used it as all others do. The most cases first; a case stands in one group only.
    """
    everywhere = Counter(term for one in past for term in one.terms)
    found = []
    for sort in ("model", "kind"):
        groups: dict[str, list[Past]] = defaultdict(list)
        for one in past:
            if value := (one.model if sort == "model" else one.kind):
                groups[value].append(one)
        for value, group in groups.items():
            one_ = _recurring(sort, value, group, everywhere, len(past), least)
            if one_ is not None:
                found.append(one_)
    found.sort(key=lambda each: (-len(each.case_ids), each.chance, each.value))
    taken: set[int] = set()
    kept = []
    for each in found:
        if taken.isdisjoint(each.case_ids):
            kept.append(each)
            taken |= set(each.case_ids)
    return kept


def _recurring(
    sort: str, value: str, group: list[Past], everywhere: Counter[str], whole: int, least: int
) -> Recurring | None:
    if len(group) < least:
        return None
    counts = Counter(term for one in group for term in one.terms)
    rest = max(whole - len(group), 1)

    def usual(term: str) -> float:
        return (everywhere[term] - counts[term] + 0.5) / rest * len(group)

    telling = {t: n for t, n in counts.items() if n >= least and poisson_tail(n, usual(t)) < SURPRISE}
    if not telling:
        return None
    lead = max(telling.items(), key=lambda pair: (pair[1], pair[0]))[0]
    beside = Counter(term for one in group if lead in one.terms for term in one.terms)
    same = {term for term in telling if 2 * beside[term] >= counts[term]}
    members = sorted((one for one in group if same & one.terms), key=lambda one: (one.at, one.case_id))
    days = len({one.at.date() for one in members})
    if days < LEAST_DAYS:
        return None
    return Recurring(
        sort=sort,
        value=value,
        case_ids=tuple(one.case_id for one in members),
        days=days,
        terms=tuple(sorted(same, key=lambda term: (-counts[term], term))[:12]),
        words=tuple(spelled(Counter({term: counts[term] for term in same}))),
        usual=round(usual(lead), 2),
        chance=poisson_tail(counts[lead], usual(lead)),
    )
