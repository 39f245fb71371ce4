"""Whom a contact is offered to, and why: one rule for mail, chat and every other channel (CAS-11).

It only orders and leaves out; whoever takes the contact owns it. Plain values, no clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from shouwen.kernel.errors import N_, Invalid, Sentence

KNOWS, SKILL, LANGUAGE, TIER, LOAD, TURN = "knows", "skill", "language", "tier", "load", "turn"
CRITERIA = (KNOWS, SKILL, LANGUAGE, TIER, LOAD, TURN)
ASKED = frozenset({SKILL, LANGUAGE})  # what may be a condition and not only a preference
USUAL = (SKILL, LOAD)
EVERYBODY = 100
MOST_MINUTES = 7 * 24 * 60
MOST_AT_ONCE = 200
TIERS = "ABCD"
TOP_AUTHORITY = 5

OUTSIDE, LEAVE, PRESENCE, FULL, CHANNEL_FULL, ENOUGH, OFFERED, LATER = (
    "outside",
    "leave",
    "presence",
    "full",
    "channel_full",
    "enough",
    "offered",
    "later",
)
Reason = tuple[str | int, ...]


@dataclass(frozen=True)
class Plan:
    """How a team's contacts are offered.

    order     what decides, the most important first; what is not in it does not count
    only      of skill and language: who lacks it is left out while somebody on duty has it
    offer_to  to how many at once; None: as the organisation is set
    limits    channel → open contacts of it one person may hold; others: only the person's own capacity
    skills    kind of case → skill it asks for
    levels    customer tier → authority level from which on colleagues come first
    back, up  minutes until it goes back to the whole team, and up to the supervisors; 0: never
    """

    order: tuple[str, ...] = USUAL
    only: frozenset[str] = frozenset({SKILL})
    offer_to: int | None = None
    limits: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)
    back: int = 0
    up: int = 0
    service_hours: bool = True

    def uses(self, criterion: str) -> bool:
        return criterion in self.order or criterion in self.only


@dataclass(frozen=True)
class Wish:
    """What one contact asks for. `at_most`: contacts of its channel one person may hold; `live`: the customer is
    there now, so that who holds the fewest of them comes first. `hard`: the customer is angry or hostile."""

    channel: str = ""
    language: str = ""
    tier: str = ""
    skill: str = ""
    at_most: int | None = None
    live: bool = False
    hard: bool = False


@dataclass(frozen=True)
class Person:
    """One colleague as the rule sees them. `turn`: the higher, the later a contact was offered to them. `had_enough`:
    as many hard contacts today as they said are enough."""

    id: int
    presence: str = "on_duty"
    on_leave: bool = False
    outside: bool = False
    held: int = 0
    capacity: int = 12
    on_channel: int = 0
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    level: int = 0
    knows: int = 0
    turn: int = 0
    offered: bool = False
    had_enough: bool = False


@dataclass(frozen=True)
class Verdict:
    """`why` says why somebody was chosen, the reason that decided first; `why_not` why not."""

    id: int
    chosen: bool
    why: tuple[Reason, ...] = ()
    why_not: Reason = ()


def decide(people: Iterable[Person], wish: Wish, plan: Plan, most: int) -> list[Verdict]:
    """A verdict on everybody: the chosen first, the best of them in front; then those who came too late."""
    everybody = list(people)
    left_out = {one.id: found for one in everybody if (found := absent(one) or full(one))}
    ready = [one for one in everybody if one.id not in left_out]
    for criterion in (SKILL, LANGUAGE):
        if criterion in plan.only and asks(wish, criterion):
            able = [one for one in ready if has(one, wish, criterion)]
            if able:
                left_out |= {
                    one.id: (criterion, _wanted(wish, criterion)) for one in ready if one not in able
                }
                ready = able
    left_out |= {one.id: found for one in ready if (found := channel_full(one, wish, plan))}
    left_out |= spared([one for one in ready if one.id not in left_out], wish)
    fitting = sorted((one for one in ready if one.id not in left_out), key=lambda one: _key(one, wish, plan))
    verdicts = [
        Verdict(one.id, place < most, reasons(one, wish, plan), () if place < most else (LATER, place + 1))
        for place, one in enumerate(fitting)
    ]
    rest = [Verdict(one.id, False, (), left_out[one.id]) for one in everybody if one.id in left_out]
    return verdicts + rest


def absent(person: Person) -> Reason:
    """Why somebody can take nothing now; empty when they can. Providers' people help through tasks."""
    if person.outside:
        return (OUTSIDE,)
    if person.on_leave:
        return (LEAVE,)
    return (PRESENCE, person.presence) if person.presence != "on_duty" else ()


def full(person: Person) -> Reason:
    return () if person.held < person.capacity else (FULL, person.held, person.capacity)


