"""Clocks that stand while we wait for the customer.

Pauses are kept as records and every figure is computed from them again, never counted up and
down: a corrected record, another calendar or another target then simply gives the right answer,
and a change of target in mid-case keeps the time already used.
"""

from collections.abc import Iterable
from datetime import datetime

from shouwen.kernel.errors import N_
from shouwen.kernel.worktime.calendar import Calendar
from shouwen.kernel.worktime.days import SECOND, micros
from shouwen.kernel.worktime.reading import wrong
from shouwen.kernel.worktime.walking import FOREVER, Blocks, Due, aware, open_micros, target, walk

Pause = tuple[datetime, datetime | None]
"""From and to; None while the pause lasts."""


def used(calendar: Calendar, started_at: datetime, pauses: Iterable[Pause], at: datetime) -> int:
    """Open whole seconds that the clock has run from `started_at` to `at`; 0 before it started."""
    start, end = micros(aware(started_at, "started_at")), micros(aware(at, "at"))
    if end <= start:
        return 0
    standing = sum(
        open_micros(calendar, max(start, begin), min(end, stop))
        for begin, stop in blocks_of(pauses)
        if max(start, begin) < min(end, stop)
    )
    return (open_micros(calendar, start, end) - standing) // SECOND


def remaining(
    calendar: Calendar,
    started_at: datetime,
    target_seconds: int,
    pauses: Iterable[Pause],
    at: datetime,
) -> int:
    """Open seconds left of the target at `at`; negative once it is exceeded."""
    return target(target_seconds, "target_seconds") - used(calendar, started_at, pauses, at)


def due_with_pauses(
    calendar: Calendar, started_at: datetime, target_seconds: int, pauses: Iterable[Pause]
) -> Due | None:
    """When the clock reaches its target; None while it stands in a pause without end."""
    seconds = target(target_seconds, "target_seconds")
    return walk(calendar, aware(started_at, "started_at"), seconds, blocks_of(pauses), "target_seconds")


def blocks_of(pauses: Iterable[Pause]) -> Blocks:
    """The pauses as sorted, disjoint times; overlapping ones count once."""
    times: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(pauses):
        name = f"pauses[{index}]"
        begin = micros(aware(start, name))
        stop = FOREVER if end is None else micros(aware(end, name))
        if stop < begin:
            raise wrong(N_("%(field)s must end after it starts."), name)
        times.append((begin, stop))
    merged: list[tuple[int, int]] = []
    for begin, stop in sorted(times):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
        else:
            merged.append((begin, stop))
    return merged
