"""Transaction blocks inside transaction blocks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

T = TypeVar("T")


@contextmanager
def in_one_piece() -> Iterator[None]:
    """Blocks nested in here set no savepoints: two statements fewer each, and what fails in one undoes all.

    For work that is tried again piece by piece when it fails. Code that counts on a failed inner block
    being undone alone fails in here at its next statement (TransactionManagementError).
    """
    # Both of Django's databases ask this before they set one; the features' own flag is read by one of them only.
    wrapper: Any = connections[DEFAULT_DB_ALIAS]
    held = wrapper.__dict__.get("_savepoint_allowed")
    wrapper._savepoint_allowed = _never
    try:
        yield
    finally:
        if held is None:
            del wrapper._savepoint_allowed
        else:
            wrapper._savepoint_allowed = held


def _never() -> bool:
    return False


def tried_in_one_piece(work: Callable[[], T]) -> T:
    """`work()` as one transaction: first without savepoints, and once more with them when the database refused
    something in it, which `work` may know how to live with."""
    try:
        with transaction.atomic(), in_one_piece():
            return work()
    except (DatabaseError, transaction.TransactionManagementError):
        with transaction.atomic():
            return work()
