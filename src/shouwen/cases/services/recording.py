"""What several writes on a case share: its subjects and topics, its newest words, its nearest deadline."""

from datetime import datetime
from typing import Any

from shouwen.cases.models import Case
from shouwen.platform.access import Actor
from shouwen.platform.ledger import bus
from shouwen.promises import queries as promises

WORDS = 200


def about(case: Case) -> list[tuple[str, int]]:
    subjects = [("case", case.pk), ("customer", case.customer_id)]
    if case.owner_id is not None:
        subjects.append(("staff", case.owner_id))
    return subjects


def topics(case: Case) -> list[str]:
    return ["inbox", *([f"team:{case.team_id}"] if case.team_id else [])]


def announce(
    case: Case,
    fact: Any,
    *,
    by: Actor,
    at: datetime,
    more: list[tuple[str, int]] | None = None,
    **changes: Any,
) -> int:
    """One fact about `case`, heard by its page, its people and the inbox."""
    return bus.announce(
        fact, subjects=[*about(case), *(more or [])], by=by, at=at, topics=topics(case), **changes
    )


def last_words(text: str) -> str:
    return " ".join(text.split())[:WORDS]


def said(case: Case, *, text: str, direction: str, author: str, at: datetime) -> None:
    """The newest thing said, as lists show it. Not saved here."""
    case.last_at = max(case.last_at, at)
    case.last_words = last_words(text)
    case.last_direction = direction
    case.last_author = author[:80]
    case.message_count += 1


def look_at_deadlines(case: Case) -> None:
    """The nearest of running clocks and open promises. Not saved here."""
    nearest = promises.next_due(case.subject, with_promises=True)
    case.due_at = nearest.due_at if nearest else None
    case.due_sort = nearest.sort if nearest else ""
