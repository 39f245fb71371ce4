"""Months of a figure, as their first days. Pure."""

from datetime import date

from shouwen.kernel.errors import N_, Invalid, Sentence

SHOWN = 12


def first_of(day: date) -> date:
    return day.replace(day=1)


def next_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def latest(day: date, count: int = SHOWN) -> list[date]:
    """The month of `day` and those before it, the newest first."""
    found = [first_of(day)]
    while len(found) < count:
        found.append(before(found[-1]))
    return found


def from_text(text: str, today: date) -> date:
    """ "2026-11" as its first day; this month when empty."""
    if not text:
        return first_of(today)
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Invalid(Sentence(N_("Write the month as 2026-11.")), field="month") from None
