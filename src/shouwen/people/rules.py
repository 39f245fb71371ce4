"""What is allowed among people: presence, capacity, skills, languages. Plain values only."""

from collections.abc import Iterable, Mapping
from datetime import date

from shouwen.kernel.errors import N_, Invalid, Refused, Sentence

ON_DUTY, BUSY, BREAK, OFFLINE = "on_duty", "busy", "break", "offline"
PRESENCES = (ON_DUTY, BUSY, BREAK, OFFLINE)
PROVIDER_SORTS = ("in_house", "third_party", "independent")
LANGUAGES = ("zh-hans", "zh-hant", "en")

TOP_LEVEL = 5  # skill levels 1–5 and authority levels 0–5
MOST_LEAVE = 366  # days
MOST_HARD = 20  # hard contacts a day one may set as enough
MOST_CAPACITY = 200  # open cases one person may carry at once; more is a typing error


def presence(code: str) -> str:
    """The code itself; Invalid when it is none of ours."""
    if code not in PRESENCES:
        raise Invalid(
            Sentence(N_("Choose one of %(codes)s."), {"codes": ", ".join(PRESENCES)}), field="presence"
        )
    return code


def level(value: int, *, lowest: int, field: str) -> int:
    """A level within lowest…5."""
    if not lowest <= value <= TOP_LEVEL:
        raise Invalid(_between(lowest, TOP_LEVEL), field=field)
    return value


def capacity(value: int) -> int:
    """How many open cases a person may carry: 0 (takes none) to 200."""
    if not 0 <= value <= MOST_CAPACITY:
        raise Invalid(_between(0, MOST_CAPACITY), field="capacity")
    return value


def languages(codes: Iterable[str]) -> list[str]:
    """Known language codes, each once, in the given order."""
    wanted = list(dict.fromkeys(codes))
    unknown = [code for code in wanted if code not in LANGUAGES]
    if unknown:
        raise Invalid(
            Sentence(N_("Unknown language: %(codes)s."), {"codes": ", ".join(unknown)}), field="languages"
        )
    return wanted


def leave(first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """First and last day of a leave, or neither. One day alone is both."""
    if first is None and last is None:
        return None, None
    if first is None:
        raise Invalid(Sentence(N_("Say from which day.")), field="first")
    last = last or first
    if last < first:
        raise Invalid(Sentence(N_("The last day must not lie before the first.")), field="last")
    if (last - first).days > MOST_LEAVE:
        raise Invalid(Sentence(N_("At most one year.")), field="last")
    return first, last


def no_circle(child: int, parent: int | None, parents: Mapping[int, int | None]) -> None:
    """A department may not stand below itself. `parents` maps each department to the one above it."""
    seen = {child}
    while parent is not None:
        if parent in seen:
            raise Refused(Sentence(N_("A department cannot stand below itself.")), field="parent")
        seen.add(parent)
        parent = parents.get(parent)


def deputy(staff_id: int, deputy_id: int | None) -> None:
    if deputy_id == staff_id:
        raise Invalid(Sentence(N_("Nobody can be their own deputy.")), field="deputy")


def _between(lowest: int, highest: int) -> Sentence:
    return Sentence(N_("Must be between %(lowest)d and %(highest)d."), {"lowest": lowest, "highest": highest})
