"""Reads on the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from shouwen.platform import db
from shouwen.platform.ledger.models import Event, EventSubject


@dataclass(frozen=True)
class EventRow:
    id: int
    name: str
    at: datetime
    by_kind: str
    by_id: int | None
    by_name: str
    data: dict[str, Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


COLUMNS = EventRow.__match_args__
LAST = 2**62  # behind every id


def _row(event: Event) -> EventRow:
    return EventRow(*(getattr(event, name) for name in COLUMNS))


@lru_cache(maxsize=40)
def _about(newest: bool, limit: int) -> db.Read[Any]:
    return db.Read(
        lambda kind, pk, after, before: (
            EventSubject.objects.filter(kind=kind, subject_id=pk, event_id__gt=after, event_id__lt=before)
            .order_by("-event_id" if newest else "event_id")
            .values_list(*(f"event__{name}" for name in COLUMNS))[:limit]
        )
    )


def timeline(
    subject: tuple[str, int],
    *,
    after: int = 0,
    before: int | None = None,
    limit: int = 50,
    newest: bool = False,
) -> list[EventRow]:
    """Events about `subject`, oldest first (or newest first), paged by event id."""
    kind, pk = subject
    rows = _about(newest, limit).all(kind=kind, pk=pk, after=after, before=LAST if before is None else before)
    return [EventRow(*row) for row in rows]


def timeline_but(subject: tuple[str, int], names: Iterable[str], *, limit: int = 50) -> list[EventRow]:
    """The newest events about `subject` that are called none of `names`: where one name is heard hundreds of times."""
    kind, pk = subject
    about = EventSubject.objects.filter(kind=kind, subject_id=pk).exclude(event__name__in=list(names))
    return [_row(row.event) for row in about.select_related("event").order_by("-event_id")[:limit]]


def get(event_id: int) -> EventRow | None:
    event = Event.objects.filter(pk=event_id).first()
    return _row(event) if event else None


def named(
    kind: str, ids: Iterable[int], name: str, since: datetime, *, among: int = 200_000
) -> list[EventRow]:
    """Events called `name` about any of these since then, the oldest first; only the newest `among` are looked at."""
    newest = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
    about = EventSubject.objects.filter(kind=kind, subject_id__in=list(ids), event_id__gt=newest - among)
    rows = about.filter(event__name=name, event__at__gte=since).select_related("event")
    return sorted((_row(row.event) for row in rows), key=lambda row: (row.at, row.id))
