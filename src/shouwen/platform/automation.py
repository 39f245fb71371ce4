"""Registry of what rules may ask and do. Rooms register conditions and actions; rules live in `cases`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Condition:
    code: str
    label: Any
    test: Callable[[Any, Any], bool]  # (thing, wanted value)


@dataclass(frozen=True)
class Action:
    code: str
    label: Any
    act: Callable[..., None]


_conditions: dict[str, Condition] = {}
_actions: dict[str, Action] = {}


def register_condition(code: str, label: Any, test: Callable[[Any, Any], bool]) -> None:
    _conditions[code] = Condition(code, label, test)


def register_action(code: str, label: Any, act: Callable[..., None]) -> None:
    _actions[code] = Action(code, label, act)


def conditions() -> dict[str, Condition]:
    return dict(_conditions)


def actions() -> dict[str, Action]:
    return dict(_actions)
