"""Counting hits: a promise is found when a due time of its row is met to the minute."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from shouwen.kernel.worktime import Calendar
from shouwen.promises.rules.finder import find

from .table import CALENDAR, ZONE, Row

_ZONE = ZoneInfo(ZONE)
_CALENDAR = Calendar.from_json(CALENDAR)


@dataclass(frozen=True)
class Tally:
    rows: int
    right_rows: int
    wanted: int
    found: int
    hits: int

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.hits / self.wanted if self.wanted else 1.0


def found_in(row: Row) -> tuple[str, ...]:
    at = datetime.fromisoformat(row.said_at).replace(tzinfo=_ZONE)
    return tuple(promise.due.strftime("%Y-%m-%dT%H:%M") for promise in find(row.text, at, _CALENDAR, _ZONE))


def tally(rows: Iterable[Row]) -> Tally:
    kept = list(rows)
    read = [(row.dues, found_in(row)) for row in kept]
    return Tally(
        rows=len(kept),
        right_rows=sum(wanted == found for wanted, found in read),
        wanted=sum(len(wanted) for wanted, _ in read),
        found=sum(len(found) for _, found in read),
        hits=sum(sum((Counter(wanted) & Counter(found)).values()) for wanted, found in read),
    )
