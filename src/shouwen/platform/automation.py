"""Registry of what rules and macros may ask and do. Rooms register conditions and actions; rules live in `cases`.

A condition reads one value of the case as it stands and compares it with what the rule wants. An action does one
thing through a service, as the actor it is given, and says what it changed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.platform.access import Actor

Choices = Callable[[], list[tuple[Any, Any]]]


@dataclass(frozen=True)
class Condition:
    """`how`: in (one of several), any / none (of a list of words), words (one of them in a text), least / most (a
    number), rank (at least this one of ordered choices), is (yes or no), pairs ("code=value", all of them)."""

    code: str
    label: Any
    how: str
    value: Callable[[Any], Any]
    choices: Choices | None = None
    unit: Any = ""


@dataclass(frozen=True)
class Param:
    """What an action wants to know. `sort`: choice, words, line, text, number, minutes, flag."""

    name: str
    label: Any
    sort: str
    choices: Choices | None = None
    required: bool = True
    most: int = 400
    help: Any = ""


@dataclass(frozen=True)
class Deed:
    """What an action is done to: which case, when, as whom, and what caused it (the same cause, the same key)."""

    case_id: int
    at: datetime
    by: Actor
    key: str


@dataclass(frozen=True)
class Change:
    """One thing that changed, in words. `was` is empty where there was nothing before."""

    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Action:
    """`where`: whether rules, macros or both may do it."""

    code: str
    label: Any
    icon: str
    params: tuple[Param, ...]
    act: Callable[[Deed, Mapping[str, Any]], list[Change]]
    where: frozenset[str] = frozenset({"rule", "macro"})


_conditions: dict[str, Condition] = {}
_actions: dict[str, Action] = {}


def register_condition(condition: Condition) -> None:
    _conditions[condition.code] = condition


def register_action(action: Action) -> None:
    _actions[action.code] = action


def conditions() -> dict[str, Condition]:
    """By code, in the order they were registered, which is how forms show them."""
    return dict(_conditions)


def actions(where: str = "") -> dict[str, Action]:
    """By code, in the order they are done: first what a case is, then what is said about it, then who hears of it."""
    return {code: one for code, one in _actions.items() if not where or where in one.where}
