"""Opening hours as a person types them, to and from the JSON that working time reads.

A week is seven lines of spans, "09:00-12:00 13:30-18:00"; dated lines begin with their date. What is typed
wrong is refused under the field it was typed in.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from shouwen.kernel.errors import N_, Invalid, Sentence
from shouwen.kernel.worktime import Calendar

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Spans = list[list[str]]
_SPAN = re.compile(r"(\d{1,2})[:：](\d{2})\s*(?:-|–|—|~|至|到)\s*(\d{1,2})[:：](\d{2})")
_BETWEEN = re.compile(r"[\s,，、;；]*")
_DATE = re.compile(r"\s*(\d{4}-\d{2}-\d{2})\b[:：]?")


def spans(text: str, field: str) -> Spans:
    """ "9:00-12:00, 13:30-18:00" → [["09:00", "12:00"], ["13:30", "18:00"]]; empty for a closed day."""
    found: Spans = []
    place = _skip(text, 0)
    while place < len(text):
        match = _SPAN.match(text, place)
        if match is None:
            sentence = Sentence(
                N_('"%(text)s" is not a time span such as 09:00-12:00.'), {"text": text[place : place + 30]}
            )
            raise Invalid(sentence, field=field)
        found.append([f"{int(match[1]):02d}:{match[2]}", f"{int(match[3]):02d}:{match[4]}"])
        place = _skip(text, match.end())
    return found


def _skip(text: str, place: int) -> int:
    found = _BETWEEN.match(text, place)
    return found.end() if found else place


def dates(text: str, field: str) -> list[str]:
    """One or more dates, separated by spaces, commas or new lines."""
    found = [piece for piece in re.split(r"[\s,，、;；]+", text) if piece]
    for piece in found:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", piece):
            sentence = Sentence(N_('"%(text)s" is not a date such as 2026-10-01.'), {"text": piece[:30]})
            raise Invalid(sentence, field=field)
    return sorted(set(found))


def dated(text: str, field: str) -> dict[str, Spans]:
    """Lines of a date and its spans: "2026-02-14 09:00-12:00"."""
    found: dict[str, Spans] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        match = _DATE.match(line)
        if match is None:
            sentence = Sentence(
                N_('"%(text)s" does not begin with a date such as 2026-10-01.'), {"text": line.strip()[:30]}
            )
            raise Invalid(sentence, field=field)
        if match[1] in found:
            raise Invalid(Sentence(N_("%(date)s is given twice."), {"date": match[1]}), field=field)
        found[match[1]] = spans(line[match.end() :], field)
    return found


def definition(
    *, zone: str, week: Mapping[str, str], holidays: str, shifts: str, breaks: str, official: str | None
) -> dict[str, Any]:
    """The checked JSON of a calendar from what was typed; Invalid under the field's own name."""
    data = {
        "zone": zone.strip(),
        "week": {day: spans(week.get(day, ""), f"week_{day}") for day in WEEKDAYS},
        "holidays": dates(holidays, "holidays"),
        "shifts": dated(shifts, "shifts"),
        "breaks": dated(breaks, "breaks"),
        "official": official or None,
    }
    return checked(data)


def checked(data: Any) -> dict[str, Any]:
    """`data` as working time would write it; its faults under the names of the form's fields."""
    try:
        return Calendar.from_json(data).to_json()
    except Invalid as fault:
        raise Invalid(fault.sentence, field=form_field(fault.field or "definition")) from None


def form_field(field: str) -> str:
    """ "week.mon[0]" → "week_mon", "shifts.2026-02-14" → "shifts"."""
    head, _, rest = field.partition(".")
    if head == "week" and rest[:3] in WEEKDAYS:
        return f"week_{rest[:3]}"
    return head.partition("[")[0]


def typed(found: Sequence[Sequence[str]]) -> str:
    return ", ".join(f"{start}-{end}" for start, end in found)


def as_typed(data: Mapping[str, Any]) -> dict[str, str]:
    """The form's values for a stored definition: the way back from `definition`."""
    week = {f"week_{day}": typed(data.get("week", {}).get(day, [])) for day in WEEKDAYS}
    lines = {
        name: "\n".join(f"{day} {typed(found)}".rstrip() for day, found in sorted(data.get(name, {}).items()))
        for name in ("shifts", "breaks")
    }
    return {
        "zone": str(data.get("zone", "")),
        **week,
        "holidays": "\n".join(data.get("holidays", [])),
        **lines,
        "official": data.get("official") or "",
    }
