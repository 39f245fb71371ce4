"""Events as a page shows them: a sentence, who, when, and what each field was before and after."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shouwen.platform.ledger import describe
from shouwen.platform.ledger.models import EventSubject
from shouwen.platform.ledger.queries import EventRow, timeline
from shouwen.platform.series import clauses, listed

LONGEST = 300  # characters of one value
_fields: dict[str, tuple[Any, Callable[[Any], Any] | None]] = {}


@dataclass(frozen=True)
class Change:
    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Entry:
    id: int
    name: str
    at: datetime
    by: str
    text: str
    changes: list[Change]
    version: int = 0  # which change of its subject it was, from 1; 0 where nobody counts


@dataclass(frozen=True)
class Entries:
    items: list[Entry]
    older: int | None  # pass it as `before` for the next part


def field(name: str, label: Any, value: Callable[[Any], Any] | None = None) -> None:
    """How a field of `before` and `after` is called on screens, and how its values read there."""
    _fields[name] = (label, value)


def said(value: Any) -> str:
    """Any stored value in words."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return listed(said(one) for one in value)[:LONGEST]
    if isinstance(value, dict):
        return clauses(f"{name}: {said(one)}" for name, one in value.items())[:LONGEST]
    text = str(value)
    return f"{text[:LONGEST]}…" if len(text) > LONGEST else text


def changes(row: EventRow) -> list[Change]:
    """What differs between before and after; all of it where there was nothing before."""
    before, after = row.before or {}, row.after or {}
    found = []
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        if was == now:
            continue
        label, value = _fields.get(name, (name, None))
        found.append(Change(str(label), _value(value, was), _value(value, now)))
    return found


def _value(say: Callable[[Any], Any] | None, value: Any) -> str:
    return said(say(value)) if say is not None and value is not None else said(value)


def _entry(row: EventRow, version: int = 0) -> Entry:
    by = "" if row.by_kind == "system" else row.by_name
    return Entry(row.id, row.name, row.at, by, describe.say(row.name, row.data), changes(row), version)


def entries(subject: tuple[str, int], *, before: int | None = None, limit: int = 50) -> Entries:
    """Newest first, by key: `before` is the id of the oldest one shown so far."""
    rows = timeline(subject, before=before, limit=limit + 1, newest=True)
    shown = rows[:limit]
    return Entries([_entry(row) for row in shown], shown[-1].id if len(rows) > limit else None)


def versions(kind: str, pk: int, *, limit: int = 20) -> list[Entry]:
    """The newest changes of one setting, numbered from its first: what a settings page shows below its form."""
    rows = timeline((kind, pk), limit=limit, newest=True)
    count = len(rows)
    if count == limit:
        count = EventSubject.objects.filter(kind=kind, subject_id=pk).count()
    return [_entry(row, count - number) for number, row in enumerate(rows)]
