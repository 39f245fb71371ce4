"""What may happen in which state. Everything else is refused with a sentence."""

from typing import Any

from shouwen.kernel.errors import N_, Refused, Sentence

ACTIVE = frozenset({"new", "open", "waiting"})
ENDED = frozenset({"confirmed", "unconfirmed"})
HANDOFFS_BEFORE_ESCALATION = 3
REOPEN_DAYS = 14
TOP_LEVEL = 3


def must_be_active(state: str) -> None:
    if state == "merged":
        raise Refused(Sentence(N_("This case was merged into another; work there."), {}))
    if state not in ACTIVE:
        raise Refused(Sentence(N_("This case is resolved or closed; reopen it first."), {}))


def must_be_unowned(owner_name: str | None) -> None:
    """The first who takes it owns it; the second is told who that is."""
    if owner_name is not None:
        raise Refused(Sentence(N_("%(name)s was first and owns this case."), {"name": owner_name}))


def must_await_confirmation(state: str) -> None:
    if state != "resolved":
        raise Refused(Sentence(N_("Only a resolved case can be confirmed."), {}))


def may_reopen(state: str) -> bool:
    return state == "resolved" or state in ENDED


def must_be_open_handoff(state: str) -> None:
    if state != "asked":
        raise Refused(Sentence(N_("This handoff has been decided already."), {}))


def next_level(level: int) -> int:
    return min(level + 1, TOP_LEVEL)


TASK_MOVES: dict[str, frozenset[str]] = {
    "accepted": frozenset({"asked", "returned"}),
    "rejected": frozenset({"asked"}),
    "delivered": frozenset({"accepted", "returned"}),
    "returned": frozenset({"delivered"}),
    "approved": frozenset({"delivered"}),
    "cancelled": frozenset({"asked", "accepted", "delivered", "returned"}),
}


def must_be_able_to_move(task_state: str, to: str) -> None:
    if task_state not in TASK_MOVES[to]:
        raise Refused(Sentence(N_("The task is in another state by now; look again."), {}))


def must_not_be_bound(bound: bool) -> None:
    """What the chief service manager ruled is not argued about again."""
    if bound:
        raise Refused(
            Sentence(N_("The chief service manager ruled that this is yours; it cannot be rejected."), {})
        )


def text(value: str, field: str, *, least: int = 0, most: int = 4000, sentence: Any = None) -> str:
    """A required or limited text, stripped. Invalid names the field."""
    from shouwen.kernel.errors import Invalid

    found = value.replace("\x00", "").strip()
    if len(found) < least:
        missing = (
            Sentence(N_("Fill this in."), {})
            if not found
            else Sentence(
                N_("At least %(least)s characters, so that others can go on from it."), {"least": least}
            )
        )
        raise Invalid(sentence or missing, field=field)
    if len(found) > most:
        raise Invalid(
            Sentence(
                N_("At most %(most)s characters; this has %(count)s."), {"most": most, "count": len(found)}
            ),
            field=field,
        )
    return found
