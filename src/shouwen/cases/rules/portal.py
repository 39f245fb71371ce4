"""Signing in to the portal by a code in a mail: how many, how long, how often."""

import unicodedata
from datetime import datetime, timedelta

from shouwen.kernel.errors import N_, Refused, Sentence

DIGITS = 6
GOOD_FOR = timedelta(minutes=10)
MOST_TRIES = 5
MOST_OF_AN_ADDRESS = 5  # askings an hour: with MOST_TRIES, at most 25 guesses in a million an hour
MOST_OF_A_NETWORK = 40  # an office behind one address still gets in
WINDOW = timedelta(hours=1)
SIGNED_IN_FOR = timedelta(days=30)
KEPT_FOR = timedelta(days=1)


def not_too_many(*, of_address: int, of_network: int) -> None:
    """The same sentence for an address we know and one we do not."""
    if of_address >= MOST_OF_AN_ADDRESS or of_network >= MOST_OF_A_NETWORK:
        raise Refused(
            Sentence(
                N_("Many codes were asked for this hour. Please use the newest one, or try again later.")
            )
        )


def typed(code: str) -> str:
    """The digits of what somebody typed or pasted, full-width ones and gaps too."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", code) if sign.isdigit())[:20]


def usable(*, tries: int, expires_at: datetime, used_at: datetime | None, at: datetime) -> bool:
    return used_at is None and tries < MOST_TRIES and at < expires_at


def still_signed_in(since: datetime, at: datetime) -> bool:
    return timedelta(0) <= at - since < SIGNED_IN_FOR
