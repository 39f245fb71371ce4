"""The story of a case: what was said, what was promised, who passed it on; the system's own steps folded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from shouwen.cases.models import Case
from shouwen.cases.queries.chips import Chip, chip
from shouwen.channels import queries as channels
from shouwen.channels import reading
from shouwen.platform.ledger import queries as ledger
from shouwen.platform.ledger.describe import say
from shouwen.platform.ledger.queries import EventRow
from shouwen.promises import queries as promises
from shouwen.promises.models import Promise

MESSAGES: Final = 20
MOST_MESSAGES: Final = 200
MOST_EVENTS: Final = 150
# What the messages themselves show, or what stands elsewhere on the page.
SILENT: Final = frozenset(
    {"cases.replied", "cases.received", "cases.noted", "channels.message_received", "channels.message_sent"}
)
# A slim card each: icon and tone. Everything else is folded.
CARDS: Final[Mapping[str, tuple[str, str]]] = {
    "promises.made": ("handshake", "accent"),
    "promises.kept": ("handshake", "good"),
    "promises.delivered_late": ("handshake", "warn"),
    "promises.renegotiated": ("calendar-clock", "warn"),
    "promises.broken": ("heart-crack", "bad"),
    "promises.clock_breached": ("alarm-clock", "bad"),
    "promises.expectation_recorded": ("target", "neutral"),
    "cases.handoff_asked": ("corner-up-right", "accent"),
    "cases.handoff_accepted": ("corner-up-right", "good"),
    "cases.handoff_declined": ("corner-up-right", "warn"),
    "cases.handoff_withdrawn": ("corner-up-right", "neutral"),
    "cases.task_asked": ("users-round", "accent"),
    "cases.task_moved": ("users-round", "neutral"),
    "cases.understood": ("message-circle", "neutral"),
    "cases.option_chosen": ("list-checks", "good"),
    "cases.escalated": ("arrow-up-right", "bad"),
    "cases.escalation_settled": ("arrow-up-right", "good"),
    "cases.dispute_raised": ("scale", "warn"),
    "cases.dispute_ruled": ("gavel", "good"),
    "cases.resolved": ("circle-check", "good"),
    "cases.confirmed": ("badge-check", "good"),
    "cases.not_yet": ("undo-2", "bad"),
    "cases.reopened": ("undo-2", "warn"),
    "cases.closed_unconfirmed": ("archive", "neutral"),
    "cases.merged": ("merge", "neutral"),
    "cases.split": ("split", "neutral"),
}
TASK_TONES: Final = {"approved": "good", "delivered": "accent", "returned": "warn", "rejected": "bad"}


@dataclass(frozen=True, slots=True)
class Step:
    """One of the system's own steps."""

    text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Card:
    icon: str
    tone: str
    title: str
    at: datetime
    by: str
    state: str = ""
    state_tone: str = "neutral"
    chip: Chip | None = None
    promise_id: int | None = None
    task_id: int | None = None


@dataclass(slots=True)
class Entry:
    """`sort` is day, message, card or steps; only what it needs is filled. `automatic`: a mail we wrote by machine."""

    sort: str
    day_label: str = ""
    message: reading.Shown | None = None
    automatic: bool = False
    card: Card | None = None
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Story:
    """`older` says whether there is more before `first_message`; `first_event` is where its events end."""

    entries: list[Entry]
    first_message: int
    first_event: int
    older: bool
    said: list[Any]


