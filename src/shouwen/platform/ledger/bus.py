"""The bus: facts go in inside the transaction of the change, handlers hear them after commit, at least once."""

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from shouwen.kernel.events import Fact
from shouwen.platform import db
from shouwen.platform.access import Actor
from shouwen.platform.ledger import books
from shouwen.platform.ledger.models import Event, EventSubject

Subject = tuple[str, int]
Later = Callable[[list[Any]], None]
FactT = TypeVar("FactT", bound=Fact)
T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """What a handler knows beside the fact itself."""

    event_id: int
    at: datetime
    by_kind: str
    by_id: int | None
    by_name: str
    subjects: tuple[Subject, ...] = ()


@dataclass(frozen=True)
class Handler:
    key: str
    fn: Callable[[Any, Context], None]


_handlers: dict[str, list[Handler]] = defaultdict(list)
_wakers: list[Callable[[], None]] = []


class _Batch(threading.local):
    """The facts being handed over together in this thread, and what their handlers left for the end."""

    later: dict[Later, dict[Hashable, None]] | None = None
    known: dict[Hashable, Any] | None = None


_batch = _Batch()


def on(*facts: type[Fact]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register the decorated `fn(fact, ctx)`; its name is the reason (`a_broken_promise_escalates`)."""

    def mark(fn: Callable[..., None]) -> Callable[..., None]:
        key = f"{fn.__module__}.{fn.__qualname__}"
        for cls in facts:
            known = _handlers[cls.wire]
            if all(handler.key != key for handler in known):
                known.append(Handler(key, fn))
        return fn

    return mark


def handlers_of(name: str) -> list[Handler]:
    return _handlers.get(name, [])


@contextmanager
def gathering() -> Iterator[None]:
    """Facts handed over in here are one batch; what was put off is done at its end, in the same transaction."""
    _batch.later, _batch.known = {}, {}
    try:
        yield
        for work, things in _batch.later.items():
            work(list(things))
    finally:
        _batch.later = _batch.known = None


def put_off(work: Later, thing: Hashable) -> bool:
    """Have `work([thing, …])` done once for all of a batch, each thing once; False outside of one."""
    if _batch.later is None:
        return False
    _batch.later.setdefault(work, {})[thing] = None
    return True


def once(key: Hashable, work: Callable[[], T]) -> T:
    """What `work` gives, asked once in a batch: for what its handlers don't change. Outside of one, asked always."""
    if _batch.known is None:
        return work()
    if key not in _batch.known:
        _batch.known[key] = work()
    found: T = _batch.known[key]
    return found


def wake_with(waker: Callable[[], None]) -> None:
    """`waker` is called after each commit that announced something, and now and then besides."""
    if waker not in _wakers:
        _wakers.append(waker)


def wake() -> None:
    """Somebody, here or in another process, has committed an event."""
    for waker in _wakers:
        waker()


def announce(
    fact: Fact,
    *,
    subjects: Sequence[Subject],
    by: Actor,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    topics: Sequence[str] = (),
) -> int:
    """Write `fact` down in the running transaction and return the event's id.

    `subjects` are what it is about, e.g. [("case", 12), ("customer", 3)]; each is a live topic
    too ("case:12"). `topics` adds more ("inbox", "team:3"). `before`/`after` hold changed fields.
    One statement on PostgreSQL; on SQLite two, the event and its subjects.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{fact.wire} announced outside a transaction")
    event = Event(
        name=fact.wire,
        at=at,
        by_kind=by.kind,
        by_id=next((pk for pk in (by.user_id, by.customer_id, by.run_id) if pk is not None), None),
        by_name=by.name[:80],
        data=fact.data(),
        before=before,
        after=after,
        topics=list(dict.fromkeys([*(f"{kind}:{pk}" for kind, pk in subjects), *topics])),
        pending=bool(handlers_of(fact.wire)),
    )
    about = dict.fromkeys([*subjects, *books.subjects_of(fact.wire)])
    db.insert_with(event, [EventSubject(kind=kind, subject_id=pk) for kind, pk in about], by="event_id")
    transaction.on_commit(wake)
    return event.pk
