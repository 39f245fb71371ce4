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
EMPTY: tuple[Any, ...] = (None, "", [], {})
_fields: dict[str, tuple[Any, Callable[[Any], Any] | None]] = {}
_opened: set[str] = set()
_words: dict[tuple[str, str], Any] = {}


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
    """How a field of `before` and `after` is called on screens, and how its values read there.

    `settings.colour` is the field `colour` of the field `settings`, whose parts are then shown one by one.
    """
    _fields[name] = (label, value)
    outer, dot, _inner = name.partition(".")
    if dot:
        _opened.add(outer)


def word(name: str, code: str, label: Any) -> None:
    """How one stored code of a field reads, where rooms share the field's name."""
    _words[name, code] = label


def said(value: Any) -> str:
    """Any stored value in words."""
    if value in EMPTY:
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
    before, after = _parts(row.before or {}), _parts(row.after or {})
    found = []
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        if was == now or (was in EMPTY and now in EMPTY):
            continue
        label, value = _fields.get(name, (name.rpartition(".")[2], None))
        found.append(Change(str(label), _value(name, value, was), _value(name, value, now)))
    return found


def _parts(values: dict[str, Any]) -> dict[str, Any]:
    """The fields, with those of a field whose parts have names among them."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name in _opened and isinstance(value, dict):
            found.update({f"{name}.{part}": one for part, one in value.items()})
        else:
            found[name] = value
    return found


def _value(name: str, say: Callable[[Any], Any] | None, value: Any) -> str:
    if isinstance(value, str) and (name, value) in _words:
        return str(_words[name, value])
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