def story(
    case: Case,
    promised: Iterable[Promise],
    at: datetime,
    *,
    since: int = 0,
    before: int | None = None,
    until: int | None = None,
    addresses: bool = False,
) -> Story:
    """The newest messages with what happened around them. `since`: from this message on (a page that is open);
    `before` and `until`: the page before a message and an event."""
    limit = MOST_MESSAGES if since else MESSAGES + 1
    said = channels.messages_of(case.subject, limit=limit, before=before)
    if since:
        older, said = any(m.pk < since for m in said), [m for m in said if m.pk >= since]
    else:
        older, said = len(said) > MESSAGES, said[-MESSAGES:]
    events = ledger.timeline(case.subject, before=until, limit=MOST_EVENTS, newest=True)
    if older and said:
        events = [row for row in events if row.at >= said[0].at]
    cards = {one.pk: one for one in promised}
    parts = [
        (m.at, 0, m.pk, _said(m, shown))
        for m, shown in zip(said, reading.shown(said, addresses=addresses), strict=True)
    ]
    parts += [(row.at, 1, row.id, _entry(row, cards, at)) for row in events if row.name not in SILENT]
    parts.sort(key=lambda part: part[:3])
    first_event = min((row.id for row in events), default=until or 0)
    return Story(_days(parts, at), said[0].pk if said else 0, first_event, older, said)


def older(case: Case, at: datetime, *, before: int, until: int | None, addresses: bool = False) -> Story:
    """The page of the story before a message and an event."""
    promised = promises.all_for(case.subject)
    return story(case, promised, at, before=before, until=until, addresses=addresses)


def _said(message: Any, shown: reading.Shown) -> Entry:
    own = bool(message.automatic) and message.direction == "outbound"
    return Entry("message", message=shown, automatic=own)


def _entry(row: EventRow, promised: Mapping[int, Promise], at: datetime) -> Entry:
    renewed = row.name == "promises.made" and row.data.get("previous_id")
    if row.name not in CARDS or renewed:
        return Entry("steps", steps=[Step(_sentence(row), row.at, row.by_name)])
    return Entry("card", card=_card(row, promised, at))


def _sentence(row: EventRow) -> str:
    """A change of particulars says which, from what to what."""
    if row.name == "cases.changed" and row.after:
        changes = (
            f"{name}: {_plain((row.before or {}).get(name))} → {_plain(value)}"
            for name, value in row.after.items()
        )
        return f"{say(row.name, row.data)} ({'; '.join(changes)})"
    return say(row.name, row.data)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}={part}" for name, part in value.items())[:80] or "–"
    return (
        ", ".join(map(str, value)) or "–"
        if isinstance(value, list)
        else str(value if value is not None else "–")[:80]
    )


def _card(row: EventRow, promised: Mapping[int, Promise], at: datetime) -> Card:
    icon, tone = CARDS[row.name]
    if row.name == "cases.task_moved":
        tone = TASK_TONES.get(row.data["state"], tone)
    promise_id = row.data.get("new_id") or row.data.get("promise_id")
    promise = promised.get(promise_id) if promise_id else None
    given: dict[str, Any] = {}
    title = say(row.name, row.data)
    if promise is not None and row.name in {"promises.made", "promises.renegotiated"}:
        if row.name == "promises.made":
            title = _("Promised: %(text)s") % {"text": promise.text}
        given = _standing(promise, at)
    return Card(
        icon,
        tone,
        title,
        row.at,
        row.by_name,
        promise_id=promise_id,
        task_id=row.data.get("task_id"),
        **given,
    )


def _standing(promise: Promise, at: datetime) -> dict[str, Any]:
    """How the promise stands now: the chip while it is owed, else its end in a word."""
    if promise.owed:
        return {"chip": chip(promise.due_at, "promise", at, promise.half_at, promise.most_at)}
    state_tone = promises.STATE_TONES.get(promise.state, "neutral")
    return {"state": str(promises.state_label(promise.state)), "state_tone": state_tone}


def day_label(day: date, today: date) -> str:
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return day.strftime("%m-%d" if day.year == today.year else "%Y-%m-%d")


def _days(parts: Iterable[tuple[datetime, int, int, Entry]], at: datetime) -> list[Entry]:
    """Days between, and neighbouring steps folded into one."""
    entries: list[Entry] = []
    day, today = None, timezone.localtime(at).date()
    for moment, _rank, _pk, entry in parts:
        there = timezone.localtime(moment).date()
        if there != day:
            day = there
            entries.append(Entry("day", day_label=day_label(there, today)))
        if entry.sort == "steps" and entries[-1].sort == "steps":
            entries[-1].steps += entry.steps
        else:
            entries.append(entry)
    return entries
