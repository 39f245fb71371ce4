"""What a promise or a clock is about, said by the room that knows: `register("case", describe, answers_for)`.

Rooms above lend their words and their rights, so that a ledger line reads "SW-2026-0042
挖掘机铲斗开裂" and links to it, and a promise about something the viewer may not see is not shown.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from shouwen.platform.access import Actor
from shouwen.promises.rules.words import Subject


@dataclass(frozen=True)
class Line:
    """How a subject reads: its reference, its title, where it is."""

    reference: str
    title: str
    url: str


Describe = Callable[[frozenset[int], Actor], Mapping[int, Line]]
AnswersFor = Callable[[Actor, int], bool]
_kinds: dict[str, tuple[Describe, AnswersFor | None]] = {}


class Teller(Protocol):
    """The room that holds the conversation: tells the customer of a new time in the same act."""

    def hold(self, subject_id: int) -> None:
        """Lock the subject, before its promise is locked."""

    def tell(self, subject_id: int, promise: Any, words: str, at: datetime) -> int | None:
        """Send the message and give its id; None where there is no address to write to."""


_tellers: dict[str, Teller] = {}


def tells(kind: str, teller: Teller) -> None:
    _tellers[kind] = teller


def teller(kind: str) -> Teller | None:
    return _tellers.get(kind)


def register(kind: str, describe: Describe, answers_for: AnswersFor | None = None) -> None:
    """`describe(ids, actor)` gives lines for those the actor may see; `answers_for(actor, id)` says
    whether the actor is the one answerable for it now (the owner of a case), who may settle its promises."""
    _kinds[kind] = (describe, answers_for)


def known(kind: str) -> bool:
    return kind in _kinds


def lines(subjects: Iterable[Subject], actor: Actor) -> dict[Subject, Line]:
    """One call per kind. A subject that is missing from the answer is not for this actor's eyes."""
    wanted: dict[str, set[int]] = {}
    for kind, pk in subjects:
        wanted.setdefault(kind, set()).add(pk)
    found: dict[Subject, Line] = {}
    for kind, ids in wanted.items():
        if kind in _kinds:
            found |= {(kind, pk): line for pk, line in _kinds[kind][0](frozenset(ids), actor).items()}
        else:
            found |= {(kind, pk): Line(f"{kind} {pk}", "", "") for pk in ids}
    return found


def answers_for(actor: Actor, subject: Subject) -> bool:
    kind, pk = subject
    ask = _kinds[kind][1] if kind in _kinds else None
    return bool(ask and ask(actor, pk))
