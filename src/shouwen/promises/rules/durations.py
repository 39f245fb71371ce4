"""Lengths of open time as a person types them: "30", "45 min", "2小时", "1h30m"."""

import re
from typing import Final

from shouwen.kernel.errors import N_, Invalid, Sentence
from shouwen.promises.rules import words

_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(小时|钟头|时|hours?|h|分钟|分|minutes?|mins?|m)?", re.IGNORECASE)
HOUR, MINUTE = 3600, 60
_HOURS: Final = ("小", "钟", "时", "h")


def seconds(text: str, field: str) -> int | None:
    """None for an empty text; a bare number is minutes. Invalid (under `field`) for anything else."""
    said = text.strip()
    if not said:
        return None
    total, place = 0.0, 0
    while place < len(said):
        found = _PART.match(said, place)
        if found is None:
            raise _wrong(field)
        unit = (found[2] or "m").lower()
        total += float(found[1]) * (HOUR if unit.startswith(_HOURS) else MINUTE)
        place = found.end()
        while place < len(said) and said[place] in " ,，、":
            place += 1
    if not 0 < total <= words.LONGEST_TARGET:
        raise _wrong(field)
    return round(total)


def typed(total: int | None) -> str:
    """The shortest text that `seconds` reads back: 5400 → "1h30m"; seconds are rounded to a minute."""
    if total is None:
        return ""
    minutes = max(1, round(total / MINUTE))
    hours, rest = divmod(minutes, 60)
    return f"{hours}h{rest}m" if hours and rest else f"{hours}h" if hours else f"{rest}m"


def _wrong(field: str) -> Invalid:
    return Invalid(Sentence(N_("Enter a time such as 30 min, 2 h or 1h30m.")), field=field)
