"""What a clock shows: when it is due, when to warn, how it changes with pauses and a new target.

A clock counts `target_seconds` open seconds of its calendar from `counted_from`, less what it had used before
(`used_before`, from an earlier calendar or target), outside its pauses. Everything is computed again from
these records, so nothing drifts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shouwen.kernel import worktime
from shouwen.kernel.worktime import Calendar, Due, Pause
from shouwen.promises.rules import words


@dataclass(frozen=True)
class Reading:
    due_at: datetime
    warn_at: datetime
    provisional: bool
    steps: tuple[worktime.Step, ...] = ()


def read(
    calendar: Calendar,
    counted_from: datetime,
    target_seconds: int,
    *,
    used_before: int = 0,
    pauses: Iterable[Pause] = (),
    at: datetime | None = None,
) -> Reading:
    """The due and warning moments. An open pause must be closed (or given `at` as its end) before.

    With nothing left of the target the clock is due at once: at `at`, or where its counting began.
    """
    closed: list[Pause] = [(start, end or at or start) for start, end in pauses]
    left = target_seconds - used_before
    if left <= 0:
        now = at or counted_from
        return Reading(now, now, provisional=False)
    due = _due(calendar, counted_from, left, closed)
    warn_left = int(target_seconds * words.MOST) - used_before
    warn_at = _due(calendar, counted_from, warn_left, closed).due if warn_left > 0 else (at or counted_from)
    return Reading(due.due, min(warn_at, due.due), due.provisional, due.steps)


def _due(calendar: Calendar, start: datetime, seconds: int, pauses: list[Pause]) -> Due:
    if not pauses:
        return worktime.due(calendar, start, seconds)
    found = worktime.due_with_pauses(calendar, start, seconds, pauses)
    assert found is not None  # every pause has an end here
    return found


def used_seconds(
    calendar: Calendar, counted_from: datetime, used_before: int, pauses: Iterable[Pause], at: datetime
) -> int:
    """Open seconds the clock has used up to `at`, earlier calendars and targets included."""
    return used_before + worktime.used(calendar, counted_from, pauses, at)


def pace(used: int, target_seconds: int) -> str:
    """grey below half, amber from half, red from the warning share on."""
    share = used / target_seconds if target_seconds else 1.0
    if share >= words.MOST:
        return "red"
    return "amber" if share >= words.HALF else "grey"
