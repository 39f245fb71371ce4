"""Where a listener stands in the event table, and how that is written in Last-Event-ID.

PostgreSQL hands out ids before it commits, so event 11 may be seen while 10 is still being written. A place
is therefore the newest id seen and the ids below it that were not: "11" or "11.10". Nothing is then lost,
and nothing told twice, however long a transaction takes (SQLite has one writer, and no such gaps).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from shouwen.platform.ledger.models import Event

MAX_GAPS = 100  # most are transactions that were rolled back; what is older than so many more is given up
LARGEST = 2**62


@dataclass(frozen=True)
class Place:
    newest: int
    missing: tuple[int, ...] = ()

    def __str__(self) -> str:
        return ".".join(str(pk) for pk in (self.newest, *self.missing))

    @property
    def beyond(self) -> Q:
        """The events that a listener who stands here has not been told."""
        later = Q(pk__gt=self.newest)
        return later | Q(pk__in=self.missing) if self.missing else later

    def before(self, pk: int) -> "Place":
        """The latest place that still has event `pk` ahead of it."""
        if pk > self.newest:
            return self
        return Place(pk - 1, tuple(one for one in self.missing if one < pk))


def place_of(text: str) -> Place | None:
    """The place a browser says it stands at; None for none, or for what was never a place."""
    if len(text) > 3000 or not text.isascii():
        return None
    parts = text.split(".")
    if not all(part.isdecimal() and len(part) < 19 for part in parts):
        return None
    newest, *missing = (int(part) for part in parts)
    return Place(newest, tuple(missing[:MAX_GAPS])) if newest < LARGEST else None


def newest(*, delivered: bool = False) -> Place:
    """The end of the table as it is now; with `delivered`, before the events that wait for their handlers."""
    rows = list(Event.objects.order_by("-pk").values_list("pk", "pending")[:MAX_GAPS])
    if not rows:
        return Place(0)
    ids = [pk for pk, _pending in rows]
    place = Place(ids[0], tuple(sorted(set(range(ids[-1], ids[0])) - set(ids))[-MAX_GAPS:]))
    waiting = [pk for pk, pending in rows if pending]
    return place.before(waiting[-1]) if delivered and waiting else place


class Gaps:
    """Ids that were passed over, the newest MAX_GAPS of them."""

    def __init__(self, ids: Iterable[int] = ()) -> None:
        self._ids = dict.fromkeys(ids)

    def ids(self) -> tuple[int, ...]:
        return tuple(self._ids)

    def beyond(self, last: int) -> Q:
        return Place(last, self.ids()).beyond

    def note(self, pk: int, last: int) -> int:
        """Event `pk` was seen when `last` was the newest; the newest after it."""
        if pk <= last:
            self._ids.pop(pk, None)
            return last
        self._ids.update(dict.fromkeys(range(max(last + 1, pk - MAX_GAPS), pk)))
        while len(self._ids) > MAX_GAPS:
            del self._ids[next(iter(self._ids))]
        return pk
