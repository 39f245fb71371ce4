"""Access tokens of platforms: one for all threads, processes and hosts, renewed by one of them.

No network call stands in a transaction: whoever sets `renewing_until` first asks the platform, the others wait.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError
from django.db.models import Q

from shouwen.channels.models import AccessToken
from shouwen.platform.secrets import seal, unseal

EARLY = timedelta(minutes=2)  # renewed so long before it ends
CLAIM = timedelta(seconds=20)  # longer than the platform is given to answer
PAUSE_SECONDS, MOST_PAUSES = 0.1, 150


class Fetched(NamedTuple):
    """What the platform gave: the token and for how many seconds."""

    token: str
    seconds: int


class NoKey(Exception):
    """Another process has been asking for the token for too long."""


def key_of(
    *, account_id: int, fetch: Callable[[], Fetched], clock: Callable[[], datetime], stale: str = ""
) -> str:
    """The token of an account; `stale` is one that the platform has just refused."""
    _make_row(account_id)
    for _pause in range(MOST_PAUSES):
        row, at = AccessToken.objects.get(account_id=account_id), clock()
        token = unseal(row.sealed) if row.sealed else ""
        good_for = (row.good_until - at) if row.good_until else timedelta(0)
        if token and token != stale and good_for > EARLY:
            return token
        free = Q(renewing_until=None) | Q(renewing_until__lt=at)
        rows = AccessToken.objects.filter(
            free, pk=row.pk, sealed=row.sealed
        )  # not when somebody has just renewed it
        if rows.update(renewing_until=at + CLAIM):
            return _renewed(row.pk, fetch, clock)
        if token and token != stale and good_for > timedelta(0):
            return token  # still good while somebody else fetches the next one
        time.sleep(PAUSE_SECONDS)
    raise NoKey


def _renewed(pk: int, fetch: Callable[[], Fetched], clock: Callable[[], datetime]) -> str:
    rows = AccessToken.objects.filter(pk=pk)
    try:
        fetched = fetch()
    except BaseException:
        rows.update(renewing_until=None)
        raise
    good_until = clock() + timedelta(seconds=fetched.seconds)
    rows.update(sealed=seal(fetched.token), good_until=good_until, renewing_until=None)
    return fetched.token


def _make_row(account_id: int) -> None:
    if AccessToken.objects.filter(account_id=account_id).exists():
        return
    try:
        AccessToken.objects.create(account_id=account_id)
    except IntegrityError:
        return  # another process was quicker
