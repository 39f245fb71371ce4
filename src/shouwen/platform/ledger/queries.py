"""Reads on the ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

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


def _row(event: Event) -> EventRow:
    return EventRow(
        event.pk,
        event.name,
        event.at,
        event.by_kind,
        event.by_id,
        event.by_name,
        event.data,
        event.before,
        event.after,
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
    found = EventSubject.objects.filter(kind=kind, subject_id=pk, event_id__gt=after)
    if before is not None:
        found = found.filter(event_id__lt=before)
    ids = list(
        found.order_by("-event_id" if newest else "event_id").values_list("event_id", flat=True)[:limit]
    )
    rows = {event.pk: _row(event) for event in Event.objects.filter(pk__in=ids)}
    return [rows[pk] for pk in ids]


def get(event_id: int) -> EventRow | None:
    event = Event.objects.filter(pk=event_id).first()
    return _row(event) if event else None
