"""Whose messages they are, told by the rooms above: name, page and who may see.

Messages belong to a subject such as ("case", 12), which lives upstairs. The room that owns a kind of subject
registers it here, so that our pages can name it and ask it whether a person may read its messages.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from shouwen.platform.access import Actor


@dataclass(frozen=True)
class Kind:
    """`name(id)` such as "C-1042", `url(id)` of its page, `may_see(actor, id)`, `is_open(id)`: still going on,
    `customers_page(id)`: the full address of the page that the customer reads, "" without one, `hold(id)`: lock
    it for this transaction."""

    name: Callable[[int], str]
    url: Callable[[int], str]
    may_see: Callable[[Actor, int], bool]
    is_open: Callable[[int], bool] = lambda pk: True
    customers_page: Callable[[int], str] = lambda pk: ""
    hold: Callable[[int], object] = lambda pk: None


_KINDS: dict[str, Kind] = {}


def register(
    kind: str,
    *,
    name: Callable[[int], str],
    url: Callable[[int], str],
    may_see: Callable[[Actor, int], bool],
    is_open: Callable[[int], bool] = lambda pk: True,
    customers_page: Callable[[int], str] = lambda pk: "",
    hold: Callable[[int], object] = lambda pk: None,
) -> None:
    _KINDS[kind] = Kind(
        name=name, url=url, may_see=may_see, is_open=is_open, customers_page=customers_page, hold=hold
    )


def name(subject: tuple[str, int]) -> str:
    """What people call it; kind and number when no room tells."""
    known = _KINDS.get(subject[0])
    return known.name(subject[1]) if known else f"{subject[0]} {subject[1]}"


def url(subject: tuple[str, int]) -> str:
    known = _KINDS.get(subject[0])
    return known.url(subject[1]) if known else ""


def customers_page(subject: tuple[str, int]) -> str:
    """Where the customer reads about it; whoever has the address may read it there."""
    known = _KINDS.get(subject[0])
    return known.customers_page(subject[1]) if known else ""


def may_see(actor: Actor, subject: tuple[str, int]) -> bool:
    """False for a kind that no room answers for."""
    known = _KINDS.get(subject[0])
    return known is not None and known.may_see(actor, subject[1])


def hold(subject: tuple[str, int]) -> None:
    """Lock it before rows of ours that hang on it: whoever answers it comes from above and locks it first.

    Where the database has one writer at a time there is nothing to lock, and no question is asked.
    """
    known = _KINDS.get(subject[0])
    if known is not None and connection.features.has_select_for_update:
        known.hold(subject[1])


def is_open(subject: tuple[str, int]) -> bool:
    """Whether it still goes on, so that a new word of the customer belongs to it."""
    known = _KINDS.get(subject[0])
    return known is not None and known.is_open(subject[1])
