"""The course of an incident: suspected, open, partly restored, restored, closed; and reopened."""

from collections.abc import Iterable
from dataclasses import dataclass

from shouwen.kernel.errors import N_, Invalid, Refused, Sentence

SUSPECTED, OPEN, PARTLY, RESTORED, CLOSED, REOPENED, DISMISSED = (
    "suspected",
    "open",
    "partly",
    "restored",
    "closed",
    "reopened",
    "dismissed",
)
ACTIVE = (OPEN, PARTLY, RESTORED, REOPENED)  # somebody works on it, or watches whether it holds
BROKEN = (OPEN, PARTLY, REOPENED)  # customers still wait
PATH = (SUSPECTED, OPEN, PARTLY, RESTORED, CLOSED)
NEXT = {
    SUSPECTED: {OPEN, DISMISSED},
    OPEN: {PARTLY, RESTORED},
    PARTLY: {PARTLY, RESTORED, REOPENED},
    REOPENED: {PARTLY, RESTORED},
    RESTORED: {CLOSED, REOPENED},
    CLOSED: {REOPENED},
    DISMISSED: {OPEN},
}
_REFUSALS = {
    SUSPECTED: N_("This incident is only suspected; open it first."),
    OPEN: N_("This incident is open."),
    PARTLY: N_("This incident is only partly restored."),
    RESTORED: N_("This incident is restored."),
    CLOSED: N_("This incident is closed."),
    REOPENED: N_("This incident is open again."),
    DISMISSED: N_("This suspicion was dismissed."),
}


def must_go(state: str, to: str) -> None:
    """Refused when the incident cannot go from `state` to `to`, said by what it is."""
    if to not in NEXT[state]:
        raise Refused(Sentence(_REFUSALS[state]))


def must_take_news(state: str) -> None:
    """News go out while somebody waits for them."""
    if state not in ACTIVE:
        raise Refused(Sentence(_REFUSALS[state]))


@dataclass(frozen=True)
class Area:
    """A place of the incident; `restored` once it works there again."""

    id: int
    restored: bool


def restoration(areas: Iterable[Area], chosen: Iterable[int]) -> tuple[frozenset[int], str]:
    """Which areas are restored now, and where the incident stands then. Nothing chosen means everywhere.

    Invalid when an area is none of this incident's or was restored before.
    """
    known = {area.id: area for area in areas}
    wanted = frozenset(chosen)
    if wanted - known.keys():
        raise Invalid(Sentence(N_("Choose areas of this incident.")), field="areas")
    broken = frozenset(pk for pk, area in known.items() if not area.restored)
    if not wanted:
        return broken, RESTORED
    if wanted - broken:
        raise Invalid(Sentence(N_("It works again there already.")), field="areas")
    return wanted, RESTORED if wanted == broken else PARTLY


def may_reopen(state: str, area_restored: bool) -> bool:
    """Whether "still not working" contradicts what we have said."""
    return state in (RESTORED, CLOSED) or (state in (PARTLY, REOPENED) and area_restored)
