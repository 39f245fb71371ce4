"""Rules that act by themselves: when one holds, when its time comes, and where a chain of them ends."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

DEEPEST = 5  # rules that set each other off: a sixth in one chain is more likely a circle than a plan
MOST_PER_HOUR = 20  # of one case; a person would not have touched it so often either
HOUR = timedelta(hours=1)

# What a rule hears, and the facts behind it. `reopened` and `emotion` are read out of the fact besides.
EVENTS: Mapping[str, frozenset[str]] = {
    "opened": frozenset({"cases.opened"}),
    "received": frozenset({"cases.received"}),
    "replied": frozenset({"cases.replied"}),
    "taken": frozenset({"cases.taken"}),
    "handed_off": frozenset({"cases.handoff_accepted"}),
    "changed": frozenset({"cases.changed"}),
    "emotion": frozenset({"cases.received", "cases.feeling_marked"}),
    "promise_warned": frozenset({"promises.warned"}),
    "promise_broken": frozenset({"promises.broken"}),
    "escalated": frozenset({"cases.escalated"}),
    "task_delivered": frozenset({"cases.task_moved"}),
    "task_finished": frozenset({"cases.task_moved"}),
    "resolved": frozenset({"cases.resolved"}),
    "confirmed": frozenset({"cases.confirmed"}),
    "reopened": frozenset({"cases.reopened", "cases.not_yet", "cases.received"}),
}
# What a time is counted from. All but `due_before` count onwards.
MOMENTS = (
    "opened",
    "unowned",
    "waiting_us",
    "waiting_customer",
    "untouched",
    "due_before",
    "due_after",
    "resolved",
)


@dataclass(frozen=True)
class Rule:
    """One rule in use, as it is kept in memory."""

    id: int
    name: str
    version: int
    events: frozenset[str]
    conditions: tuple[tuple[str, Any], ...]
    actions: tuple[tuple[str, Mapping[str, Any]], ...]
    last: bool = False
    in_hours: bool = False
    moment: str = ""
    minutes: int = 0
    starts_at: datetime | None = None

    @property
    def offset(self) -> timedelta:
        """From the moment it counts from to the time it acts."""
        return timedelta(minutes=-self.minutes if self.moment == "due_before" else self.minutes)


@dataclass(frozen=True)
class Book:
    """All rules in use, in their order."""

    by_event: Mapping[str, tuple[Rule, ...]]
    by_time: tuple[Rule, ...]
    by_id: Mapping[int, Rule]


def bound(rules: Iterable[Rule]) -> Book:
    known = list(rules)
    timed = tuple(rule for rule in known if rule.moment)
    by_event = {
        event: tuple(rule for rule in known if not rule.moment and event in rule.events) for event in EVENTS
    }
    return Book(
        {event: found for event, found in by_event.items() if found}, timed, {rule.id: rule for rule in known}
    )


def heard(name: str, data: Mapping[str, Any]) -> list[str]:
    """What a fact means to rules; it may be two things at once (the customer wrote, and is angry now)."""
    found = [event for event, names in EVENTS.items() if name in names]
    return [event for event in found if _means(event, name, data)]


def _means(event: str, name: str, data: Mapping[str, Any]) -> bool:
    if event == "emotion":
        felt = "level" if name == "cases.feeling_marked" else "emotion"
        return str(data.get(felt, "")) != str(data.get("emotion_was", ""))
    if event == "reopened" and name == "cases.received":
        return bool(data.get("reopened"))
    if event == "task_delivered":
        return data.get("state") == "delivered"
    if event == "task_finished":
        return data.get("state") == "approved"
    return True


def _pairs(value: Mapping[str, Any], wanted: Iterable[str]) -> bool:
    for pair in wanted:
        code, _sign, text = pair.partition("=")
        found = value.get(code.strip())
        if found in (None, "", False) or (text.strip() not in ("", "*") and str(found) != text.strip()):
            return False
    return True


_TESTS: Mapping[str, Callable[[Any, Any, Sequence[str]], bool]] = {
    "in": lambda value, wanted, order: str(value) in wanted,
    "any": lambda value, wanted, order: any(one in value for one in wanted),
    "none": lambda value, wanted, order: not any(one in value for one in wanted),
    "words": lambda value, wanted, order: any(word.lower() in value for word in wanted),
    "least": lambda value, wanted, order: value is not None and value >= wanted,
    "most": lambda value, wanted, order: value is not None and value <= wanted,
    "rank": lambda value, wanted, order: value in order and order.index(value) >= order.index(wanted),
    "is": lambda value, wanted, order: bool(value) == (wanted == "yes"),
    "pairs": lambda value, wanted, order: _pairs(value, wanted),
}


def compares(how: str, value: Any, wanted: Any, order: Sequence[str] = ()) -> bool:
    """Whether `value` is what a rule wants. Texts come in small letters; `order` ranks the choices of "rank"."""
    return _TESTS[how](value, wanted, order)


def stopped(rule_id: int, chain: Sequence[int], lately: int) -> str:
    """Why a rule may not act now: own (its own doing comes back to it), depth, limit; "" when it may."""
    if rule_id in chain:
        return "own"
    if len(chain) >= DEEPEST:
        return "depth"
    return "limit" if lately >= MOST_PER_HOUR else ""


def is_due(rule: Rule, moment: datetime | None, at: datetime) -> bool:
    """Whether the time of `rule` has come, counted from `moment`; never for what was over before it began."""
    if moment is None:
        return False
    acts = moment + rule.offset
    over = moment if rule.moment == "due_before" else acts  # a deadline near already is still to be warned of
    return acts <= at and (rule.starts_at is None or over > rule.starts_at)


def cause(rule: Rule, moment: datetime) -> str:
    """What makes a time rule act once: the moment it counts from. Another moment is another cause."""
    return f"{rule.moment}:{int(moment.timestamp())}"