def channel_full(person: Person, wish: Wish, plan: Plan) -> Reason:
    """Why there is no room for one more of this channel; empty when there is."""
    limits = [one for one in (wish.at_most, plan.limits.get(wish.channel)) if one is not None]
    if not limits:
        return ()
    most = min(*limits, person.capacity)
    return () if person.on_channel < most else (CHANNEL_FULL, person.on_channel, most)


def spared(able: Sequence[Person], wish: Wish) -> dict[int, Reason]:
    """Who has had enough hard contacts today is not offered one more, while anybody else can take it."""
    enough = [one.id for one in able if one.had_enough] if wish.hard else []
    return dict.fromkeys(enough, (ENOUGH,)) if any(one.id not in enough for one in able) else {}


def asks(wish: Wish, criterion: str) -> bool:
    return bool(_wanted(wish, criterion))


def _wanted(wish: Wish, criterion: str) -> str:
    return {SKILL: wish.skill, LANGUAGE: wish.language, TIER: wish.tier}.get(criterion, "")


def has(person: Person, wish: Wish, criterion: str) -> bool:
    """Who said nothing of languages speaks the house's own."""
    if criterion == SKILL:
        return wish.skill in person.skills
    return wish.language in person.languages or (not person.languages and wish.language == "zh-hans")


def _senior(person: Person, wish: Wish, plan: Plan) -> bool:
    return person.level >= plan.levels.get(wish.tier, 0)


def _key(person: Person, wish: Wish, plan: Plan) -> tuple[float, ...]:
    marks: dict[str, tuple[float, ...]] = {
        KNOWS: (-person.knows,),
        SKILL: (0 if not wish.skill or has(person, wish, SKILL) else 1,),
        LANGUAGE: (0 if not wish.language or has(person, wish, LANGUAGE) else 1,),
        TIER: (0 if _senior(person, wish, plan) else 1,),
        LOAD: (person.on_channel if wish.live else 0, person.held / (person.capacity or 1)),
        TURN: (person.turn,),
    }
    return (*(mark for criterion in plan.order for mark in marks[criterion]), person.id)


def reasons(person: Person, wish: Wish, plan: Plan) -> tuple[Reason, ...]:
    """What speaks for somebody, in the plan's own order; the load always, as it says how much they carry."""
    said: dict[str, Reason | None] = {
        KNOWS: (KNOWS, person.knows) if person.knows else None,
        SKILL: (SKILL, wish.skill) if wish.skill and has(person, wish, SKILL) else None,
        LANGUAGE: (LANGUAGE, wish.language) if wish.language and has(person, wish, LANGUAGE) else None,
        TIER: (TIER, wish.tier) if plan.levels.get(wish.tier) and _senior(person, wish, plan) else None,
        LOAD: (LOAD, person.held, person.capacity),
        TURN: (TURN,),
    }
    wanted = dict.fromkeys((*plan.order, *(one for one in (SKILL, LANGUAGE) if one in plan.only), LOAD))
    return tuple(found for criterion in wanted if (found := said[criterion]))


def widened(plan: Plan) -> Plan:
    """Nobody took it: now everybody of the team who has room sees it."""
    return replace(plan, only=frozenset(), offer_to=EVERYBODY)


def checked(plan: Plan) -> Plan:
    """The plan itself; Invalid names every field that is wrong."""
    errors: dict[str, Sentence] = {}
    if not plan.order or set(plan.order) - set(CRITERIA):
        errors["order"] = Sentence(N_("Choose what decides first."))
    elif len(set(plan.order)) < len(plan.order):
        errors["order"] = Sentence(N_("Name each reason only once."))
    if plan.only - ASKED:
        errors["only"] = Sentence(N_("Only skill and language can be a condition."))
    if plan.offer_to is not None and not 1 <= plan.offer_to <= EVERYBODY:
        errors["offer_to"] = Sentence(N_("Between 1 and 100 people."))
    for name, minutes in (("back", plan.back), ("up", plan.up)):
        if not 0 <= minutes <= MOST_MINUTES:
            errors[name] = Sentence(N_("From 0 (never) to seven days."))
    if plan.back and plan.up and plan.up <= plan.back:
        errors.setdefault("up", Sentence(N_("It goes up to the supervisors later than back to the team.")))
    for channel, most in plan.limits.items():
        if not 1 <= most <= MOST_AT_ONCE:
            errors[f"limit_{channel}"] = Sentence(N_("Between 1 and 200, or empty."))
    for tier, level in plan.levels.items():
        if tier not in TIERS or not 0 <= level <= TOP_AUTHORITY:
            errors[f"level_{tier}"] = Sentence(N_("Between 0 and 5."))
    if errors:
        raise Invalid(Sentence(N_("Please correct the marked fields.")), errors=errors)
    return plan
