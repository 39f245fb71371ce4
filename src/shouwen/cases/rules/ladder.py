"""When a case is raised, how far, and when the next level hears of it (ESC-1). Plain values, no clock.

Raising is not failing: no rule here takes anything from anybody's score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shouwen.cases.rules.signs import ASKS_SUPERIOR, THREAT, Sign, asks_for_superior, threatens
from shouwen.kernel.errors import N_, Invalid, Sentence

TIME, HANDOFFS, BROKEN_PROMISE = "time", "handoffs", "broken_promise"
REPEATED, EMOTION = "repeated", "emotion"
LIMIT, NO_GUIDELINE, BY_HAND = "limit", "no_guideline", "by_hand"
BY_ITSELF = (TIME, HANDOFFS, BROKEN_PROMISE, REPEATED, EMOTION, THREAT, ASKS_SUPERIOR)
BY_PEOPLE = (BY_HAND, NO_GUIDELINE, LIMIT, ASKS_SUPERIOR, THREAT)
LEVELS = (1, 2, 3)
MOOD = ("calm", "anxious", "upset", "angry", "hostile")
HARD = frozenset({"angry", "hostile"})
MOST_MINUTES = 7 * 24 * 60
MOST_HOURS = 14 * 24
MOST_PEOPLE = 6


@dataclass(frozen=True)
class Rule:
    """One trigger. `to`: raised to this level at least; 0: by one. `number` in `hours`: of repeated contacts."""

    on: bool = True
    to: int = 0
    number: int = 3
    hours: int = 24


@dataclass(frozen=True)
class Step:
    """A level: who is told (empty: who holds the role), and after how many minutes it goes up; 0: never."""

    people: tuple[int, ...] = ()
    minutes: int = 0


USUAL: Mapping[str, Rule] = {
    **{trigger: Rule() for trigger in BY_ITSELF},
    REPEATED: Rule(number=4),
    THREAT: Rule(to=2),
}


@dataclass(frozen=True)
class Ladder:
    """`service_hours`: people are told and steps are counted only then; danger and urgent cases excepted."""

    rules: Mapping[str, Rule] = field(default_factory=lambda: USUAL)
    steps: tuple[Step, ...] = (Step(), Step(), Step())
    service_hours: bool = True

    def rule(self, trigger: str) -> Rule:
        return self.rules.get(trigger, Rule())

    def step(self, level: int) -> Step:
        return self.steps[level - 1]


def level_after(now: int, to: int) -> int:
    """One up, to the level the trigger names at least, and never beyond the top."""
    return min(max(now + 1, to), LEVELS[-1])


def rising(before: str, after: str) -> bool:
    """Angry or hostile, and more than before: a customer who stays as they were is not raised again.

    With nothing before (the first words of a case) only the hostile ones are.
    """
    if not before:
        return after == MOOD[-1]
    return after in HARD and MOOD.index(after) > (MOOD.index(before) if before in MOOD else 0)


def heard(text: str, before: str, after: str, contacts: int = 1) -> list[Sign]:
    """What in a contact may raise the case, the gravest first. `contacts`: of this customer about it in a day."""
    asked, threat = asks_for_superior(text), threatens(text)
    found = [threat] if threat else []
    found += [Sign(ASKS_SUPERIOR, asked)] if asked else []
    found += [Sign(EMOTION, after)] if rising(before, after) else []
    return found + ([Sign(REPEATED, str(contacts))] if contacts > 1 else [])


def counts(sign: Sign, ladder: Ladder, contacts: int) -> bool:
    """Whether a sign raises by this ladder. Danger does whatever is switched off."""
    rule = ladder.rule(sign.trigger)
    if sign.trigger == REPEATED:
        return rule.on and contacts >= rule.number
    return rule.on or sign.urgent


def checked(ladder: Ladder) -> Ladder:
    """The ladder itself; Invalid names every field that is wrong."""
    errors: dict[str, Sentence] = {}
    for trigger, rule in ladder.rules.items():
        if trigger not in BY_ITSELF or rule.to not in (0, *LEVELS):
            errors[f"to_{trigger}"] = Sentence(N_("Choose a level."))
        if not 2 <= rule.number <= 50:
            errors[f"number_{trigger}"] = Sentence(N_("Between 2 and 50."))
        if not 1 <= rule.hours <= MOST_HOURS:
            errors[f"hours_{trigger}"] = Sentence(N_("From one hour to fourteen days."))
    if len(ladder.steps) != len(LEVELS):
        errors["steps"] = Sentence(N_("There are three levels."))
    for level, step in enumerate(ladder.steps, 1):
        errors |= _step_errors(level, step)
    if errors:
        raise Invalid(Sentence(N_("Please correct the marked fields.")), errors=errors)
    return ladder


def _step_errors(level: int, step: Step) -> dict[str, Sentence]:
    errors: dict[str, Sentence] = {}
    if not 0 <= step.minutes <= MOST_MINUTES:
        errors[f"minutes_{level}"] = Sentence(N_("From 0 (never) to seven days."))
    if len(step.people) > MOST_PEOPLE:
        errors[f"people_{level}"] = Sentence(N_("At most six people on one level."))
    return errors


def packed(signs: Sequence[Sign]) -> list[list[str]] | None:
    """As a fact carries them: trigger, words, and whether it is urgent; nothing when there are none."""
    return [[sign.trigger, sign.words, "urgent" if sign.urgent else ""] for sign in signs] or None


def unpacked(values: Sequence[Sequence[str]] | None) -> list[Sign]:
    return [Sign(trigger, words, bool(urgent)) for trigger, words, urgent in values or ()]
