"""Transaction blocks inside transaction blocks."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def in_one_piece() -> Iterator[None]:
    """Blocks nested in here set no savepoints: two statements fewer each, and what fails in one undoes all.

    For work that is tried again piece by piece when it fails. Code that counts on a failed inner block
    being undone alone fails in here at its next statement (TransactionManagementError).
    """
    features = connection.features
    before = features.uses_savepoints
    features.uses_savepoints = False
    try:
        yield
    finally:
        features.uses_savepoints = before
