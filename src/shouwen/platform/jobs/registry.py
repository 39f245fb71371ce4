"""What can be done later, by name, and what recurs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

Fn = Callable[..., Any]
ATTEMPTS = 8


@dataclass(frozen=True)
class Work:
    name: str
    fn: Fn
    attempts: int
    lease: timedelta
    label: Any = ""


@dataclass(frozen=True)
class Recurring:
    name: str
    fn: Fn
    period: timedelta
    label: Any = ""


_work: dict[str, Work] = {}
_recurring: dict[str, Recurring] = {}


def job(
    name: str, *, attempts: int = ATTEMPTS, lease_seconds: int = 300, label: Any = ""
) -> Callable[[Fn], Fn]:
    """Register the decorated function (keyword arguments of plain values) as the job `name`, to people `label`.

    It is done at least once: a process killed in the middle leaves it to be done again, so what can't be
    undone goes last, or is asked for first. One that takes longer than `lease_seconds` is taken for hung, and
    another worker does it.
    """

    def mark(fn: Fn) -> Fn:
        _work[name] = Work(name, fn, attempts, timedelta(seconds=lease_seconds), label)
        return fn

    return mark


def every(name: str, *, seconds: float, label: Any = "") -> Callable[[Fn], Fn]:
    """Register the decorated function (`at=` given) to run every `seconds`, on one host at a time."""

    def mark(fn: Fn) -> Fn:
        _recurring[name] = Recurring(name, fn, timedelta(seconds=seconds), label)
        return fn

    return mark


def work(name: str) -> Work | None:
    return _work.get(name)


def wanted(name: str) -> Work:
    """The work called `name`; LookupError when no room has it."""
    known = _work.get(name)
    if known is None:
        raise LookupError(f"no room has a job called {name!r}")
    return known


def attempts(name: str) -> int:
    """How often job `name` is tried; one that this process does not know may be known to a newer one."""
    known = _work.get(name)
    return known.attempts if known else ATTEMPTS


def label_of(name: str) -> str:
    """What people call a job or a schedule; one that only a newer process knows goes by its name."""
    known = _work.get(name) or _recurring.get(name)
    return str(known.label if known else "") or name


def recurring() -> dict[str, Recurring]:
    return dict(_recurring)


def back_off(attempts: int) -> timedelta:
    """5 s, 20 s, 80 s … at most an hour: quick for a hiccup, patient with an outage."""
    return timedelta(seconds=min(5 * 4 ** max(0, attempts - 1), 3600))
