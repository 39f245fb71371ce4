"""The one clock chip of a case: its nearest deadline, how urgent, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwen.cases.models import State
from shouwen.promises import queries as promises

AMBER: Final = timedelta(hours=1)
RED: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Chip:
    """`state` is grey, amber, red, paused or done. `due` is None where nothing ticks."""

    text: str
    state: str
    sort: str
    due: datetime | None = None
    amber_at: datetime | None = None
    red_at: datetime | None = None


def sort_word(sort: str) -> str:
    return _sort_word(get_language() or "", sort)


@lru_cache(maxsize=64)
def _sort_word(_language: str, sort: str) -> str:
    return _("Promise") if sort == "promise" else str(promises.sort_label(sort))


def pace(due: datetime, at: datetime, amber_at: datetime, red_at: datetime) -> str:
    if at >= red_at:
        return "red"
    return "amber" if at >= amber_at else "grey"


class Timed(Protocol):
    """A case, or a row of the list with the same columns."""

    @property
    def state(self) -> str: ...
    @property
    def active(self) -> bool: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def due_sort(self) -> str: ...


def chip_of(case: Timed, at: datetime) -> Chip | None:
    """None when nothing is due and nothing waits."""
    if not case.active:
        return None
    if case.due_at is None:
        return Chip(_("paused"), "paused", "") if case.state == State.WAITING else None
    return chip(case.due_at, case.due_sort, at)


def chip(
    due: datetime, sort: str, at: datetime, amber_at: datetime | None = None, red_at: datetime | None = None
) -> Chip:
    amber, red = amber_at or due - AMBER, red_at or due - RED
    return Chip(promises.left_text(due, at), pace(due, at, amber, red), sort_word(sort), due, amber, red)
