"""What `shouwen time due` and `shouwen time between` compute: files and text in, plain data out."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from shouwen.kernel.errors import N_
from shouwen.kernel.worktime.calendar import Calendar
from shouwen.kernel.worktime.reading import wrong
from shouwen.kernel.worktime.walking import Step, aware, between, due, target

LARGEST_FILE = 2_000_000


def due_command(calendar_path: str | Path, start_iso: str, minutes: int | str) -> dict[str, Any]:
    """`{"due", "provisional", "steps"}`; moments carry the calendar's own offset.

    Invalid with field `calendar` (or a field inside it), `start` or `minutes`.
    """
    calendar = read_calendar(calendar_path)
    start = moment(start_iso, "start")
    found = due(calendar, start, 60 * target(whole(minutes), "minutes"), field="minutes")
    return {
        "due": calendar.local(found.due).isoformat(),
        "provisional": found.provisional,
        "steps": [_step(calendar, step) for step in found.steps],
    }


def between_command(calendar_path: str | Path, from_iso: str, to_iso: str) -> dict[str, Any]:
    """`{"open_seconds"}`; Invalid with field `calendar` (or one inside it), `from` or `to`."""
    calendar = read_calendar(calendar_path)
    start, end = moment(from_iso, "from"), moment(to_iso, "to")
    return {"open_seconds": between(calendar, start, end, field="to")}


def read_calendar(path: str | Path) -> Calendar:
    """The calendar in a JSON file; Invalid with field `calendar` when it can't be read as one."""
    try:
        file = Path(path)
        if file.stat().st_size > LARGEST_FILE:
            raise wrong(
                N_("%(field)s: the file %(path)s is too large for a calendar."), "calendar", path=path
            )
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError):
        raise wrong(N_("%(field)s: the file %(path)s cannot be read."), "calendar", path=path) from None
    try:
        data = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise wrong(N_("%(field)s: the file %(path)s is not JSON."), "calendar", path=path) from None
    return Calendar.from_json(data)


def moment(text: str, field: str) -> datetime:
    """An ISO 8601 date and time that carries an offset."""
    try:
        return aware(datetime.fromisoformat(text), field)
    except (TypeError, ValueError):
        message = N_('%(field)s: "%(value)s" is not a date and time such as "2026-02-13T17:00:00+08:00".')
        raise wrong(message, field, value=str(text)[:60]) from None


def whole(value: int | str) -> Any:
    """Digits as a number; anything else stays as it is and is refused by `target`."""
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if text.removeprefix("-").isdecimal() and len(text) <= 18 else value


def _step(calendar: Calendar, step: Step) -> dict[str, Any]:
    return {
        "date": step.date.isoformat(),
        "until": step.until.isoformat(),
        "opens": calendar.local(step.opens).isoformat() if step.opens else None,
        "closes": calendar.local(step.closes).isoformat() if step.closes else None,
        "used_seconds": step.used_seconds,
        "left_seconds": step.left_seconds,
        "reason": step.reason,
    }


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are all different: of two Mondays one would be lost without a word."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise wrong(N_("%(field)s is given twice."), key[:60])
        found[key] = value
    return found
